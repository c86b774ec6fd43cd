// One binding's figures, as JSON: `calls-in-node.mjs BINDING`.
import { loadBinding } from '../../lib/bindings/index.js';

const NO_SOCKET = 1;
const ws = loadBinding(process.argv[2]);
ws.WSAStartup(0x0202, new Uint8Array(408));
const buffer = Buffer.alloc(64);

function median(body, calls) {
  const times = [];
  for (let round = 0; round < 8; round++) {
    const start = process.hrtime.bigint();
    body(calls);
    // The first round compiles.
    if (round > 0) times.push(Number(process.hrtime.bigint() - start) / calls);
  }
  return times.sort((a, b) => a - b)[3];
}

let sum = 0;
const figures = {
  WSAGetLastError: median((calls) => {
    for (let i = 0; i < calls; i++) sum += ws.WSAGetLastError();
  }, 3_000_000),
  'recv, decoded and refused': median((calls) => {
    for (let i = 0; i < calls; i++) sum += ws.recv(NO_SOCKET, buffer, buffer.length + 1, 0);
  }, 2_000_000),
};
if (!Number.isFinite(sum)) throw new Error('nothing was measured');
console.log(JSON.stringify(figures));
