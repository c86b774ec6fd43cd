import { FD_CLOSE, FD_CONNECT } from '../../../ws2_32/constants/events.js';
import { WSAEFAULT, WSAEINVAL } from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { signal, tell } from '../arena/notices.js';
import { objectOf } from '../arena/table.js';
import { closeError, EVENT_BITS, standingEvents } from '../rules/network-events.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bytesOf, sizeOfView } from '../view.js';

/** WSAEventSelect, WSAAsyncSelect, WSAEnumNetworkEvents: which events of a socket are told, and where. */
const ALL_EVENTS = 0x3ff;
const NETWORK_EVENTS_SIZE = 44;
const CONNECT_BIT = 4;
const CLOSE_BIT = 5;

/** Selects for events; the other way of telling ends, and the socket is non-blocking from now on. */
function choose(
  arena: Arena,
  base: number,
  mask: number,
  event: number,
  window: number,
  message: number,
): void {
  const { control } = arena;
  Atomics.or(control, base + L.S_MODE, L.MODE_NONBLOCKING);
  Atomics.store(control, base + L.S_EVENT_MASK, 0);
  Atomics.store(control, base + L.S_EVENT_OBJECT, event);
  Atomics.store(control, base + L.S_EVENT_WINDOW, window);
  Atomics.store(control, base + L.S_EVENT_MESSAGE, message);
  Atomics.store(control, base + L.S_EVENT_POSTED, 0);
  Atomics.store(control, base + L.S_EVENT_MASK, mask);
}

export function WSAEventSelect(s: number, hEventObject: number, lNetworkEvents: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const mask = lNetworkEvents & ALL_EVENTS;
  if (mask !== lNetworkEvents || (mask !== 0 && objectOf(arena, hEventObject, L.STATE_EVENT) === 0)) {
    return fail(WSAEINVAL);
  }
  choose(arena, base, mask, mask === 0 ? 0 : hEventObject, 0, 0);
  if ((Atomics.load(arena.control, base + L.S_EVENT_RECORD) & mask) !== 0) signal(arena, hEventObject);
  return succeed(0);
}

export function WSAAsyncSelect(s: number, hWnd: number, wMsg: number, lEvent: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const mask = lEvent & ALL_EVENTS;
  if (mask !== lEvent || (mask !== 0 && objectOf(arena, hWnd, L.STATE_WINDOW) === 0)) return fail(WSAEINVAL);
  choose(arena, base, mask, 0, mask === 0 ? 0 : hWnd, wMsg);
  tellStanding(arena, base);
  return succeed(0);
}

/** What holds already is posted at once. */
export function tellStanding(arena: Arena, base: number): void {
  const { control } = arena;
  if (Atomics.load(control, base + L.S_EVENT_WINDOW) === 0) return;
  const standing = standingEvents(control, base);
  for (let bit = 0; bit < EVENT_BITS; bit++) {
    const event = 1 << bit;
    if ((standing & event) !== 0)
      tell(arena, base, event, event === FD_CLOSE ? closeError(control, base) : 0);
  }
}

/** An accepted socket is selected for as its listener is, and what is recorded for it is told (fact ACC-09). */
export function inheritSelection(arena: Arena, listener: number, base: number): void {
  const { control } = arena;
  const mask = Atomics.load(control, listener + L.S_EVENT_MASK);
  if (mask === 0) return;
  const window = control[listener + L.S_EVENT_WINDOW];
  const event = control[listener + L.S_EVENT_OBJECT];
  choose(arena, base, mask, event, window, control[listener + L.S_EVENT_MESSAGE]);
  if (window !== 0) tellStanding(arena, base);
  else if ((Atomics.load(control, base + L.S_EVENT_RECORD) & mask) !== 0) signal(arena, event);
}

export function WSAEnumNetworkEvents(
  s: number,
  hEventObject: number,
  lpNetworkEvents: ArrayBufferView | null,
): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  if (lpNetworkEvents === null || sizeOfView(lpNetworkEvents) < NETWORK_EVENTS_SIZE) return fail(WSAEFAULT);
  const { control } = arena;
  if (hEventObject !== 0) {
    const event = objectOf(arena, hEventObject, L.STATE_EVENT);
    if (event === 0) return fail(WSAEINVAL);
    Atomics.store(control, event + L.S_SIGNALLED, 0);
  }
  const mask = Atomics.load(control, base + L.S_EVENT_MASK);
  const events = Atomics.and(control, base + L.S_EVENT_RECORD, ~mask) & mask;
  const bytes = bytesOf(lpNetworkEvents);
  const view = new DataView(bytes.buffer, bytes.byteOffset, NETWORK_EVENTS_SIZE);
  for (let at = 0; at < NETWORK_EVENTS_SIZE; at += 4) view.setInt32(at, 0, true);
  view.setInt32(0, events, true);
  if ((events & FD_CONNECT) !== 0)
    view.setInt32(4 + 4 * CONNECT_BIT, control[base + L.S_EVENT_CONNECT_ERROR], true);
  if ((events & FD_CLOSE) !== 0)
    view.setInt32(4 + 4 * CLOSE_BIT, control[base + L.S_EVENT_CLOSE_ERROR], true);
  return succeed(0);
}
