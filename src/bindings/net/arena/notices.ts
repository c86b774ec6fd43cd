import { FD_CLOSE, FD_CONNECT } from '../../../ws2_32/constants/events.js';
import type { Arena } from './arena.js';
import { publish } from './events.js';
import * as L from './layout.js';
import { objectOf } from './table.js';
import { postMessage } from './windows.js';

/**
 * Network events: what WSAEventSelect records and WSAAsyncSelect posts. Host and callers call these *after* the
 * change that they tell of. A record or a post is set by an atomic OR, so that of two that come at once one acts.
 */

/** Something has happened: it is recorded, and told where it is selected for. */
export function indicate(arena: Arena, base: number, event: number, error = 0): void {
  const { control } = arena;
  if (event === FD_CONNECT) control[base + L.S_EVENT_CONNECT_ERROR] = error;
  if (event === FD_CLOSE) control[base + L.S_EVENT_CLOSE_ERROR] = error;
  Atomics.or(control, base + L.S_EVENT_RECORD, event);
  tell(arena, base, event, error);
}

/** Tells of an event by whichever way is selected. */
export function tell(arena: Arena, base: number, event: number, error: number): void {
  const { control } = arena;
  if ((Atomics.load(control, base + L.S_EVENT_MASK) & event) === 0) return;
  const window = Atomics.load(control, base + L.S_EVENT_WINDOW);
  if (window === 0) signal(arena, Atomics.load(control, base + L.S_EVENT_OBJECT));
  else if ((Atomics.or(control, base + L.S_EVENT_POSTED, event) & event) === 0) {
    const message = control[base + L.S_EVENT_MESSAGE] >>> 0;
    const wParam = control[base + L.S_HANDLE];
    postMessage(arena, window, { message, wParam, lParam: ((error << 16) | event) >>> 0 });
  }
}

export function signal(arena: Arena, event: number): boolean {
  const base = objectOf(arena, event, L.STATE_EVENT);
  if (base === 0) return false;
  Atomics.store(arena.control, base + L.S_SIGNALLED, 1);
  publish(arena, base);
  return true;
}

/**
 * A call has answered an event (recv FD_READ, accept FD_ACCEPT): it may come again, at once if the reason still
 * `holds`. That is asked after the clearing: what comes before it would be cleared, what comes after is told anew.
 * A call that failed re-enables the message, but takes nothing out of the record.
 */
export function enable(
  arena: Arena,
  base: number,
  event: number,
  answered: boolean,
  holds: () => boolean,
): void {
  const { control } = arena;
  if (answered) Atomics.and(control, base + L.S_EVENT_RECORD, ~event);
  Atomics.and(control, base + L.S_EVENT_POSTED, ~event);
  if (!holds()) return;
  if (answered) indicate(arena, base, event);
  else if (Atomics.load(control, base + L.S_EVENT_WINDOW) !== 0) tell(arena, base, event, 0);
}
