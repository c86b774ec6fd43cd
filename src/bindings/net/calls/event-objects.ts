import { WSAENETDOWN } from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { signal } from '../arena/notices.js';
import { closeObject, objectOf, openObject } from '../arena/table.js';
import { arenaOfThread, fail, setLastError, succeed, unavailableNow } from '../thread.js';
import { bytesOf } from '../view.js';
import { settle } from './settle.js';
import { awaitAny, deadlineAfter, isDown, waitForAny } from './waiting.js';

/** Event objects: manual reset, in the same space of numbers as the sockets. */
const WSA_INVALID_HANDLE = 6;
const WSA_NOT_ENOUGH_MEMORY = 8;
const WSA_INVALID_PARAMETER = 87;
const WSA_WAIT_FAILED = 0xffff_ffff;
const WSA_WAIT_TIMEOUT = 0x102;
const WSA_INFINITE = 0xffff_ffff;
const WSA_MAXIMUM_WAIT_EVENTS = 64;

type Handles = ArrayBufferView | readonly number[] | null;

export function WSACreateEvent(): number {
  const arena = arenaOfThread();
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return refuse(unavailable);
  const event = openObject(arena, L.STATE_EVENT);
  return event === 0 ? refuse(WSA_NOT_ENOUGH_MEMORY) : succeed(event);
}

/** FALSE, or no handle, with the code. */
function refuse(code: number): 0 {
  fail(code);
  return 0;
}

/** TRUE if `act` found the event, else FALSE with the code. */
function onEvent(act: (arena: Arena) => boolean): number {
  const arena = arenaOfThread();
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return refuse(unavailable);
  return act(arena) ? succeed(1) : refuse(WSA_INVALID_HANDLE);
}

export function WSACloseEvent(hEvent: number): number {
  return onEvent((arena) => closeObject(arena, hEvent, L.STATE_EVENT));
}

export function WSASetEvent(hEvent: number): number {
  return onEvent((arena) => signal(arena, hEvent));
}

export function WSAResetEvent(hEvent: number): number {
  return onEvent((arena) => {
    const base = objectOf(arena, hEvent, L.STATE_EVENT);
    if (base !== 0) Atomics.store(arena.control, base + L.S_SIGNALLED, 0);
    return base !== 0;
  });
}

/** The handles, or undefined when not all of them are there. A view holds 8 bytes for each. */
function readHandles(handles: Handles, count: number): number[] | undefined {
  if (handles === null) return undefined;
  if (!ArrayBuffer.isView(handles)) return handles.length < count ? undefined : handles.slice(0, count);
  const bytes = bytesOf(handles);
  if (bytes.length < count * 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, i) => Number(view.getBigUint64(i * 8, true)));
}

/** The bases of the events, or the code with which the wait fails. */
function prepare(arena: Arena, count: number, handles: Handles): number[] | number {
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return unavailable;
  if (count === 0 || count > WSA_MAXIMUM_WAIT_EVENTS) return WSA_INVALID_PARAMETER;
  const given = readHandles(handles, count);
  if (given === undefined) return WSA_INVALID_PARAMETER;
  const bases = given.map((handle) => objectOf(arena, handle, L.STATE_EVENT));
  return bases.includes(0) ? WSA_INVALID_HANDLE : bases;
}

/** The index of the first that is signalled, when one is, or all are if all have to be. */
function look({ control }: Arena, bases: readonly number[], all: boolean): number | undefined {
  const signalled = (base: number): boolean => Atomics.load(control, base + L.S_SIGNALLED) === 1;
  if (all) return bases.every(signalled) ? 0 : undefined;
  const index = bases.findIndex(signalled);
  return index < 0 ? undefined : index;
}

const patience = (dwTimeout: number): number =>
  dwTimeout === WSA_INFINITE ? Number.POSITIVE_INFINITY : dwTimeout;

function failed(code: number): number {
  setLastError(code);
  return WSA_WAIT_FAILED;
}

function report(arena: Arena, found: number | undefined): number {
  return found === undefined && isDown(arena) ? failed(WSAENETDOWN) : succeed(found ?? WSA_WAIT_TIMEOUT);
}

/** No completion routine can be due, as there are no overlapped calls: an alertable wait is like any other. */
export function WSAWaitForMultipleEvents(
  cEvents: number,
  lphEvents: Handles,
  fWaitAll: number,
  dwTimeout: number,
  _fAlertable: number,
): number {
  const arena = arenaOfThread();
  const bases = prepare(arena, cEvents, lphEvents);
  if (typeof bases === 'number') return failed(bases);
  const deadline = deadlineAfter(patience(dwTimeout));
  return report(
    arena,
    waitForAny(arena, deadline, () => look(arena, bases, fWaitAll !== 0)),
  );
}

export async function WSAWaitForMultipleEventsAsync(
  cEvents: number,
  lphEvents: Handles,
  fWaitAll: number,
  dwTimeout: number,
  _fAlertable: number,
): Promise<number> {
  const arena = arenaOfThread();
  const bases = prepare(arena, cEvents, lphEvents);
  if (typeof bases === 'number') return settle(() => failed(bases));
  const deadline = deadlineAfter(patience(dwTimeout));
  const found = await awaitAny(arena, deadline, () => look(arena, bases, fWaitAll !== 0));
  return settle(() => report(arena, found));
}
