/** IPv6 addresses in text as `inet_pton` and `WSAStringToAddress` read them (facts PTN-09 to PTN-13). */

/** What reading a text did to the 16 bytes of an address. */
export interface Ipv6Scan {
  readonly bytes: Uint8Array;
  /** How many of the bytes were written: also a text that is no address has its first groups written. */
  readonly written: number;
  /** The index at which the address ends; undefined if the text does not begin with one. */
  readonly end: number | undefined;
}

interface State {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Groups written so far. */
  groups: number;
  /** How many groups stand before `::`; -1 while there was none. */
  gap: number;
  /** Groups that are still allowed. Inside a text `::` takes one of the eight at least. */
  room: number;
}

const GROUPS = 8;

/** The address with which `text` begins; what follows it may be anything. */
export function scanIpv6(text: string): Ipv6Scan {
  const state: State = { text, bytes: new Uint8Array(16), groups: 0, gap: -1, room: GROUPS };
  let at = 0;
  if (text.startsWith('::')) {
    // The zero group that `::` begins with here is written like any other.
    Object.assign(state, { groups: 1, gap: 1, room: GROUPS - 1 });
    at = 2;
  }
  for (;;) {
    const afterGap = state.gap === state.groups;
    const digits = hexDigitsAt(text, at);
    if (afterGap && (state.room === 0 || digits === '')) return expand(state, at);
    if (digits === '' || digits.length > 4) return refuse(state);
    const next = at + digits.length;
    if (text[next] === '.' && state.room >= 2 && /^\d+$/.test(digits)) return dottedTail(state, at);
    if (text[next] !== ':' || !continues(state, next)) return lastGroup(state, at, next);
    put(state, Number.parseInt(digits, 16));
    at = next + 1;
    if (text[at] === ':') {
      state.gap = state.groups;
      state.room--;
      at++;
    }
  }
}

/** Whether the colon at `at` can be followed by more; else the address ends before it. */
function continues({ text, gap, room }: State, at: number): boolean {
  return room > 1 && (text[at + 1] !== ':' || gap < 0);
}

function put(state: State, group: number): void {
  state.bytes[state.groups * 2] = group >> 8;
  state.bytes[state.groups * 2 + 1] = group;
  state.groups++;
  state.room--;
}

function refuse({ bytes, groups }: State, more = 0): Ipv6Scan {
  return { bytes, written: groups * 2 + more, end: undefined };
}

function lastGroup(state: State, at: number, end: number): Ipv6Scan {
  if (state.gap < 0 && state.groups !== GROUPS - 1) return refuse(state);
  put(state, asLong(state.text.slice(at)) & 0xffff);
  return expand(state, end);
}

/** The last group is read as C's strtol reads numbers: a 0x prefix counts, and what is too large is the largest. */
function asLong(text: string): number {
  const digits = /^(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]+)/.exec(text)?.[1] ?? '0';
  return Math.min(Number.parseInt(digits, 16), 0x7fff_ffff);
}

/** Four decimal parts of one to three digits. A byte is written once the dot behind it is seen. */
function dottedTail(state: State, at: number): Ipv6Scan {
  const { text, bytes, groups } = state;
  for (let i = 0; ; i++) {
    const part = /^\d*/.exec(text.slice(at))?.[0] ?? '';
    const valid = part !== '' && part.length <= 3 && Number(part) <= 255;
    at += part.length;
    const whole = i === 3 && (state.gap >= 0 || groups === GROUPS - 2);
    if (!valid || (i < 3 ? text[at] !== '.' : !whole)) return refuse(state, i);
    bytes[groups * 2 + i] = Number(part);
    if (i === 3) break;
    at++;
  }
  state.groups += 2;
  return expand(state, at);
}

/** Moves the groups behind `::` to the end. */
function expand({ bytes, groups, gap }: State, end: number): Ipv6Scan {
  if (gap >= 0) {
    const tail = bytes.slice(gap * 2, groups * 2);
    bytes.fill(0, gap * 2);
    bytes.set(tail, 16 - tail.length);
  }
  return { bytes, written: 16, end };
}

function hexDigitsAt(text: string, at: number): string {
  return /^[0-9a-fA-F]*/.exec(text.slice(at))?.[0] ?? '';
}
