import type { Foreign } from './library.js';

// biome-ignore lint/suspicious/noExplicitAny: what a function of the DLL returns.
type Done = (error: unknown, result: any) => void;

/**
 * Calls a function on threads of libuv's pool, `most` at once: koffi takes 256 asynchronous calls, and others may want
 * some. The thread's last error of the call is there while `done` runs.
 */
export function queued(foreign: Foreign, most: number): (args: readonly unknown[], done: Done) => void {
  const waiting: [readonly unknown[], Done][] = [];
  let running = 0;

  function next(): void {
    while (running < most && waiting.length > 0) {
      const [args, done] = waiting.shift()!;
      running++;
      // The arguments are held until the call is over.
      foreign.async(...args, (error: unknown, result: unknown) => {
        running--;
        done(error, args && result);
        next();
      });
    }
  }

  return (args, done) => {
    waiting.push([args, done]);
    next();
  };
}
