// COUNT connections open at once, both ends in this process: each echoes, all close.
import { finish, footprint, listener, pair, ws } from './common.mjs';

const count = Number(process.argv[2]);
const here = listener();
const pairs = Array.from({ length: count }, () => pair(here));
const { slots, rss } = footprint();
console.log(`  ${count} connections open: ${slots} slots, RSS ${(rss / 2 ** 20).toFixed(0)} MiB`);
const buffer = Buffer.alloc(16);
for (const [i, { client, server }] of pairs.entries()) {
  buffer.writeUInt32LE(i);
  ws.send(client, buffer, 4, 0);
  const there = ws.recv(server, buffer, 16, 0);
  ws.send(server, buffer, there, 0);
  buffer.fill(0);
  if (ws.recv(client, buffer, 16, 0) !== 4 || buffer.readUInt32LE() !== i)
    throw new Error(`connection ${i} did not echo`);
}
for (const { client, server } of pairs) {
  ws.closesocket(client);
  if (ws.recv(server, buffer, 16, 0) !== 0) throw new Error('the end did not come');
  ws.closesocket(server);
}
finish();
