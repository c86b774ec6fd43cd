/**
 * Socket options: where each is kept, its default, and how Windows treats lengths (facts OPT-18 to OPT-39). What
 * an option *does* is elsewhere; this is how it is stored.
 */
export const OPTION_RECEIVE_BUFFER = 0;
export const OPTION_SEND_BUFFER = 1;
export const OPTION_RECEIVE_TIMEOUT = 2;
export const OPTION_SEND_TIMEOUT = 3;
/** SO_LINGER as its 4 bytes: l_onoff low, l_linger high. */
export const OPTION_LINGER = 4;
export const OPTION_REUSE = 5;
export const OPTION_EXCLUSIVE = 6;
export const OPTION_KEEPALIVE = 7;
export const OPTION_BROADCAST = 8;
export const OPTION_OOBINLINE = 9;
export const OPTION_DONTROUTE = 10;
export const OPTION_NODELAY = 11;
export const OPTION_V6ONLY = 12;
export const OPTION_KEEPIDLE = 13;
export const OPTION_KEEPINTERVAL = 14;
export const OPTION_KEEPCOUNT = 15;
export const OPTION_TTL = 16;
export const OPTION_TOS = 17;
export const OPTION_MULTICAST_TTL = 18;
export const OPTION_MULTICAST_LOOP = 19;
export const OPTION_MULTICAST_IF = 20;
export const OPTION_DONTFRAGMENT = 21;
export const OPTION_CONDITIONAL_ACCEPT = 22;
export const OPTION_DEBUG = 23;
export const OPTION_HOPS6 = 24;
export const OPTION_MULTICAST_HOPS6 = 25;
export const OPTION_MULTICAST_LOOP6 = 26;
export const OPTION_MULTICAST_IF6 = 27;
export const OPTION_DONTFRAGMENT6 = 28;
export const OPTION_PKTINFO = 29;
export const OPTION_RECVTTL = 30;
export const OPTION_RECVTOS = 31;
export const OPTION_PKTINFO6 = 32;
export const OPTION_HOPLIMIT6 = 33;
export const OPTION_RECVTCLASS6 = 34;
export const OPTION_UNICAST_IF = 35;
/** Not an option: SIO_UDP_CONNRESET, stored inverted so that 0 is Windows' default (resets are reported). */
export const OPTION_NO_UDP_RESETS = 36;
export const OPTION_RANDOMIZE_PORT = 37;
export const OPTION_NO_SYN_RETRIES = 38;

/**
 * How lengths other than the natural one are taken.
 * - `flag`: set with any length of 1 or more; get writes 4 bytes, with length 2 two bytes and says 1.
 * - `byte`: the same, but get writes one byte whatever the length.
 * - `word`: set needs 4 bytes; get with 1 or 2 bytes gives the low ones.
 * - `timeout`: set needs 4 bytes; get needs 4 bytes and leaves the length alone when it refuses.
 * - `strict`: needs 4 bytes both ways; a refused get sets the length to 0.
 * - `small`: set takes 1 byte or more, values to 255; get with 1 or 2 writes one byte.
 */
export type LengthRule = 'flag' | 'byte' | 'word' | 'timeout' | 'strict' | 'small';

export interface OptionRule {
  readonly index: number;
  readonly rule: LengthRule;
  /** On a socket that never set it; `udp` where datagram sockets differ. */
  readonly initial: number;
  readonly udp?: number;
  /** Any non-zero value reads back as 1. */
  readonly boolean?: true;
  /** Sockets of this kind only; others answer WSAENOPROTOOPT (SOL_SOCKET) or WSAEINVAL. */
  readonly only?: 'stream' | 'datagram';
  readonly highest?: number;
}

const SOL_SOCKET = 0xffff;
const TCP = 6;
const IP = 0;
const IPV6 = 41;
const key = (level: number, name: number): number => level * 0x10000 + (name & 0xffff);

const flag = (index: number, more: Partial<OptionRule> = {}): OptionRule => ({
  index,
  rule: 'flag',
  initial: 0,
  boolean: true,
  ...more,
});

const rules = new Map<number, OptionRule>([
  [key(SOL_SOCKET, 0x1002), { index: OPTION_RECEIVE_BUFFER, rule: 'word', initial: 65_536 }],
  [key(SOL_SOCKET, 0x1001), { index: OPTION_SEND_BUFFER, rule: 'word', initial: 65_536 }],
  [key(SOL_SOCKET, 0x1006), { index: OPTION_RECEIVE_TIMEOUT, rule: 'timeout', initial: 0 }],
  [key(SOL_SOCKET, 0x1005), { index: OPTION_SEND_TIMEOUT, rule: 'timeout', initial: 0 }],
  [key(SOL_SOCKET, 0x0080), { index: OPTION_LINGER, rule: 'word', initial: 0, only: 'stream' }],
  [key(SOL_SOCKET, 0x0004), flag(OPTION_REUSE)],
  [key(SOL_SOCKET, -5), flag(OPTION_EXCLUSIVE)],
  [key(SOL_SOCKET, 0x0001), flag(OPTION_DEBUG)],
  [key(SOL_SOCKET, 0x0008), flag(OPTION_KEEPALIVE, { rule: 'byte', only: 'stream' })],
  [key(SOL_SOCKET, 0x0020), flag(OPTION_BROADCAST, { only: 'datagram' })],
  [key(SOL_SOCKET, 0x0100), flag(OPTION_OOBINLINE, { only: 'stream' })],
  [key(SOL_SOCKET, 0x0010), flag(OPTION_DONTROUTE, { rule: 'byte' })],
  [key(SOL_SOCKET, 0x3002), flag(OPTION_CONDITIONAL_ACCEPT, { only: 'stream' })],
  [key(SOL_SOCKET, 0x3005), flag(OPTION_RANDOMIZE_PORT)],
  [key(TCP, 1), flag(OPTION_NODELAY, { rule: 'byte' })],
  [key(TCP, 9), flag(OPTION_NO_SYN_RETRIES, { rule: 'byte' })],
  [key(TCP, 3), { index: OPTION_KEEPIDLE, rule: 'strict', initial: 7200 }],
  [key(TCP, 17), { index: OPTION_KEEPINTERVAL, rule: 'strict', initial: 1 }],
  [key(TCP, 16), { index: OPTION_KEEPCOUNT, rule: 'strict', initial: 10, highest: 255 }],
  [key(IP, 4), { index: OPTION_TTL, rule: 'small', initial: 128 }],
  [key(IP, 3), { index: OPTION_TOS, rule: 'small', initial: 0 }],
  [key(IP, 14), flag(OPTION_DONTFRAGMENT, { initial: 1, udp: 0 })],
  [key(IP, 10), { index: OPTION_MULTICAST_TTL, rule: 'small', initial: 1, only: 'datagram' }],
  [key(IP, 11), flag(OPTION_MULTICAST_LOOP, { rule: 'small', initial: 1, only: 'datagram' })],
  [key(IP, 9), { index: OPTION_MULTICAST_IF, rule: 'word', initial: 0, only: 'datagram' }],
  [key(IP, 31), { index: OPTION_UNICAST_IF, rule: 'word', initial: 0 }],
  [key(IP, 19), flag(OPTION_PKTINFO, { rule: 'strict', only: 'datagram' })],
  [key(IP, 21), flag(OPTION_RECVTTL, { rule: 'strict', only: 'datagram' })],
  [key(IP, 40), flag(OPTION_RECVTOS, { rule: 'strict', only: 'datagram' })],
  [key(IPV6, 27), flag(OPTION_V6ONLY, { rule: 'byte', initial: 1 })],
  [key(IPV6, 4), { index: OPTION_HOPS6, rule: 'small', initial: 128 }],
  [key(IPV6, 10), { index: OPTION_MULTICAST_HOPS6, rule: 'small', initial: 1, only: 'datagram' }],
  [key(IPV6, 11), flag(OPTION_MULTICAST_LOOP6, { rule: 'small', initial: 1, only: 'datagram' })],
  [key(IPV6, 9), { index: OPTION_MULTICAST_IF6, rule: 'word', initial: 0, only: 'datagram' }],
  [key(IPV6, 14), flag(OPTION_DONTFRAGMENT6, { rule: 'small', initial: 1, udp: 0 })],
  [key(IPV6, 19), flag(OPTION_PKTINFO6, { rule: 'strict', only: 'datagram' })],
  [key(IPV6, 21), flag(OPTION_HOPLIMIT6, { rule: 'strict', only: 'datagram' })],
  [key(IPV6, 40), flag(OPTION_RECVTCLASS6, { rule: 'strict', only: 'datagram' })],
]);

/** The stored option of that level and name, or undefined. */
export function optionRule(level: number, name: number): OptionRule | undefined {
  return rules.get(key(level, name));
}

const STREAM = 1;

/** Fills in the defaults of a new socket. */
export function initialOptions(words: Int32Array, at: number, type: number): void {
  for (const { index, initial, udp } of rules.values()) {
    words[at + index] = type === STREAM ? initial : (udp ?? initial);
  }
}

/** What `setsockopt` stores, or the code with which it is refused. */
export function decodeOption(
  rule: OptionRule,
  value: DataView,
  length: number,
): { readonly value: number; readonly error: number } {
  const needsFour = rule.rule === 'word' || rule.rule === 'timeout' || rule.rule === 'strict';
  if (length === 0 || (needsFour && length > 0 && length < 4)) return { value: 0, error: 10014 };
  const bytes = Math.min(4, length < 0 ? 4 : length, value.byteLength);
  const given =
    bytes >= 4 ? value.getInt32(0, true) : bytes >= 2 ? value.getUint16(0, true) : value.getUint8(0);
  if (rule.boolean) return { value: given === 0 ? 0 : 1, error: 0 };
  const bounded = rule.rule === 'small' || rule.highest !== undefined;
  return bounded && (given < 0 || given > 255) ? { value: 0, error: 10022 } : { value: given, error: 0 };
}

/** How a `getsockopt` with this length goes: bytes written and the length that it leaves, or an error. */
export interface Reading {
  readonly error: number;
  readonly bytes: number;
  /** -1: the caller's length stays as it was. */
  readonly length: number;
}

export function readingOf(rule: LengthRule, length: number): Reading {
  const refused = (left: number): Reading => ({ error: 10014, bytes: 0, length: left });
  if (length <= 0) return refused(-1);
  const natural = Math.min(length, 4);
  switch (rule) {
    case 'byte':
      return { error: 0, bytes: 1, length: 1 };
    case 'flag':
      return { error: 0, bytes: length === 3 ? 3 : natural, length: length < 4 ? 1 : 4 };
    case 'small':
      return length < 4 ? { error: 0, bytes: 1, length: 1 } : { error: 0, bytes: 4, length: 4 };
    case 'word':
      return { error: 0, bytes: natural, length: natural };
    case 'timeout':
      return length < 4 ? refused(-1) : { error: 0, bytes: 4, length: 4 };
    case 'strict':
      return length < 4 ? refused(0) : { error: 0, bytes: 4, length: 4 };
  }
}
