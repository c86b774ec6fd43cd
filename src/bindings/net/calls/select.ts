import { WSAEFAULT, WSAEINVAL, WSAENETDOWN, WSAENOTSOCK } from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { baseOf, isOpen } from '../arena/table.js';
import { isExceptional, isReadable, isWritable } from '../rules/readiness.js';
import { arenaOfThread, fail, succeed, unavailableNow } from '../thread.js';
import { bytesOf } from '../view.js';
import { type FdSet, readSet, writeSet } from './sets.js';
import { settle } from './settle.js';
import { awaitAny, deadlineAfter, isDown, waitForAny } from './waiting.js';

type View = ArrayBufferView | null;
type Test = (control: Int32Array, base: number) => boolean;

/** The three sets as one `select` was given them, and what it found. */
interface Watch {
  readonly sets: readonly FdSet[];
  readonly given: readonly boolean[];
  readonly bases: readonly Int32Array[];
  /** Milliseconds; Infinity without a timeout. */
  readonly patience: number;
}

const tests: readonly Test[] = [isReadable, isWritable, isExceptional];

/** Reads and checks the arguments: what to watch, or the code with which the call fails. */
function prepare(arena: Arena, views: readonly View[], timeout: View): Watch | number {
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return unavailable;
  const patience = milliseconds(timeout);
  const sets = views.map(readSet);
  if (patience === undefined || sets.includes(undefined)) return WSAEFAULT;
  const read = sets as FdSet[];
  if (read.every(({ sockets }) => sockets.length === 0)) return WSAEINVAL;
  const bases: Int32Array[] = [];
  for (const { sockets } of read) {
    const found = new Int32Array(sockets.length);
    for (let i = 0; i < sockets.length; i++) {
      found[i] = baseOf(arena, sockets[i]);
      if (found[i] === 0) return WSAENOTSOCK;
    }
    bases.push(found);
  }
  return { sets: read, given: views.map((view) => view !== null), bases, patience };
}

function milliseconds(timeout: View): number | undefined {
  if (timeout === null) return Number.POSITIVE_INFINITY;
  const bytes = bytesOf(timeout);
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return Math.max(0, view.getInt32(0, true) * 1000 + view.getInt32(4, true) / 1000);
}

/** The sockets that are ready, by set; undefined when none is. */
interface Found {
  readonly ready: readonly number[][];
  readonly error: number;
}

/** A socket that stands twice in a set counts once: each slot carries the mark of the look that last took it. */
let marks: Int32Array | undefined;
let mark = 0;

function look(arena: Arena, { sets, bases }: Watch): Found | undefined {
  const { control } = arena;
  marks ??= new Int32Array(L.MAX_SOCKETS);
  const ready: number[][] = [[], [], []];
  let any = false;
  let closed = false;
  for (let k = 0; k < 3; k++) {
    const { sockets } = sets[k];
    const found = bases[k];
    const test = tests[k];
    const seen = ++mark;
    for (let i = 0; i < sockets.length; i++) {
      // Closed by another thread while we watch: readable; watched for exceptions alone, it is no socket (CLS-02, -03).
      const gone = !isOpen(control, sockets[i]);
      if (gone) closed = true;
      if (gone ? k !== 0 : !test(control, found[i])) continue;
      any = true;
      const slot = ((sockets[i] >>> 2) - 1) & (L.MAX_SOCKETS - 1);
      if (marks[slot] === seen) continue;
      marks[slot] = seen;
      ready[k].push(sockets[i]);
    }
  }
  if (any) return { ready, error: 0 };
  return closed ? { ready, error: WSAENOTSOCK } : undefined;
}

/** Writes the sets and gives select's return value: how many entries they hold now. */
function report({ sets, given }: Watch, found: Found | undefined): number {
  const ready = found?.ready ?? [[], [], []];
  let count = 0;
  for (let k = 0; k < 3; k++) {
    // The same memory given twice holds the union of both answers and counts once (SEL-26 to SEL-29).
    const twins = [0, 1, 2].filter((j) => given[j] && sameMemory(sets[j].view, sets[k].view));
    if (!given[k] || twins[0] !== k) continue;
    const kept = twins.length === 1 ? ready[k] : [...new Set(twins.flatMap((j) => ready[j]))];
    writeSet(sets[k], kept);
    count += kept.length;
  }
  return found !== undefined && found.error !== 0 ? fail(found.error) : succeed(count);
}

function sameMemory(a: DataView, b: DataView): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset;
}

export function select(_nfds: number, readfds: View, writefds: View, exceptfds: View, timeout: View): number {
  const arena = arenaOfThread();
  const watch = prepare(arena, [readfds, writefds, exceptfds], timeout);
  if (typeof watch === 'number') return fail(watch);
  let found = look(arena, watch);
  if (found === undefined && watch.patience > 0) {
    found = waitForAny(arena, deadlineAfter(watch.patience), () => look(arena, watch));
  }
  return found === undefined && isDown(arena) ? fail(WSAENETDOWN) : report(watch, found);
}

/** `select` that leaves the event loop running and keeps it alive meanwhile. */
export async function selectAsync(
  _nfds: number,
  readfds: View,
  writefds: View,
  exceptfds: View,
  timeout: View,
): Promise<number> {
  const arena = arenaOfThread();
  const watch = prepare(arena, [readfds, writefds, exceptfds], timeout);
  if (typeof watch === 'number') return settle(() => fail(watch));
  const found = await awaitAny(arena, deadlineAfter(watch.patience), () => look(arena, watch));
  return settle(() => (found === undefined && isDown(arena) ? fail(WSAENETDOWN) : report(watch, found)));
}

export function __WSAFDIsSet(fd: number, set: View): number {
  const sockets = readSet(set)?.sockets ?? [];
  return sockets.includes(fd) ? 1 : 0;
}
