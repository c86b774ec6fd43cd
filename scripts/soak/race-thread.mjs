// The thread of races.mjs whose calls block.
import { workerData } from 'node:worker_threads';
import { fd_set } from '../../lib/index.js';
import { ws } from './common.mjs';

const { words } = workerData;
const block = Buffer.alloc(1 << 22);

function only(s) {
  const set = new fd_set(1);
  const view = new DataView(set.buffer, set.byteOffset, set.byteLength);
  view.setUint32(0, 1, true);
  view.setBigUint64(8, BigInt(s), true);
  return set;
}

const calls = [
  (s) => ws.recv(s, block, 100, 0),
  (s) => ws.accept(s, null, null),
  (s) => ws.select(0, only(s), null, null, null),
  (s) => ws.send(s, block, block.length, 0),
  (s) => ws.select(0, null, null, only(s), null),
];

for (let round = 1; ; round++) {
  while (Atomics.load(words, 0) === round - 1) Atomics.wait(words, 0, round - 1);
  if (Atomics.load(words, 0) === -1) break;
  calls[words[2]](words[3]);
  Atomics.store(words, 1, round);
  Atomics.notify(words, 1);
}
