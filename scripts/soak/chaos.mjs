// For SECONDS, four threads make any call on any of the sockets that they share, which the others may be using or
// closing. Calls may fail; none may hang, crash or disturb the host; and at the end nothing may be left behind.
import { readdirSync } from 'node:fs';
import { finish, footprint, listener, pair, slotsInUse, thread, ws } from './common.mjs';

const seconds = Number(process.argv[2]);
const THREADS = 4;
const PLACES = 48;
/** After closesocket a connection lives on until its peer has closed too, or a second. */
const END_MS = 10_000;
/** Descriptors of Node's own that may come and go. */
const SPARE = 4;
const seed = Number(process.env.SOAK_SEED ?? Date.now()) >>> 0;
console.log(`  seed ${seed}`);

const pause = new Int32Array(new SharedArrayBuffer(4));
const descriptors = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

/** One connection there and back, and closed: what the host keeps for good is there from now on. */
function echo() {
  const here = listener();
  const { client, server } = pair(here);
  const byte = Buffer.from('x');
  if (ws.send(client, byte, 1, 0) !== 1 || ws.recv(server, byte, 1, 0) !== 1)
    throw new Error(`the echo failed with ${ws.WSAGetLastError()}`);
  for (const s of [client, server, here.s]) ws.closesocket(s);
}

/** Until everything that was closed is over. */
function settle() {
  const until = performance.now() + END_MS;
  for (;;) {
    const left = slotsInUse();
    if (left.length === 0) return;
    if (performance.now() > until) throw new Error(`left in the table: ${left.join(', ')}`);
    Atomics.wait(pause, 0, 0, 20);
  }
}

echo();
settle();
const before = descriptors();
const places = new Int32Array(new SharedArrayBuffer(4 * PLACES));
const progress = new Int32Array(new SharedArrayBuffer(4 * THREADS));
const threads = Array.from({ length: THREADS }, (_, index) =>
  thread('chaos-thread.mjs', { seed: seed + index, seconds, places, progress, index }),
);
await Promise.all(threads.map(({ started }) => started));
const watchdog = watch();
const totals = await Promise.all(threads.map(({ ended }) => ended));
clearInterval(watchdog);

for (const s of places) if (s !== 0) ws.closesocket(s);
settle();
if (footprint().open !== 0) throw new Error(`${footprint().open} sockets are counted as open`);
echo();
settle();
const errors = {};
for (const { codes } of totals)
  for (const [code, n] of Object.entries(codes)) errors[code] = (errors[code] ?? 0) + n;
console.log(
  `  ${totals.reduce((sum, { calls }) => sum + calls, 0)} calls, by code: ${JSON.stringify(errors)}`,
);
console.log(`  file descriptors: ${before} before, ${descriptors()} after`);
if (descriptors() > before + SPARE) throw new Error('file descriptors are left');
finish();

/** A thread whose count stands still for ten seconds hangs in the call that it noted. */
function watch() {
  let last = [];
  return setInterval(() => {
    const now = Array.from(progress);
    const stuck = now.findIndex((n, i) => n === last[i] && n >= 0);
    last = now;
    if (stuck < 0) return;
    console.error(`  thread ${stuck} has hung in its call ${now[stuck]} (seed ${seed})`);
    process.exit(1);
  }, 10_000);
}
