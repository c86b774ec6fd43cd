import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { answerMailboxes } from './mailboxes.js';
import { serve } from './serve.js';

/** After the last work that was posted the host turns over `setImmediate` this long before it sleeps. */
const AWAKE_MS = 0.2;

/** Serves what callers post, for ever. While nothing is posted it sleeps in the event loop. */
export function runHost(arena: Arena): void {
  const { control } = arena;
  let turning = false;
  let lastWork = 0;
  /** A waitAsync on the bell is pending: any notify ends it, so one is enough however often we fall asleep. */
  let listening = false;

  function keepTurning(): void {
    Atomics.store(control, L.HOST_ASLEEP, 0);
    if (turning) return;
    turning = true;
    setImmediate(turn);
  }

  function turn(): void {
    turning = false;
    const bell = Atomics.load(control, L.DOORBELL);
    answerPing();
    if (work(arena)) lastWork = performance.now();
    if (performance.now() - lastWork < AWAKE_MS) keepTurning();
    else sleep(bell);
  }

  function answerPing(): void {
    const ping = Atomics.load(control, L.PING);
    if (Atomics.exchange(control, L.PONG, ping) !== ping) Atomics.notify(control, L.PONG);
  }

  /** A caller that rang after `bell` was read has not seen us asleep: then we must not sleep. */
  function sleep(bell: number): void {
    Atomics.store(control, L.HOST_ASLEEP, 1);
    if (!listening) {
      const wait = Atomics.waitAsync(control, L.DOORBELL, bell);
      if (wait.async) {
        listening = true;
        wait.value.then(() => {
          listening = false;
          keepTurning();
        });
        return;
      }
    } else if (Atomics.load(control, L.DOORBELL) === bell) return;
    keepTurning();
  }

  keepTurning();
}

/**
 * Work that no other follows soon: its caller has written to the connection itself, or has enough to read. What
 * happens next is the network's to say, and wakes an event loop that sleeps.
 */
const TRANSFER = L.WORK_SEND | L.WORK_RESUME;

/** Takes everything that is posted and does it; tells whether more is likely to be posted soon. */
function work(arena: Arena): boolean {
  const bases: number[] = [];
  let mail = false;
  // Until a scan finds nothing more: a caller that closes one socket and binds another may post the second behind
  // the scan's back, and the close has to be done first.
  for (let found = true; found; ) {
    found = collect(arena, bases);
    if (answerMailboxes(arena)) mail = true;
  }
  if (bases.length === 0) return mail;
  // Told before it is taken: the end of the process waits until it is done.
  Atomics.store(arena.control, L.HOST_WORKING, 1);
  const works = bases.map((base) => Atomics.exchange(arena.control, base + L.S_WORK, 0));
  bases.forEach((base, i) => {
    if ((works[i] & L.WORK_CLOSE) !== 0) serve(arena, base, works[i]);
  });
  bases.forEach((base, i) => {
    if ((works[i] & L.WORK_CLOSE) === 0 && works[i] !== 0) serve(arena, base, works[i]);
  });
  Atomics.store(arena.control, L.HOST_WORKING, 0);
  return (
    mail ||
    bases.some((base, i) => (works[i] & ~TRANSFER) !== 0 || arena.control[base + L.S_DESCRIPTOR] === 0)
  );
}

/** Adds the sockets that have work to `bases`, clears their bits, and tells whether there was one. */
function collect(arena: Arena, bases: number[]): boolean {
  const { control } = arena;
  const before = bases.length;
  for (let s = 0; s < L.SUMMARY_SIZE; s++) {
    if (Atomics.load(control, L.WORK_SUMMARY + s) === 0) continue;
    for (
      let summary = Atomics.exchange(control, L.WORK_SUMMARY + s, 0);
      summary !== 0;
      summary &= summary - 1
    ) {
      const word = s * 32 + lowestBit(summary);
      for (let bits = Atomics.exchange(control, L.WORK_BITMAP + word, 0); bits !== 0; bits &= bits - 1) {
        bases.push(L.slotBase(word * 32 + lowestBit(bits)));
      }
    }
  }
  return bases.length > before;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
