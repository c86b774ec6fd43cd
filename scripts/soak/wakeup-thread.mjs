// The other thread of wakeups.mjs: sends back what comes, every second time after a select.
import { workerData } from 'node:worker_threads';
import { FD_SET, fd_set } from '../../lib/index.js';
import { generator, ws } from './common.mjs';

const { s, seed } = workerData;
const random = generator(seed);
const byte = Buffer.alloc(1);
for (;;) {
  if (random(2) === 0) {
    const set = new fd_set(1);
    FD_SET(s, set);
    ws.select(0, set, null, null, null);
  }
  if (ws.recv(s, byte, 1, 0) !== 1) break;
  for (let spin = random(3_000); spin > 0; spin--) random(2);
  ws.send(s, byte, 1, 0);
}
ws.closesocket(s);
