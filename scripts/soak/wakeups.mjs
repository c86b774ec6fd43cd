// For SECONDS, two threads pass one byte to and fro with random little delays: a wake-up that is lost is a hang.
import { finish, generator, listener, pair, thread, ws } from './common.mjs';

const seconds = Number(process.argv[2]);
const random = generator(Date.now());
const { client, server } = pair(listener());
const other = thread('wakeup-thread.mjs', { s: server, seed: Date.now() + 1 });
const byte = Buffer.alloc(1);
const until = performance.now() + seconds * 1000;
let turns = 0;
// A receive that waits longer than this has missed its wake-up.
ws.setsockopt(client, 0xffff, 0x1006, Int32Array.of(10_000), 4);
while (performance.now() < until) {
  for (let spin = random(3_000); spin > 0; spin--) random(2);
  byte[0] = turns;
  ws.send(client, byte, 1, 0);
  if (ws.recv(client, byte, 1, 0) !== 1) throw new Error(`turn ${turns}: ${ws.WSAGetLastError()}`);
  if (byte[0] !== (turns & 255)) throw new Error(`turn ${turns}: another byte came back`);
  turns++;
}
ws.closesocket(client);
await other.ended;
console.log(`  ${turns} turns`);
finish();
