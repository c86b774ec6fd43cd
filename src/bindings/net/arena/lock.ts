import { threadId } from 'node:worker_threads';

/** Never 0, and even, so that bit 0 can say that somebody waits. */
const ME = (threadId + 1) << 1;
const CONTENDED = 1;
/** Critical sections take microseconds; a lock held this long belongs to a thread that was terminated in it. */
const ABANDONED_MS = 2_000;

/** Takes the lock at `word`: free is 0, held is the holder's token, bit 0 set when another thread waits. */
export function acquire(words: Int32Array, word: number): void {
  if (Atomics.compareExchange(words, word, 0, ME) !== 0) acquireContended(words, word);
}

function acquireContended(words: Int32Array, word: number): void {
  let holder = 0;
  let since = 0;
  for (let spin = 0; ; spin++) {
    const seen = Atomics.load(words, word);
    if (seen === 0) {
      // Others may still wait behind us: keep the mark.
      if (Atomics.compareExchange(words, word, 0, ME | CONTENDED) === 0) return;
      continue;
    }
    if (spin < 200) continue;
    const now = performance.now();
    if (seen >> 1 !== holder) {
      holder = seen >> 1;
      since = now;
    } else if (now - since > ABANDONED_MS) {
      if (Atomics.compareExchange(words, word, seen, ME | CONTENDED) === seen) return;
      continue;
    }
    const marked = seen | CONTENDED;
    if (seen === marked || Atomics.compareExchange(words, word, seen, marked) === seen) {
      Atomics.wait(words, word, marked, 100);
    }
  }
}

export function release(words: Int32Array, word: number): void {
  if ((Atomics.exchange(words, word, 0) & CONTENDED) !== 0) Atomics.notify(words, word, 1);
}
