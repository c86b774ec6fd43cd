// Waits that leave the event loop running. koffi runs a call on a thread of libuv's pool, which others need too, so
// each wait goes in slices, and those that there is no room for take turns.
import { nextSlice } from './deadline.js';
import type { Library } from './library.js';

const slice = 50;
/** koffi takes 256 asynchronous calls at once; others may want some. */
const mostAtOnce = 64;

export interface Wait {
  readonly deadline: number;
  /** The call's arguments, to wait as long as given. */
  readonly args: (ms: number) => unknown[];
  /** Writes back what the call has written to a copy. */
  readonly finish?: () => void;
}

interface Pending extends Wait {
  readonly resolve: (result: number) => void;
}

/** Makes `name` a function that waits on the pool; `nothingYet` is its answer when the time is over. */
export function slicedWaits(library: Library, name: string, nothingYet: number, failure: number) {
  const call = library.foreign(name);
  const queue: Pending[] = [];
  let running = 0;

  function next(): void {
    while (running < mostAtOnce && queue.length > 0) {
      running++;
      turn(queue.shift()!);
    }
  }

  function turn(wait: Pending): void {
    const { ms, last } = nextSlice(wait.deadline, slice);
    call.async(...wait.args(ms), (error: unknown, answer: number) => {
      const result = error ? failure : answer;
      // Success leaves 0; the code of a failure is there while this callback runs.
      const code = result === failure ? library.lastErrorOfCallback() : 0;
      running--;
      if (result === nothingYet && !last) queue.push(wait);
      else {
        wait.finish?.();
        library.lastError = code;
        wait.resolve(result);
      }
      next();
    });
  }

  return (wait: Wait): Promise<number> =>
    new Promise((resolve) => {
      queue.push({ ...wait, resolve });
      next();
    });
}

/** What an `…Async` function resolves to when it fails before it waits. */
export function failLater(library: Library, code: number, failure: number): Promise<number> {
  return new Promise((resolve) => setImmediate(() => resolve(library.fail(code, failure))));
}
