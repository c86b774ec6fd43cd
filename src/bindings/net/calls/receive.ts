import { FD_READ } from '../../../ws2_32/constants/events.js';
import { MSG_PEEK, MSG_WAITALL } from '../../../ws2_32/constants/messages.js';
import {
  WSAECONNRESET,
  WSAEFAULT,
  WSAEINTR,
  WSAEMSGSIZE,
  WSAEWOULDBLOCK,
} from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import { post, waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { enable } from '../arena/notices.js';
import { advance, length, peek } from '../arena/queue.js';
import { isOpen } from '../arena/table.js';
import { isFromPeer, RECORD_HEADER, readHeader } from '../rules/datagram.js';
import { receiveLimit } from '../rules/limits.js';
import { OPTION_RECEIVE_TIMEOUT } from '../rules/options.js';
import { receiveRefusal, streamEnd } from '../rules/transfer.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { copyInto, readInt, sizeOfView, writeInt } from '../view.js';
import { STREAM } from './sockets.js';
import { deadlineOf, memoryOf, timedOut, type View } from './transfer.js';

export function recv(s: number, buf: View, len: number, flags: number): number {
  return receive(s, buf, len, flags, null, null);
}

export function recvfrom(
  s: number,
  buf: View,
  len: number,
  flags: number,
  from: View,
  fromlen: View,
): number {
  return receive(s, buf, len, flags, from, fromlen);
}

function receive(s: number, buf: View, len: number, flags: number, from: View, fromlen: View): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  const refused = receiveRefusal(control, base, flags);
  const bytes = refused === 0 ? memoryOf(buf, len) : undefined;
  if (bytes === undefined) {
    enableRead(arena, base, false);
    return fail(refused || WSAEFAULT);
  }
  const outcome =
    control[base + L.S_TYPE] === STREAM
      ? receiveStream(arena, base, s, bytes, flags)
      : receiveDatagram(arena, base, s, bytes, flags, from, fromlen);
  enableRead(arena, base, outcome >= 0);
  return outcome;
}

/** Every receive enables FD_READ again, and data that is left is one at once. */
function enableRead(arena: Arena, base: number, answered: boolean): void {
  const { control } = arena;
  const selected = Atomics.load(control, base + L.S_EVENT_MASK) !== 0;
  // Nobody has selected: only the record has to go.
  if (!selected && !answered) return;
  enable(arena, base, FD_READ, answered, () => length(arena, base + L.S_RECEIVE_QUEUE) > 0);
}

function receiveStream(arena: Arena, base: number, s: number, into: Uint8Array, flags: number): number {
  const { control } = arena;
  const all = (flags & MSG_WAITALL) !== 0;
  let done = 0;
  const attempt = (): number | undefined => {
    const taken = take(arena, base, s, done === 0 ? into : into.subarray(done), (flags & MSG_PEEK) !== 0);
    if (taken > 0) done += taken;
    if (done > 0 && (done === into.length || !all)) return done;
    if (taken < 0) return taken;
    const end = streamEnd(control, base);
    if (end !== undefined && length(arena, base + L.S_RECEIVE_QUEUE) === 0) return end === 0 ? done : -end;
    return into.length === 0 && length(arena, base + L.S_RECEIVE_QUEUE) > 0 ? 0 : undefined;
  };
  const first = attempt();
  if (first !== undefined) return first < 0 ? fail(-first) : succeed(first);
  return waitToReceive(arena, base, attempt);
}

/** Nothing is there: WSAEWOULDBLOCK, or a wait for `attempt` to succeed. */
function waitToReceive(arena: Arena, base: number, attempt: () => number | undefined): number {
  const { control } = arena;
  if ((Atomics.load(control, base + L.S_MODE) & L.MODE_NONBLOCKING) !== 0) return fail(WSAEWOULDBLOCK);
  const outcome = waitForSocket(arena, base, deadlineOf(control, base, OPTION_RECEIVE_TIMEOUT), attempt);
  if (outcome === undefined) return fail(timedOut(control));
  return outcome < 0 ? fail(-outcome) : succeed(outcome);
}

/** Takes what is there: the number of bytes, or a negative code when the socket is no longer this one. */
function take(arena: Arena, base: number, s: number, into: Uint8Array, peekOnly: boolean): number {
  const { control } = arena;
  const queue = base + L.S_RECEIVE_QUEUE;
  acquire(control, base + L.S_RLOCK);
  if (!isOpen(control, s)) {
    release(control, base + L.S_RLOCK);
    return -WSAEINTR;
  }
  const count = peek(arena, queue, into);
  if (!peekOnly && count > 0) advance(arena, queue, count);
  release(control, base + L.S_RLOCK);
  if (
    (Atomics.load(control, base + L.S_FACTS) & L.FACT_PAUSED) !== 0 &&
    length(arena, queue) < receiveLimit(control, base) / 2
  ) {
    post(arena, base, L.WORK_RESUME);
  }
  return count;
}

function receiveDatagram(
  arena: Arena,
  base: number,
  s: number,
  into: Uint8Array,
  flags: number,
  from: View,
  fromlen: View,
): number {
  let truncated = false;
  const named = from !== null && fromlen !== null;
  const room = named ? Math.min(readInt(fromlen) ?? 0, sizeOfView(from)) : Number.POSITIVE_INFINITY;
  const attempt = (): number | undefined => {
    if (takeReset(arena.control, base)) return -WSAECONNRESET;
    const record = takeRecord(arena, base, s, into, (flags & MSG_PEEK) !== 0, room);
    if (record === undefined || typeof record === 'number') return record;
    if (named) {
      copyInto(from, record.sockaddr);
      writeInt(fromlen, record.sockaddr.length);
    }
    truncated = record.size > into.length;
    return Math.min(record.size, into.length);
  };
  const first = attempt();
  const outcome =
    first === undefined ? waitToReceive(arena, base, attempt) : first < 0 ? fail(-first) : succeed(first);
  return truncated && outcome >= 0 ? fail(WSAEMSGSIZE) : outcome;
}

/** An earlier datagram met a closed port: one receive says so. */
function takeReset(control: Int32Array, base: number): boolean {
  for (;;) {
    const resets = Atomics.load(control, base + L.S_UDP_RESETS);
    if (resets === 0) return false;
    if (Atomics.compareExchange(control, base + L.S_UDP_RESETS, resets, resets - 1) === resets) return true;
  }
}

/** The next datagram: its bytes go into `into` as far as they fit. Undefined when there is none. */
function takeRecord(
  arena: Arena,
  base: number,
  s: number,
  into: Uint8Array,
  peekOnly: boolean,
  room: number,
): { size: number; sockaddr: Uint8Array } | number | undefined {
  const { control } = arena;
  const queue = base + L.S_RECEIVE_QUEUE;
  acquire(control, base + L.S_RLOCK);
  try {
    for (;;) {
      if (!isOpen(control, s)) return -WSAEINTR;
      if (length(arena, queue) === 0) return undefined;
      const bytes = new Uint8Array(RECORD_HEADER);
      peek(arena, queue, bytes);
      const { size, sockaddr } = readHeader(bytes);
      const wanted = isFromPeer(control, base, sockaddr);
      // No room for the address: the datagram stays for the next receive.
      if (wanted && room < sockaddr.length) return -WSAEFAULT;
      if (wanted) peek(arena, queue, into.length > size ? into.subarray(0, size) : into, RECORD_HEADER);
      if (!peekOnly || !wanted) {
        advance(arena, queue, RECORD_HEADER + size);
        Atomics.sub(control, queue + L.Q_MESSAGES, 1);
      }
      if (wanted) return { size, sockaddr: sockaddr.slice() };
    }
  } finally {
    release(control, base + L.S_RLOCK);
  }
}
