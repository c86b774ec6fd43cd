// For SECONDS, four threads call at random on the same sockets. Each direction of each connection carries a numbered
// pattern that one thread writes and another reads: no byte may be missing, doubled or out of order.
import { finish, listener, pair, setNonblocking, thread } from './common.mjs';

const seconds = Number(process.argv[2]);
const PAIRS = 12;
const THREADS = 4;
const seed = Date.now() >>> 0;
console.log(`  seed ${seed}`);
const here = listener();
const streams = Array.from({ length: PAIRS }, () => pair(here)).flatMap(({ client, server }) => [
  { from: client, to: server },
  { from: server, to: client },
]);
for (const s of [here.s, ...streams.map(({ from }) => from)]) setNonblocking(s);
const progress = new Int32Array(new SharedArrayBuffer(4 * THREADS));
const threads = Array.from({ length: THREADS }, (_, i) =>
  thread('interleaving-thread.mjs', {
    seed: seed + i,
    until: Date.now() + seconds * 1000,
    progress,
    index: i,
    listener: here.name,
    listening: here.s,
    writes: streams.filter((_, k) => k % THREADS === i),
    reads: streams.filter((_, k) => (k + 1) % THREADS === i),
  }),
);
const totals = await Promise.all(threads.map(({ ended }) => ended));
const written = totals.reduce((sum, total) => sum + total.written, 0);
const read = totals.reduce((sum, total) => sum + total.read, 0);
const calls = totals.reduce((sum, total) => sum + total.calls, 0);
console.log(`  ${calls} calls, ${written} bytes written, ${read} read`);
if (written !== read || written === 0) throw new Error('bytes were lost');
finish();
