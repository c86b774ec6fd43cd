import type { Arena } from '../arena/arena.js';
import { glanceAtHost, longestWait, waitFor } from '../arena/events.js';
import * as L from '../arena/layout.js';

/** Waiting for whatever happens on any socket or event object: `select`, WSAPoll, WSAWaitForMultipleEvents. */

/** The longest time that a timer of Node's takes. */
const LONGEST_TIMER = 0x7fffffff;

/** Blocks until `look` finds something or the deadline is over. */
export function waitForAny<T>(arena: Arena, deadline: number, look: () => T | undefined): T | undefined {
  return waitFor(arena, L.EVENT_SEQ, L.EVENT_WAITERS, deadline, look);
}

/** The same, leaving the event loop running and keeping it alive meanwhile. */
export async function awaitAny<T>(
  arena: Arena,
  deadline: number,
  look: () => T | undefined,
): Promise<T | undefined> {
  const { control } = arena;
  // A pending waitAsync does not keep Node's event loop alive; a timer does.
  const alive = setInterval(() => {}, LONGEST_TIMER);
  Atomics.add(control, L.EVENT_WAITERS, 1);
  try {
    for (;;) {
      const seen = Atomics.load(control, L.EVENT_SEQ);
      const found = look();
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0 || isDown(arena)) return undefined;
      const wait = Atomics.waitAsync(control, L.EVENT_SEQ, seen, Math.min(left, longestWait(arena)));
      if (wait.async) await wait.value;
    }
  } finally {
    Atomics.sub(control, L.EVENT_WAITERS, 1);
    clearInterval(alive);
  }
}

/** Whether a wait that found nothing ended because the host is gone. */
export function isDown(arena: Arena): boolean {
  glanceAtHost(arena);
  return Atomics.load(arena.control, L.HOST_STATE) === L.HOST_DOWN;
}

/** When a time given in milliseconds is over; `forever` is the number that means no end. */
export function deadlineAfter(milliseconds: number): number {
  return milliseconds === Number.POSITIVE_INFINITY ? milliseconds : performance.now() + milliseconds;
}
