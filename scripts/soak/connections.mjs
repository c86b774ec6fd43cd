// COUNT connections in a row, each with a few bytes: neither the table nor the memory may grow.
import { finish, footprint, listener, pair, ws } from './common.mjs';

const count = Number(process.argv[2]);
/** Until then Node's heaps grow to their working size. */
const WARM_UP = Math.min(count, 10_000);
const MEGABYTE = 1 << 20;
const MOST_GROWTH = 48 * MEGABYTE;
const MOST_SLOTS = 256;
const here = listener();
const buffer = Buffer.alloc(64);

function one() {
  const { client, server } = pair(here);
  ws.send(client, buffer, 10, 0);
  if (ws.recv(server, buffer, 64, 0) !== 10) throw new Error(`recv failed with ${ws.WSAGetLastError()}`);
  ws.closesocket(client);
  if (ws.recv(server, buffer, 64, 0) !== 0) throw new Error(`the end did not come: ${ws.WSAGetLastError()}`);
  ws.closesocket(server);
}

for (let i = 0; i < WARM_UP; i++) one();
const before = footprint();
for (let i = 0; i < count; i++) one();
const after = footprint();
const show = ({ open, slots, units, rss }) =>
  `${open} sockets open, ${slots} slots, ${(units * 64) >> 10} KiB of queues, RSS ${(rss / MEGABYTE).toFixed(1)} MiB`;
console.log(`  after ${WARM_UP}: ${show(before)}`);
console.log(`  after ${WARM_UP + count}: ${show(after)}`);
if (after.open !== before.open) throw new Error('sockets are counted that were closed');
if (after.slots - before.slots > MOST_SLOTS) throw new Error('the table grew');
if (after.rss - before.rss > MOST_GROWTH) throw new Error('the memory grew');
finish();
