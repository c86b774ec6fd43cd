import type { Arena } from './arena.js';
import { publishToSocket } from './events.js';
import * as L from './layout.js';
import { acquire, release } from './lock.js';
import { advance, append, length, peek } from './queue.js';
import { objectOf } from './table.js';

/** A window's messages: a queue in the arena, any thread in, the owner's out. */
export interface Message {
  readonly message: number;
  readonly wParam: number;
  readonly lParam: number;
}

/** The number (padded to 8 bytes) and the two parameters as doubles, which hold every handle exactly. */
const RECORD = 24;
/** As many as Windows keeps for a thread. */
const MOST_MESSAGES = 10_000;

/** False when there is no such window, or its queue is full. */
export function postMessage(arena: Arena, hwnd: number, { message, wParam, lParam }: Message): boolean {
  const base = objectOf(arena, hwnd, L.STATE_WINDOW);
  if (base === 0) return false;
  const bytes = new DataView(new ArrayBuffer(RECORD));
  bytes.setUint32(0, message, true);
  bytes.setFloat64(8, wParam, true);
  bytes.setFloat64(16, lParam, true);
  const queue = base + L.S_RECEIVE_QUEUE;
  acquire(arena.control, base + L.S_WLOCK);
  const alive = Atomics.load(arena.control, base + L.S_HANDLE) === hwnd;
  const room = length(arena, queue) < MOST_MESSAGES * RECORD;
  const posted = alive && room && append(arena, queue, [new Uint8Array(bytes.buffer)], RECORD);
  release(arena.control, base + L.S_WLOCK);
  if (posted) publishToSocket(arena, base);
  return posted;
}

/** The owner: takes the oldest message. */
export function takeMessage(arena: Arena, base: number): Message | undefined {
  const queue = base + L.S_RECEIVE_QUEUE;
  if (length(arena, queue) === 0) return undefined;
  const bytes = new Uint8Array(RECORD);
  peek(arena, queue, bytes);
  advance(arena, queue, RECORD);
  const view = new DataView(bytes.buffer);
  return {
    message: view.getUint32(0, true),
    wParam: view.getFloat64(8, true),
    lParam: view.getFloat64(16, true),
  };
}
