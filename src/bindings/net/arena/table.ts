import type { Arena } from './arena.js';
import { publish } from './events.js';
import * as L from './layout.js';
import { acquire, release } from './lock.js';
import { clear } from './queue.js';

/**
 * The table of sockets. A SOCKET is a positive multiple of 4, as in Windows, and carries its slot's generation, so
 * that a number that was closed does not soon mean another socket.
 */
const GENERATIONS = 1 << 12;

/** The base of the slot that a SOCKET's number names, whether that is open or not. */
function namedSlot(s: number): number {
  return L.slotBase(((s >>> 2) - 1) & (L.MAX_SOCKETS - 1));
}

/** The index of the open socket's first word in `control`, or 0 when `s` is no open socket. */
export function baseOf(arena: Arena, s: number): number {
  if (s <= 0 || (s & 3) !== 0 || s > 0x7fffffff) return 0;
  const base = namedSlot(s);
  if (Atomics.load(arena.control, base + L.S_HANDLE) !== s) return 0;
  if (arena.control[base + L.S_STATE] >= L.STATE_EVENT) return 0;
  return arena.control[base + L.S_STANDS_FOR] || base;
}

/** The base of an event object or a window, which share the sockets' numbers; 0 when the handle is none. */
export function objectOf(arena: Arena, handle: number, state: number): number {
  if (handle <= 0 || (handle & 3) !== 0 || handle > 0x7fffffff) return 0;
  const base = namedSlot(handle);
  const alive = Atomics.load(arena.control, base + L.S_HANDLE) === handle;
  return alive && arena.control[base + L.S_STATE] === state ? base : 0;
}

/** A new event object or window, or 0 when the table is full. */
export function openObject(arena: Arena, state: number): number {
  const base = takeSlot(arena);
  if (base === 0) return 0;
  Atomics.store(arena.control, base + L.S_STATE, state);
  return openSlot(arena, base);
}

export function closeObject(arena: Arena, handle: number, state: number): boolean {
  const base = objectOf(arena, handle, state);
  if (base === 0 || Atomics.compareExchange(arena.control, base + L.S_HANDLE, handle, 0) !== handle)
    return false;
  Atomics.sub(arena.control, L.OPEN_SOCKETS, 1);
  // Who waits for it looks again; who is just posting to it has the lock.
  publish(arena, base);
  acquire(arena.control, base + L.S_WLOCK);
  clear(arena, base + L.S_RECEIVE_QUEUE);
  freeSlot(arena, base);
  release(arena.control, base + L.S_WLOCK);
  return true;
}

/** Whether the SOCKET, which was open, still is: another thread may have closed it. */
export function isOpen(control: Int32Array, s: number): boolean {
  return Atomics.load(control, namedSlot(s) + L.S_HANDLE) === s;
}

export function slotOf(base: number): number {
  return (base - L.SLOTS) / L.SLOT_WORDS;
}

/** A free slot's base, all words 0 but its generation, or 0 when the table is full. */
export function takeSlot(arena: Arena): number {
  const { control } = arena;
  acquire(control, L.TABLE_LOCK);
  let base = 0;
  // The last free slot rests while there are fresh ones: numbers then come back late.
  const first = control[L.FREE_FIRST];
  const used = control[L.TABLE_USED];
  if (first !== 0 && (control[first + L.S_NEXT] !== 0 || used === L.MAX_SOCKETS)) {
    base = first;
    control[L.FREE_FIRST] = control[base + L.S_NEXT];
    if (control[L.FREE_FIRST] === 0) control[L.FREE_LAST] = 0;
  } else if (used < L.MAX_SOCKETS) {
    base = L.slotBase(used);
    control[L.TABLE_USED] = used + 1;
  }
  release(control, L.TABLE_LOCK);
  if (base !== 0) control[base + L.S_NEXT] = 0;
  return base;
}

/** Gives the slot its SOCKET: from now on callers can name it. */
export function openSlot(arena: Arena, base: number): number {
  const { control } = arena;
  const s = ((control[base + L.S_GENERATION] * L.MAX_SOCKETS + slotOf(base) + 1) << 2) & 0x7fffffff;
  Atomics.add(control, L.OPEN_SOCKETS, 1);
  Atomics.store(control, base + L.S_HANDLE, s);
  return s;
}

/**
 * Takes a SOCKET's number out of use. Gives the base of the socket to end, when this was its last number; 0 when
 * others stand for it still, or another thread was faster.
 */
export function closeHandle(arena: Arena, s: number): number {
  const { control } = arena;
  const slot = namedSlot(s);
  const base = control[slot + L.S_STANDS_FOR] || slot;
  if (Atomics.compareExchange(control, slot + L.S_HANDLE, s, 0) !== s) return 0;
  Atomics.sub(control, L.OPEN_SOCKETS, 1);
  if (slot !== base) freeSlot(arena, slot);
  return Atomics.sub(control, base + L.S_DUPLICATES, 1) === 0 ? base : 0;
}

/** A further SOCKET for an open socket, or 0 when the table is full. */
export function duplicate(arena: Arena, base: number): number {
  const { control } = arena;
  const slot = takeSlot(arena);
  if (slot === 0) return 0;
  Atomics.add(control, base + L.S_DUPLICATES, 1);
  control[slot + L.S_STANDS_FOR] = base;
  Atomics.store(control, slot + L.S_STATE, L.STATE_DUPLICATE);
  return openSlot(arena, slot);
}

/** Returns a slot whose queues are cleared. */
export function freeSlot(arena: Arena, base: number): void {
  const { control } = arena;
  const generation = (control[base + L.S_GENERATION] + 1) % GENERATIONS;
  // S_SEQ, S_WAITERS and the locks live on: a thread may still be on its way out of a call on the old socket.
  control.fill(0, base, base + L.S_SEQ);
  control.fill(0, base + L.S_WORK, base + L.SLOT_WORDS);
  control[base + L.S_GENERATION] = generation;
  acquire(control, L.TABLE_LOCK);
  if (control[L.FREE_LAST] === 0) control[L.FREE_FIRST] = base;
  else control[control[L.FREE_LAST] + L.S_NEXT] = base;
  control[L.FREE_LAST] = base;
  release(control, L.TABLE_LOCK);
}

/** The bases of all slots in use, open or still being closed. */
export function* slotsInUse(arena: Arena): Generator<number> {
  const used = Atomics.load(arena.control, L.TABLE_USED);
  for (let slot = 0; slot < used; slot++) {
    const base = L.slotBase(slot);
    if (arena.control[base + L.S_STATE] !== L.STATE_FREE) yield base;
  }
}
