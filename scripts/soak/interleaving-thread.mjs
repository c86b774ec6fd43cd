// One of the threads of interleavings.mjs.
import { parentPort, workerData } from 'node:worker_threads';
import { fd_set, sockaddr_in, timeval } from '../../lib/index.js';
import { generator, must, ws } from './common.mjs';

const { seed, until, index, progress, writes, reads, listener, listening } = workerData;
const random = generator(seed);
const MOST = 50_000;
const WOULD_BLOCK = 10035;
const buffer = Buffer.alloc(MOST);
const written = writes.map(() => 0);
const read = reads.map(() => 0);
let calls = 0;

/** The byte at a place of a stream. */
const pattern = (at) => (at * 31 + (at >>> 8)) & 255;

function write() {
  const i = random(writes.length);
  const count = 1 + random(random(4) === 0 ? MOST : 200);
  for (let k = 0; k < count; k++) buffer[k] = pattern(written[i] + k);
  const sent = ws.send(writes[i].from, buffer, count, 0);
  if (sent === -1 && ws.WSAGetLastError() !== WOULD_BLOCK) must('send', sent);
  if (sent > 0) written[i] += sent;
}

/** Takes what is there; whether the stream has ended. */
function readFrom(i) {
  const count = ws.recv(reads[i].to, buffer, 1 + random(MOST), 0);
  if (count === -1 && ws.WSAGetLastError() !== WOULD_BLOCK) must('recv', count);
  for (let k = 0; k < count; k++) {
    if (buffer[k] !== pattern(read[i] + k)) throw new Error(`byte ${read[i] + k} of a stream is wrong`);
  }
  if (count > 0) read[i] += count;
  return count === 0;
}

/** Calls that must disturb nobody. */
const asides = [
  () => ws.getsockname(reads[0].to, new Uint8Array(16), Int32Array.of(16)),
  () => ws.getpeername(writes[0].from, new Uint8Array(16), Int32Array.of(16)),
  () => ws.ioctlsocket(reads[0].to, 0x4004667f, new Uint32Array(1)),
  () =>
    ws.select(
      0,
      set(reads.map(({ to }) => to)),
      set(writes.map(({ from }) => from)),
      null,
      new timeval(0, random(2000)),
    ),
  () => ws.setsockopt(writes[0].from, 6, 1, Int32Array.of(random(2)), 4),
  () => {
    const s = ws.socket(2, 1 + random(2), 0);
    ws.bind(s, sockaddr_in.from('127.0.0.1', 0), 16);
    ws.closesocket(s);
  },
  () => {
    const s = must('socket', ws.socket(2, 1, 6));
    must('connect', ws.connect(s, new Uint8Array(listener), 16));
    ws.closesocket(s);
  },
  () => {
    for (let s = ws.accept(listening, null, null); s !== -1; s = ws.accept(listening, null, null))
      ws.closesocket(s);
    if (ws.WSAGetLastError() !== WOULD_BLOCK) must('accept', -1);
  },
];

function set(sockets) {
  const result = new fd_set(sockets.length);
  result.fd_count = sockets.length;
  const view = new DataView(result.buffer, result.byteOffset, result.byteLength);
  for (const [i, s] of sockets.entries()) view.setBigUint64(8 + 8 * i, BigInt(s), true);
  return result;
}

while (Date.now() < until) {
  const choice = random(20);
  if (choice < 9) write();
  else if (choice < 18) readFrom(random(reads.length));
  else asides[random(asides.length)]();
  calls++;
  Atomics.add(progress, index, 1);
}
for (const { from } of writes) must('shutdown', ws.shutdown(from, 1));
const ended = reads.map(() => false);
while (ended.includes(false)) {
  for (const i of ended.keys()) if (!ended[i]) ended[i] = readFrom(i);
}
const sum = (list) => list.reduce((total, n) => total + n, 0);
parentPort.postMessage({ written: sum(written), read: sum(read), calls });
