import type { Arena } from './arena.js';
import * as L from './layout.js';

/**
 * Sleeping and waking. Whoever changes what a call may be waiting for calls `publish` *after* the change. Whoever
 * waits reads the sequence word *before* it checks its condition and sleeps only while the word is unchanged:
 * a change between the check and the sleep makes the sleep return at once.
 *
 * Nobody spins: where four threads (two programs, two hosts) share two processors, a spinning one takes the time
 * from the one that it waits for. Measured with two processes on two cores, one byte there and back: 5 to 8 times
 * plain `net` with a spin of 10 us before each sleep, 1.4 times without.
 */

const LIVENESS_MS = 1_000;
/** A host that has not answered during so many waits of LIVENESS_MS is gone. */
const UNANSWERED = 5;

export function publish(arena: Arena, base: number): void {
  const { control } = arena;
  publishToSocket(arena, base);
  Atomics.add(control, L.EVENT_SEQ, 1);
  if (Atomics.load(control, L.EVENT_WAITERS) > 0) Atomics.notify(control, L.EVENT_SEQ);
}

/** For what only blocking calls on the socket itself wait for, not `select` and its kin. */
export function publishToSocket({ control }: Arena, base: number): void {
  Atomics.add(control, base + L.S_SEQ, 1);
  if (Atomics.load(control, base + L.S_WAITERS) > 0) Atomics.notify(control, base + L.S_SEQ);
}

/** The host is gone for good: every call answers WSAENETDOWN from now on, and every sleeper wakes. */
export function hostDown(arena: Arena): void {
  const { control } = arena;
  Atomics.store(control, L.HOST_STATE, L.HOST_DOWN);
  const used = Atomics.load(control, L.TABLE_USED);
  for (let slot = 0; slot < used; slot++) {
    Atomics.add(control, L.slotBase(slot) + L.S_SEQ, 1);
    Atomics.notify(control, L.slotBase(slot) + L.S_SEQ);
  }
  for (let box = 0; box < L.MAILBOX_COUNT; box++) {
    Atomics.notify(control, L.MAILBOXES + box * L.MAILBOX_WORDS + L.M_STATE);
  }
  Atomics.add(control, L.EVENT_SEQ, 1);
  Atomics.notify(control, L.EVENT_SEQ);
}

/**
 * Waits until `condition` gives something other than undefined, or until `deadline` (performance.now() clock).
 * `sequence` is the word that grows with each event, `waiters` counts who sleeps on it. Gives undefined on timeout
 * or when the host is down.
 */
export function waitFor<T>(
  arena: Arena,
  sequence: number,
  waiters: number,
  deadline: number,
  condition: () => T | undefined,
): T | undefined {
  const { control } = arena;
  let result = condition();
  if (result !== undefined) return result;
  Atomics.add(control, waiters, 1);
  try {
    for (;;) {
      const seen = Atomics.load(control, sequence);
      if ((result = condition()) !== undefined) return result;
      if (Atomics.load(control, L.HOST_STATE) === L.HOST_DOWN) return undefined;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      const outcome = Atomics.wait(control, sequence, seen, Math.min(left, LIVENESS_MS));
      if (outcome === 'timed-out' && left > LIVENESS_MS) checkHost(arena);
    }
  } finally {
    Atomics.sub(control, waiters, 1);
  }
}

/** Waits for an event on one socket. */
export function waitForSocket<T>(
  arena: Arena,
  base: number,
  deadline: number,
  condition: () => T | undefined,
): T | undefined {
  return waitFor(arena, base + L.S_SEQ, base + L.S_WAITERS, deadline, condition);
}

/** Tells the host that there is work. */
export function ring(arena: Arena): void {
  const { control } = arena;
  Atomics.add(control, L.DOORBELL, 1);
  if (
    Atomics.load(control, L.HOST_ASLEEP) === 1 &&
    Atomics.compareExchange(control, L.HOST_ASLEEP, 1, 0) === 1
  ) {
    Atomics.notify(control, L.DOORBELL);
  }
}

/** Adds work for the host on one socket. */
export function post(arena: Arena, base: number, work: number): void {
  const { control } = arena;
  Atomics.or(control, base + L.S_WORK, work);
  const slot = (base - L.SLOTS) / L.SLOT_WORDS;
  Atomics.or(control, L.WORK_BITMAP + (slot >>> 5), 1 << (slot & 31));
  Atomics.or(control, L.WORK_SUMMARY + (slot >>> 10), 1 << ((slot >>> 5) & 31));
  ring(arena);
}

/** A host that does not answer is gone (its parent thread ended): everybody must hear of it. */
function checkHost(arena: Arena): void {
  const { control } = arena;
  if (Atomics.load(control, L.HOST_STATE) !== L.HOST_UP) return;
  const ping = Atomics.add(control, L.PING, 1) + 1;
  ring(arena);
  // Waits are counted, not the time: a process that was stopped and goes on has lost much time and one wait.
  for (let waits = 0; waits < UNANSWERED; ) {
    const pong = Atomics.load(control, L.PONG);
    if (pong - ping >= 0) return;
    if (Atomics.wait(control, L.PONG, pong, LIVENESS_MS) === 'timed-out') waits++;
  }
  hostDown(arena);
}

/** What this thread has asked the host, and how often it has found no answer. */
const asked = { at: 0, ping: 0, unanswered: 0 };

/**
 * The same for a call that does not wait: it asks at most once a second, and looks for the answer the next time. Only
 * a host whose thread a worker started can be terminated without telling anybody.
 */
export function glanceAtHost(arena: Arena): void {
  const { control } = arena;
  if (control[L.HOST_LASTS] !== 0 || Atomics.load(control, L.HOST_STATE) !== L.HOST_UP) return;
  const now = performance.now();
  if (now - asked.at < LIVENESS_MS) return;
  asked.at = now;
  if (Atomics.load(control, L.PONG) - asked.ping >= 0) {
    asked.unanswered = 0;
    asked.ping = Atomics.add(control, L.PING, 1) + 1;
    ring(arena);
  } else if (++asked.unanswered === UNANSWERED) hostDown(arena);
}

/** How long a wait that leaves the event loop free may last before it looks at the host. */
export function longestWait(arena: Arena): number {
  return arena.control[L.HOST_LASTS] !== 0 ? Number.POSITIVE_INFINITY : LIVENESS_MS;
}
