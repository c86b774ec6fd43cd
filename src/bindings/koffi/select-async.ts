// select without blocking the event loop. koffi runs the call on a thread of libuv's pool, which others need too, so
// the wait goes in slices; the sets are copies, written back at the end into views that are still long enough.
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { bytesOf, countOf, setFits, setSize } from './sets.js';

const WSAEFAULT = 10014;
const slice = 50;
/** koffi takes 256 asynchronous calls at once; others may want some. */
const mostAtOnce = 128;

interface Wait {
  readonly sets: readonly (View | null)[];
  readonly asked: readonly (Uint8Array | null)[];
  /** When it is over, in performance.now()'s time; Infinity without a timeout. */
  readonly end: number;
  /** A time that is none is Winsock's to judge: it goes there as it is. */
  readonly malformed: Int32Array | null;
  readonly resolve: (result: number) => void;
}

export function selectAsyncOver(library: Library): Body {
  const select = library.foreign('select');
  const queue: Wait[] = [];
  let running = 0;

  function next(): void {
    while (running < mostAtOnce && queue.length > 0) {
      running++;
      turn(queue.shift()!);
    }
  }

  function turn(wait: Wait): void {
    const left = wait.end - performance.now();
    const last = left <= slice || wait.malformed !== null;
    const answered = wait.asked.map((set) => set?.slice() ?? null);
    const time = wait.malformed ?? timeval(last ? Math.max(left, 0) : slice);
    select.async(0, ...answered, time, (error: unknown, result: number) => {
      // Success leaves 0; the code of a failure is there while this callback runs.
      const code = result === -1 || error ? library.lastErrorOfCallback() : 0;
      running--;
      if (result === 0 && !last) queue.push(wait);
      else finish(wait, answered, result, code);
      next();
    });
  }

  function finish(wait: Wait, answered: (Uint8Array | null)[], result: number, code: number): void {
    if (result >= 0) {
      for (const [i, set] of wait.sets.entries()) writeBack(set, answered[i]);
    }
    library.lastError = code;
    wait.resolve(result);
  }

  return (_nfds: number, read: View | null, write: View | null, except: View | null, time: View | null) => {
    const sets = [read, write, except];
    const fits = sets.every((set) => set === null || setFits(set)) && (time === null || time.byteLength >= 8);
    if (!fits) return later(() => library.fail(WSAEFAULT, -1));
    const asked = sets.map((set) => set && bytesOf(set).slice(0, setSize(countOf(set))));
    const [seconds, microseconds] =
      time === null ? [Infinity, 0] : new Int32Array(bytesOf(time).slice(0, 8).buffer);
    const end = performance.now() + seconds * 1000 + microseconds / 1000;
    const malformed = seconds < 0 || microseconds < 0 ? Int32Array.of(seconds, microseconds) : null;
    return new Promise<number>((resolve) => {
      queue.push({ sets, asked, end, malformed, resolve });
      next();
    });
  };
}

function later<T>(body: () => T): Promise<T> {
  return new Promise((resolve) => setImmediate(() => resolve(body())));
}

function timeval(wait: number): Int32Array {
  return Int32Array.of(Math.floor(wait / 1000), Math.round((wait % 1000) * 1000));
}

// As C's select does, writes the count and the sockets that are left, and nothing behind them.
function writeBack(set: View | null, answered: Uint8Array | null): void {
  if (set === null || answered === null) return;
  const size = setSize(countOf(answered));
  if (set.byteLength >= size) bytesOf(set).set(answered.subarray(0, size));
}
