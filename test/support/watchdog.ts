import { Worker } from 'node:worker_threads';

// A blocking call that never returns blocks the thread that would time the test out. A second thread
// ends the process instead, and says which test it was.
const limit = 60_000;
const state = new SharedArrayBuffer(1024);
const turn = new Int32Array(state, 0, 1);
const title = new Uint8Array(state, 4);

const source = `
const { workerData: state } = require('node:worker_threads');
const turn = new Int32Array(state, 0, 1);
for (;;) {
  const seen = Atomics.load(turn, 0);
  if (Atomics.wait(turn, 0, seen, ${limit}) !== 'timed-out') continue;
  const bytes = new Uint8Array(state, 4).slice();
  const title = Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString();
  if (title === '') continue;
  require('node:fs').writeSync(2, 'blocked for ${limit / 1000} s: ' + title + '\\n');
  process.kill(process.pid, 'SIGKILL');
}`;

let thread: Worker | undefined;

/** Names the test that runs now; none may hold its thread for longer than the limit. */
export function watch(name: string): void {
  if (!thread) {
    thread = new Worker(source, { eval: true, workerData: state });
    thread.unref();
  }
  title.fill(0);
  title.set(new TextEncoder().encode(name).subarray(0, title.length - 1));
  Atomics.add(turn, 0, 1);
  Atomics.notify(turn, 0);
}

/** Nothing runs: the wait is not the tests'. */
export function unwatch(): void {
  watch('');
}
