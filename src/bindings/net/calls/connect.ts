import { FD_ACCEPT, FD_CONNECT, FD_WRITE } from '../../../ws2_32/constants/events.js';
import {
  WSAEADDRNOTAVAIL,
  WSAEAFNOSUPPORT,
  WSAEALREADY,
  WSAEFAULT,
  WSAEINTR,
  WSAEINVAL,
  WSAEISCONN,
  WSAENETDOWN,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAEWOULDBLOCK,
} from '../../../ws2_32/errors/codes.js';
import { decodeAddress, loadAddress, sizeOf, storeAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { post, waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { enable, indicate } from '../arena/notices.js';
import { isOpen, openSlot } from '../arena/table.js';
import { OPTION_KEEPALIVE, OPTION_NODELAY } from '../rules/options.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bytesOf, copyInto, readInt, sizeOfView, writeInt } from '../view.js';
import { inheritSelection } from './network-events.js';
import { bindImplicitly, givenAddress, isWildcard, STREAM, takeConnection } from './sockets.js';

type View = ArrayBufferView | null;

export function connect(s: number, name: View, namelen: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  if (control[base + L.S_TYPE] !== STREAM) return connectDatagrams(arena, base, s, name, namelen);
  const address = givenAddress(control, base, name, namelen);
  for (;;) {
    const state = settledState(arena, base, s);
    const refused = refusal(state) || (typeof address === 'number' ? address : 0);
    if (refused !== 0) return fail(refused);
    if (isWildcard(address as Uint8Array) || decodeAddress(address as Uint8Array).port === 0) {
      return fail(WSAEADDRNOTAVAIL);
    }
    // Another thread may be quicker, with a connect, a listen or a closesocket: then the state says what holds.
    if (Atomics.compareExchange(control, base + L.S_STATE, state, L.STATE_CONNECTING) === state) break;
  }
  Atomics.and(control, base + L.S_FACTS, ~L.FACT_CONNECT_FAILED);
  storeAddress(control, base + L.S_PEER, address as Uint8Array);
  post(arena, base, L.WORK_CONNECT);
  if ((Atomics.load(control, base + L.S_MODE) & L.MODE_NONBLOCKING) !== 0) return fail(WSAEWOULDBLOCK);
  return connectionMade(arena, base, s);
}

/** The state once no bind of another thread is under way; only a host that is gone leaves it so. */
function settledState(arena: Arena, base: number, s: number): number {
  const { control } = arena;
  const settled = waitForSocket(arena, base, Number.POSITIVE_INFINITY, () => {
    if (!isOpen(control, s)) return L.STATE_FREE;
    const state = Atomics.load(control, base + L.S_STATE);
    return state === L.STATE_BINDING ? undefined : state;
  });
  return settled ?? L.STATE_BINDING;
}

function refusal(state: number): number {
  switch (state) {
    // Another thread has closed it since the call began.
    case L.STATE_FREE:
      return WSAENOTSOCK;
    case L.STATE_BINDING:
      return WSAENETDOWN;
    case L.STATE_LISTENING:
      return WSAEINVAL;
    case L.STATE_CONNECTING:
      return WSAEALREADY;
    case L.STATE_CONNECTED:
      return WSAEISCONN;
    default:
      return 0;
  }
}

/** Waits for the end of a blocking connect. An error that is returned is not also stored in SO_ERROR (CON-20). */
function connectionMade(arena: Arena, base: number, s: number): number {
  const { control } = arena;
  const code = waitForSocket(arena, base, Number.POSITIVE_INFINITY, () => {
    if (!isOpen(control, s)) return WSAEINTR;
    const state = Atomics.load(control, base + L.S_STATE);
    if (state === L.STATE_CONNECTING) return undefined;
    if (state === L.STATE_CONNECTED) return 0;
    Atomics.store(control, base + L.S_ERROR, 0);
    return control[base + L.S_CONNECT_ERROR] || WSAENETDOWN;
  });
  return code === 0 ? succeed(0) : fail(code ?? WSAENETDOWN);
}

/** UDP: sets the peer for send and the only one for recv; AF_UNSPEC or the wildcard address takes it away again. */
function connectDatagrams(arena: Arena, base: number, s: number, name: View, namelen: number): number {
  const { control } = arena;
  const address = givenAddress(control, base, name, namelen);
  const unspecified =
    address === WSAEAFNOSUPPORT && name !== null && bytesOf(name)[0] === 0 && bytesOf(name)[1] === 0;
  if (typeof address === 'number' && !unspecified) return fail(address);
  if (typeof address === 'number' || isWildcard(address)) {
    Atomics.and(control, base + L.S_MODE, ~L.MODE_HAS_PEER);
    return succeed(0);
  }
  if (decodeAddress(address).port === 0) return fail(WSAEADDRNOTAVAIL);
  const code = bindImplicitly(arena, base, s);
  if (code !== 0) return fail(code);
  storeAddress(control, base + L.S_PEER, address);
  Atomics.or(control, base + L.S_MODE, L.MODE_HAS_PEER);
  Atomics.and(control, base + L.S_EVENT_POSTED, ~FD_WRITE);
  if (Atomics.load(control, base + L.S_EVENT_WINDOW) === 0) indicate(arena, base, FD_CONNECT);
  indicate(arena, base, FD_WRITE);
  return succeed(0);
}

export function accept(s: number, addr: View, addrlen: View): number {
  const arena = arenaOfThread();
  const listener = listenerFor(s, true, addr, addrlen);
  if (listener === 0) return -1;
  const base = nextConnection(arena, listener, s);
  return base < 0 ? fail(-base) : acceptInto(arena, listener, base, addr, addrlen);
}

/** The base of a socket, of one that listens if `listening`, with room for an address; 0 when it fails. */
export function listenerFor(s: number, listening: boolean, addr: View = null, addrlen: View = null): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0 || !listening) return base;
  const { control } = arena;
  const code =
    control[base + L.S_TYPE] !== STREAM
      ? WSAEOPNOTSUPP
      : Atomics.load(control, base + L.S_STATE) !== L.STATE_LISTENING
        ? WSAEINVAL
        : hasRoom(addr, addrlen, sizeOf(control[base + L.S_FAMILY]))
          ? 0
          : WSAEFAULT;
  if (code === 0) return base;
  fail(code);
  return 0;
}

function hasRoom(addr: View, addrlen: View, size: number): boolean {
  return addr === null || addrlen === null || Math.min(readInt(addrlen) ?? 0, sizeOfView(addr)) >= size;
}

/** Makes a connection that was taken out of the queue a socket of the program's. */
export function acceptInto(arena: Arena, listener: number, base: number, addr: View, addrlen: View): number {
  const { control } = arena;
  inherit(control, listener, base);
  const options = base + L.S_OPTIONS;
  if (control[options + OPTION_NODELAY] !== 0 || control[options + OPTION_KEEPALIVE] !== 0) {
    post(arena, base, L.WORK_OPTIONS);
  }
  const accepted = openSlot(arena, base);
  inheritSelection(arena, listener, base);
  enable(arena, listener, FD_ACCEPT, true, () => Atomics.load(control, listener + L.S_ACCEPT_COUNT) > 0);
  if (addr !== null && addrlen !== null) {
    const peer = loadAddress(control, base + L.S_PEER) ?? unknown(control[base + L.S_FAMILY]);
    copyInto(addr, peer);
    writeInt(addrlen, peer.length);
  }
  return succeed(accepted);
}

/** The name of a peer that was gone before its name was asked for. */
function unknown(family: number): Uint8Array {
  const address = new Uint8Array(sizeOf(family));
  address[0] = family;
  return address;
}

/** The base of the next connection, waiting for one if the listener blocks; a negative WSA code otherwise. */
export function nextConnection(arena: Arena, listener: number, s: number): number {
  const { control } = arena;
  const first = takeConnection(arena, listener);
  if (first !== 0) return first;
  if ((Atomics.load(control, listener + L.S_MODE) & L.MODE_NONBLOCKING) !== 0) return -WSAEWOULDBLOCK;
  const next = waitForSocket(arena, listener, Number.POSITIVE_INFINITY, () => {
    if (!isOpen(control, s)) return -WSAEINTR;
    return takeConnection(arena, listener) || undefined;
  });
  return next ?? -WSAENETDOWN;
}

/** An accepted socket has its listener's options and mode, as they are now; Node is told of those that it can apply. */
function inherit(control: Int32Array, listener: number, base: number): void {
  control.copyWithin(base + L.S_OPTIONS, listener + L.S_OPTIONS, listener + L.S_OPTIONS + L.OPTION_WORDS);
  control[base + L.S_MODE] = Atomics.load(control, listener + L.S_MODE) & L.MODE_NONBLOCKING;
}
