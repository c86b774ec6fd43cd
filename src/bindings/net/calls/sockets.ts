import {
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINTR,
  WSAEINVAL,
  WSAEISCONN,
  WSAEMFILE,
  WSAENETDOWN,
  WSAENOTCONN,
  WSAEOPNOTSUPP,
  WSAEWOULDBLOCK,
} from '../../../ws2_32/errors/codes.js';
import { AF_INET6, isAny, sizeOf, storeAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { post, publish, waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { length } from '../arena/queue.js';
import { closeHandle, isOpen, openSlot, takeSlot } from '../arena/table.js';
import { initialOptions, OPTION_LINGER } from '../rules/options.js';
import { socketKind } from '../rules/socket.js';
import { arenaOfThread, fail, socketBase, succeed, unavailableNow } from '../thread.js';
import { bytesOf } from '../view.js';

export const STREAM = 1;
export const DATAGRAM = 2;

export function socket(af: number, type: number, protocol: number): number {
  const arena = arenaOfThread();
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return fail(unavailable);
  const kind = socketKind(af, type, protocol);
  if (typeof kind === 'number') return fail(kind);
  const base = takeSlot(arena);
  if (base === 0) return fail(WSAEMFILE);
  const { control } = arena;
  control[base + L.S_FAMILY] = kind.family;
  control[base + L.S_TYPE] = kind.type;
  control[base + L.S_PROTOCOL] = kind.protocol;
  initialOptions(control, base + L.S_OPTIONS, kind.type);
  Atomics.store(control, base + L.S_STATE, L.STATE_OPEN);
  return succeed(openSlot(arena, base));
}

export function closesocket(s: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const patience = lingerTime(arena.control, base);
  if (patience > 0 && length(arena, base + L.S_SEND_QUEUE) > 0) {
    const blocking = (Atomics.load(arena.control, base + L.S_MODE) & L.MODE_NONBLOCKING) === 0;
    // Closing that lingers cannot be done at once: the socket stays as it is.
    if (!blocking) return fail(WSAEWOULDBLOCK);
    lingerOn(arena, base, performance.now() + patience);
  }
  closeBase(arena, base, s);
  return succeed(0);
}

/** How long, in milliseconds, SO_LINGER lets closing wait for what is unsent. */
function lingerTime(control: Int32Array, base: number): number {
  const linger = control[base + L.S_OPTIONS + OPTION_LINGER];
  return (linger & 0xffff) !== 0 ? (linger >>> 16) * 1000 : 0;
}

/** When the time is up before all is sent, the connection is reset, as if SO_LINGER had been {1, 0}. */
function lingerOn(arena: Arena, base: number, deadline: number): void {
  const { control } = arena;
  const sent = waitForSocket(arena, base, deadline, () => {
    const lost = (Atomics.load(control, base + L.S_FACTS) & (L.FACT_RESET | L.FACT_ABORTED)) !== 0;
    return lost || length(arena, base + L.S_SEND_QUEUE) === 0 ? true : undefined;
  });
  if (!sent) control[base + L.S_OPTIONS + OPTION_LINGER] = 1;
}

/** Takes the number out of use and leaves the rest to the host, which delivers what is still to be sent. */
export function closeBase(arena: Arena, base: number, s: number): void {
  const last = closeHandle(arena, s);
  publish(arena, base);
  if (last !== 0) post(arena, last, L.WORK_CLOSE);
}

/** The sockaddr that a call was given, or the code with which Windows refuses it. */
export function givenAddress(
  control: Int32Array,
  base: number,
  name: ArrayBufferView | null,
  namelen: number,
): Uint8Array | number {
  const family = control[base + L.S_FAMILY];
  const size = sizeOf(family);
  if (name === null || namelen < size) return WSAEFAULT;
  const bytes = bytesOf(name);
  if (bytes.length < size) return WSAEFAULT;
  if ((bytes[0] | (bytes[1] << 8)) !== family) return WSAEAFNOSUPPORT;
  return bytes.slice(0, size);
}

export function bind(s: number, name: ArrayBufferView | null, namelen: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const address = givenAddress(arena.control, base, name, namelen);
  if (typeof address === 'number') return fail(address);
  const code = bindTo(arena, base, s, address);
  return code === 0 ? succeed(0) : fail(code);
}

/** Binds through the host: 0 or a WSA code. */
export function bindTo(arena: Arena, base: number, s: number, address: Uint8Array): number {
  const { control } = arena;
  if (Atomics.compareExchange(control, base + L.S_STATE, L.STATE_OPEN, L.STATE_BINDING) !== L.STATE_OPEN) {
    return WSAEINVAL;
  }
  storeAddress(control, base + L.S_LOCAL, address);
  return ask(arena, base, s, L.WORK_BIND);
}

/** Binds a socket that never was to the wildcard address and a port of the system's choice. */
export function bindImplicitly(arena: Arena, base: number, s: number): number {
  const { control } = arena;
  if (Atomics.load(control, base + L.S_STATE) !== L.STATE_OPEN) return 0;
  const family = control[base + L.S_FAMILY];
  const any = new Uint8Array(sizeOf(family));
  any[0] = family;
  const code = bindTo(arena, base, s, any);
  // Another thread may have bound it at the same moment: that is as good.
  return code === WSAEINVAL ? 0 : code;
}

/** Posts work that is answered in S_RESULT and waits for the answer. */
function ask(arena: Arena, base: number, s: number, work: number): number {
  const { control } = arena;
  Atomics.store(control, base + L.S_RESULT, -1);
  post(arena, base, work);
  const answer = waitForSocket(arena, base, Number.POSITIVE_INFINITY, () => {
    const result = Atomics.load(control, base + L.S_RESULT);
    if (result !== -1) return result;
    return isOpen(control, s) ? undefined : WSAEINTR;
  });
  return answer ?? WSAENETDOWN;
}

export function listen(s: number, backlog: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  if (control[base + L.S_TYPE] !== STREAM) return fail(WSAEOPNOTSUPP);
  const state = Atomics.load(control, base + L.S_STATE);
  if (state === L.STATE_LISTENING) return succeed(0);
  if (state === L.STATE_CONNECTED || state === L.STATE_CONNECTING) return fail(WSAEISCONN);
  if (state !== L.STATE_BOUND) return fail(WSAEINVAL);
  control[base + L.S_BACKLOG] = backlog;
  const code = ask(arena, base, s, L.WORK_LISTEN);
  return code === 0 ? succeed(0) : fail(code);
}

export function shutdown(s: number, how: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  if (how < 0 || how > 2) return fail(WSAEINVAL);
  const state = Atomics.load(control, base + L.S_STATE);
  if (control[base + L.S_TYPE] === STREAM && state !== L.STATE_CONNECTED) return fail(WSAENOTCONN);
  const mode =
    how === 0 ? L.MODE_SHUT_RECEIVE : how === 1 ? L.MODE_SHUT_SEND : L.MODE_SHUT_RECEIVE | L.MODE_SHUT_SEND;
  const before = Atomics.or(control, base + L.S_MODE, mode);
  if ((mode & ~before & L.MODE_SHUT_SEND) !== 0) post(arena, base, L.WORK_SHUTDOWN);
  publish(arena, base);
  return succeed(0);
}

/** Takes the first connection out of a listener's queue; 0 when there is none. */
export function takeConnection(arena: Arena, listener: number): number {
  const { control } = arena;
  if (Atomics.load(control, listener + L.S_ACCEPT_COUNT) === 0) return 0;
  acquire(control, listener + L.S_RLOCK);
  const base = control[listener + L.S_ACCEPT_FIRST];
  if (base !== 0) {
    control[listener + L.S_ACCEPT_FIRST] = control[base + L.S_NEXT];
    if (control[base + L.S_NEXT] === 0) control[listener + L.S_ACCEPT_LAST] = 0;
    control[base + L.S_NEXT] = 0;
    Atomics.sub(control, listener + L.S_ACCEPT_COUNT, 1);
  }
  release(control, listener + L.S_RLOCK);
  return base;
}

export function isWildcard(address: Uint8Array): boolean {
  return isAny(address[0] === AF_INET6 ? address.subarray(8, 24) : address.subarray(4, 8));
}
