import { writeSync } from 'node:fs';
import { decodeAddress, loadAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { post, waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { enable, indicate } from '../arena/notices.js';
import { advance, append, length, peek } from '../arena/queue.js';
import { isOpen } from '../arena/table.js';
import {
  WSAECONNRESET,
  WSAEFAULT,
  WSAEINTR,
  WSAEMSGSIZE,
  WSAENETDOWN,
  WSAENOBUFS,
  WSAETIMEDOUT,
  WSAEWOULDBLOCK,
} from '../codes.js';
import { isFromPeer, RECORD_HEADER, readHeader, writeHeader } from '../rules/datagram.js';
import { destinationRefusal } from '../rules/destination.js';
import { receiveLimit, sendLimit } from '../rules/limits.js';
import { FD_READ, FD_WRITE } from '../rules/network-events.js';
import { OPTION_BROADCAST, OPTION_RECEIVE_TIMEOUT, OPTION_SEND_TIMEOUT } from '../rules/options.js';
import { MSG_PEEK, MSG_WAITALL, receiveRefusal, sendRefusal, streamEnd } from '../rules/transfer.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bytesOf, copyInto, readInt, sizeOfView, writeInt } from '../view.js';
import { bindImplicitly, givenAddress, STREAM } from './sockets.js';

/** The most that one step of a blocking send queues. */
const STEP = 262_144;
const LARGEST_DATAGRAM = 65_507;

type View = ArrayBufferView | null;

/** The buffer's first `len` bytes, or undefined when not all of them are there. */
function buffer(buf: View, len: number): Uint8Array | undefined {
  if (len < 0 || len > sizeOfView(buf)) return undefined;
  if (buf === null) return new Uint8Array(0);
  const bytes = bytesOf(buf);
  return bytes.length === len ? bytes : bytes.subarray(0, len);
}

function deadlineOf(control: Int32Array, base: number, option: number): number {
  const milliseconds = control[base + L.S_OPTIONS + option] >>> 0;
  return milliseconds === 0 ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
}

export function send(s: number, buf: View, len: number, flags: number): number {
  return transmit(s, buf, len, flags, null, 0);
}

export function sendto(s: number, buf: View, len: number, flags: number, to: View, tolen: number): number {
  return transmit(s, buf, len, flags, to, tolen);
}

function transmit(s: number, buf: View, len: number, flags: number, to: View, tolen: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  if (control[base + L.S_TYPE] !== STREAM) return sendDatagram(arena, base, s, buf, len, flags, to, tolen);
  const refused = sendRefusal(control, base, flags, to !== null);
  if (refused !== 0) return fail(refused);
  const bytes = buffer(buf, len);
  if (bytes === undefined) return fail(WSAEFAULT);
  const outcome = sendBytes(arena, base, s, bytes);
  return outcome < 0 ? fail(-outcome) : succeed(outcome);
}

/** Queues all of `bytes`, waiting for room if the socket blocks; the number queued, or a negative code. */
function sendBytes(arena: Arena, base: number, s: number, bytes: Uint8Array): number {
  const { control } = arena;
  const queue = base + L.S_SEND_QUEUE;
  const limit = sendLimit(control, base);
  const nonblocking = (Atomics.load(control, base + L.S_MODE) & L.MODE_NONBLOCKING) !== 0;
  let deadline = 0;
  // Who writes to the descriptor itself waits until the host has sent what was left over: then it can go on so.
  const room = nonblocking || Atomics.load(control, base + L.S_DESCRIPTOR) === 0 ? limit : 1;
  for (let done = 0; ; ) {
    if (length(arena, queue) < room) {
      // Non-blocking: all or nothing, however much it is.
      const step = nonblocking || bytes.length - done <= STEP ? bytes.length - done : STEP;
      const taken = enqueue(arena, base, s, bytes.subarray(done, done + step));
      if (taken < 0) return done > 0 ? done : taken;
      done += taken;
      if (done === bytes.length || taken < step) return done;
      continue;
    }
    if (nonblocking) return done > 0 ? done : -blocked(arena, base, limit);
    deadline ||= deadlineOf(control, base, OPTION_SEND_TIMEOUT);
    const code = waitForSocket(arena, base, deadline, () => {
      if (!isOpen(control, s)) return WSAEINTR;
      return sendRefusal(control, base, 0, false) || (length(arena, queue) < room ? 0 : undefined);
    });
    if (code !== 0) return done > 0 ? done : -(code ?? timedOut(control));
  }
}

/** WSAEWOULDBLOCK: the next room is an FD_WRITE; if it has come meanwhile, it is one at once. */
function blocked(arena: Arena, base: number, limit: number): number {
  const { control } = arena;
  Atomics.and(control, base + L.S_EVENT_POSTED, ~FD_WRITE);
  Atomics.store(control, base + L.S_EVENT_SEND_BLOCKED, 1);
  const room = length(arena, base + L.S_SEND_QUEUE) < limit;
  if (room && Atomics.exchange(control, base + L.S_EVENT_SEND_BLOCKED, 0) !== 0)
    indicate(arena, base, FD_WRITE);
  return WSAEWOULDBLOCK;
}

function timedOut(control: Int32Array): number {
  return Atomics.load(control, L.HOST_STATE) === L.HOST_DOWN ? WSAENETDOWN : WSAETIMEDOUT;
}

/** Writes and queues `bytes`: how many were taken, which is all but when the arena is exhausted, or a negative code. */
function enqueue(arena: Arena, base: number, s: number, bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const { control } = arena;
  acquire(control, base + L.S_WLOCK);
  // Closed meanwhile by another thread: the slot may already be another socket's.
  const open = isOpen(control, s);
  const written = open ? writeDirectly(arena, base, bytes) : 0;
  const rest = bytes.length - written;
  const queued = open && rest > 0 && append(arena, base + L.S_SEND_QUEUE, [bytes.subarray(written)], rest);
  release(control, base + L.S_WLOCK);
  if (!open) return -WSAEINTR;
  if (queued) post(arena, base, L.WORK_SEND);
  return queued ? bytes.length : written > 0 ? written : -WSAENOBUFS;
}

/**
 * While nothing is queued a caller writes to the connection itself, where the system has file descriptors: that
 * saves the way through the host. What the system does not take, and every error, is left to the host.
 */
function writeDirectly(arena: Arena, base: number, bytes: Uint8Array): number {
  const descriptor = Atomics.load(arena.control, base + L.S_DESCRIPTOR) - 1;
  if (descriptor < 0 || length(arena, base + L.S_SEND_QUEUE) > 0) return 0;
  try {
    return writeSync(descriptor, bytes);
  } catch {
    return 0;
  }
}

function sendDatagram(
  arena: Arena,
  base: number,
  s: number,
  buf: View,
  len: number,
  flags: number,
  to: View,
  tolen: number,
): number {
  const { control } = arena;
  const refused = sendRefusal(control, base, flags, to !== null);
  if (refused !== 0) return fail(refused);
  const address =
    to === null ? loadAddress(control, base + L.S_PEER) : givenAddress(control, base, to, tolen);
  if (typeof address === 'number') return fail(address);
  const broadcast = control[base + L.S_OPTIONS + OPTION_BROADCAST] !== 0;
  const unreachable = to === null ? 0 : destinationRefusal(decodeAddress(address as Uint8Array), broadcast);
  if (unreachable !== 0) return fail(unreachable);
  const bytes = buffer(buf, len);
  if (bytes === undefined) return fail(WSAEFAULT);
  if (len > LARGEST_DATAGRAM) return fail(WSAEMSGSIZE);
  const code = bindImplicitly(arena, base, s);
  if (code !== 0) return fail(code);
  const queue = base + L.S_SEND_QUEUE;
  if (length(arena, queue) > sendLimit(control, base)) waitForRoom(arena, base, s);
  acquire(control, base + L.S_WLOCK);
  const header = writeHeader(len, address as Uint8Array);
  const open = isOpen(control, s);
  const taken = open && append(arena, queue, [header, bytes], RECORD_HEADER + len);
  release(control, base + L.S_WLOCK);
  if (!taken) return fail(open ? WSAENOBUFS : WSAEINTR);
  post(arena, base, L.WORK_SEND);
  return succeed(len);
}

/** A UDP socket is always writable; a sender that is faster than the host is held up for the moment it takes. */
function waitForRoom(arena: Arena, base: number, s: number): void {
  const { control } = arena;
  const queue = base + L.S_SEND_QUEUE;
  waitForSocket(arena, base, Number.POSITIVE_INFINITY, () =>
    !isOpen(control, s) || length(arena, queue) <= sendLimit(control, base) ? 1 : undefined,
  );
}

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
  const bytes = refused === 0 ? buffer(buf, len) : undefined;
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
  enable(arena, base, FD_READ, answered, length(arena, base + L.S_RECEIVE_QUEUE) > 0);
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
