import type { Arena } from './arena/arena.js';
import * as L from './arena/layout.js';
import { length } from './arena/queue.js';
import { slotsInUse } from './arena/table.js';

/** A process that exits waits at most this long for what it sent, in milliseconds; WINSOCK_EXIT_WAIT changes it. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 2;

/**
 * What `send` took is delivered though the process exits: the end of the main thread, or of the host's, waits until the host has
 * handed everything to the system, or until the peers have taken nothing for too long. Then it is lost, as it is
 * when Windows shuts down.
 */
export function flushAtExit(arena: Arena): void {
  const { control } = arena;
  const until = performance.now() + patience();
  while (unsent(arena) && Atomics.load(control, L.HOST_STATE) !== L.HOST_DOWN) {
    const left = until - performance.now();
    if (left <= 0) return;
    const seen = Atomics.load(control, L.EVENT_SEQ);
    if (unsent(arena)) Atomics.wait(control, L.EVENT_SEQ, seen, Math.min(left, LOOK_AGAIN_MS));
  }
}

function patience(): number {
  const asked = Number(process.env.WINSOCK_EXIT_WAIT ?? '');
  return process.env.WINSOCK_EXIT_WAIT !== undefined && asked >= 0 ? asked : PATIENCE_MS;
}

/**
 * Whether anything is queued on a socket that can still send it, or on its way from there to the system, or work is
 * not yet done. Read in the reverse of the order in which the host writes, so that nothing slips from one to the next.
 */
function unsent(arena: Arena): boolean {
  const { control } = arena;
  for (const base of slotsInUse(arena)) {
    const state = Atomics.load(control, base + L.S_STATE);
    if (state === L.STATE_CONNECTING && Atomics.load(control, base + L.S_HANDLE) !== 0) continue;
    const lost = (Atomics.load(control, base + L.S_FACTS) & (L.FACT_RESET | L.FACT_ABORTED)) !== 0;
    if (!lost && length(arena, base + L.S_SEND_QUEUE) > 0) return true;
    if (Atomics.load(control, base + L.S_SENDING) > 0) return true;
    if ((Atomics.load(control, base + L.S_WORK) & (L.WORK_SEND | L.WORK_CLOSE | L.WORK_SHUTDOWN)) !== 0)
      return true;
  }
  return Atomics.load(control, L.HOST_WORKING) !== 0;
}
