import { threadId } from 'node:worker_threads';

/** Never 0, and even, so that bit 0 can say that somebody waits. */
const ME = (threadId + 1) << 1;
const CONTENDED = 1;
/**
 * Critical sections take microseconds; a lock that is not released during so many waits in a row belongs to a
 * thread that was terminated in it. Waits are counted, not the time: a process that was stopped and goes on has
 * lost much time and one wait.
 */
const WAIT_MS = 100;
const ABANDONED_WAITS = 20;

/** Takes the lock at `word`: free is 0, held is the holder's token, bit 0 set when another thread waits. */
export function acquire(words: Int32Array, word: number): void {
  if (Atomics.compareExchange(words, word, 0, ME) !== 0) acquireContended(words, word);
}

function acquireContended(words: Int32Array, word: number): void {
  let waits = 0;
  for (let spin = 0; ; spin++) {
    const seen = Atomics.load(words, word);
    if (seen === 0) {
      // Others may still wait behind us: keep the mark.
      if (Atomics.compareExchange(words, word, 0, ME | CONTENDED) === 0) return;
      continue;
    }
    if (spin < 200) continue;
    const marked = seen | CONTENDED;
    if (waits === ABANDONED_WAITS) {
      if (Atomics.compareExchange(words, word, marked, ME | CONTENDED) === marked) return;
      waits = 0;
    } else if (seen === marked || Atomics.compareExchange(words, word, seen, marked) === seen) {
      // A release wakes one waiter, or finds nobody marked: either way this lock is alive.
      waits = Atomics.wait(words, word, marked, WAIT_MS) === 'timed-out' ? waits + 1 : 0;
    }
  }
}

export function release(words: Int32Array, word: number): void {
  if ((Atomics.exchange(words, word, 0) & CONTENDED) !== 0) Atomics.notify(words, word, 1);
}
