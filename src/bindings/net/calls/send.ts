import { writeSync } from 'node:fs';
import { FD_CLOSE, FD_WRITE } from '../../../ws2_32/constants/events.js';
import {
  WSAEFAULT,
  WSAEINTR,
  WSAEMSGSIZE,
  WSAENETDOWN,
  WSAENOBUFS,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../../../ws2_32/errors/codes.js';
import { decodeAddress, loadAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { post, publish, waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { indicate } from '../arena/notices.js';
import { append, length } from '../arena/queue.js';
import { isOpen } from '../arena/table.js';
import { RECORD_HEADER, writeHeader } from '../rules/datagram.js';
import { destinationRefusal } from '../rules/destination.js';
import { sendLimit } from '../rules/limits.js';
import { closeError } from '../rules/network-events.js';
import { OPTION_BROADCAST, OPTION_SEND_TIMEOUT } from '../rules/options.js';
import { sendRefusal } from '../rules/transfer.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bindImplicitly, givenAddress, STREAM } from './sockets.js';
import { deadlineOf, memoryOf, timedOut, type View } from './transfer.js';
import { isDown } from './waiting.js';

/** The most that one step of a blocking send queues. */
const STEP = 262_144;
const LARGEST_DATAGRAM = 65_507;

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
  const bytes = memoryOf(buf, len);
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
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') metReset(arena, base);
    return 0;
  }
}

/** The system tells of a reset once: who meets it has to pass it on, for the host will read an end. */
function metReset(arena: Arena, base: number): void {
  Atomics.or(arena.control, base + L.S_FACTS, L.FACT_RESET);
  indicate(arena, base, FD_CLOSE, closeError(arena.control, base));
  publish(arena, base);
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
  // No peer though there was one: another thread has closed the socket since the call began.
  if (address === undefined) return fail(WSAENOTSOCK);
  if (typeof address === 'number') return fail(address);
  const broadcast = control[base + L.S_OPTIONS + OPTION_BROADCAST] !== 0;
  const unreachable = to === null ? 0 : destinationRefusal(decodeAddress(address as Uint8Array), broadcast);
  if (unreachable !== 0) return fail(unreachable);
  const bytes = memoryOf(buf, len);
  if (bytes === undefined) return fail(WSAEFAULT);
  if (len > LARGEST_DATAGRAM) return fail(WSAEMSGSIZE);
  const code = bindImplicitly(arena, base, s);
  if (code !== 0) return fail(code);
  const queue = base + L.S_SEND_QUEUE;
  if (length(arena, queue) > sendLimit(control, base)) waitForRoom(arena, base, s);
  if (isDown(arena)) return fail(WSAENETDOWN);
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
