// One of the threads of chaos.mjs.
import { parentPort, workerData } from 'node:worker_threads';
import { FD_SET, fd_set, sockaddr_in, timeval } from '../../lib/index.js';
import { generator, ws } from './common.mjs';

const { seed, seconds, places, progress, index } = workerData;
const random = generator(seed);
const SOL_SOCKET = 0xffff;
const PATIENCE = 0x1006;
const buffer = Buffer.alloc(300_000);
/** Codes that no interleaving explains: the memory is there, the binding is started, the host is well. */
const NEVER = [10014, 10050, 10093];
const codes = {};

const any = () => Atomics.load(places, random(places.length));

/** Puts a socket where another stood; that one is closed, though others may be using it. */
function keep(s) {
  if (s === -1) return s;
  for (const option of [PATIENCE, PATIENCE - 1]) ws.setsockopt(s, SOL_SOCKET, option, Int32Array.of(20), 4);
  const former = Atomics.exchange(places, random(places.length), s);
  if (former !== 0) ws.closesocket(former);
  return 0;
}

function setOf(count) {
  const set = new fd_set(count);
  for (let i = 0; i < count; i++) FD_SET(any(), set);
  return set;
}

/** The address of another socket; in most cases nobody listens there. */
function someAddress() {
  const name = sockaddr_in.from('127.0.0.1', 0);
  ws.getsockname(any(), name, Int32Array.of(16));
  name[4] = 127;
  name[7] = 1;
  return name;
}

/** A thread that waited for a connection could wait for ever: all could wait for one another. */
function nonblocking(s, on = 1) {
  return ws.ioctlsocket(s, 0x8004667e, Uint32Array.of(on));
}

const calls = {
  socket: () => keep(ws.socket(2, 1 + random(2), 0)),
  bind: () => ws.bind(any(), sockaddr_in.from('127.0.0.1', 0), 16),
  listen: () => {
    const s = any();
    ws.bind(s, sockaddr_in.from('127.0.0.1', 0), 16);
    return ws.listen(s, 5);
  },
  connect: () => ws.connect(any(), someAddress(), 16),
  accept: () => {
    const s = any();
    if (nonblocking(s) === -1) return -1;
    const accepted = ws.accept(s, new Uint8Array(16), Int32Array.of(16));
    if (accepted !== -1) nonblocking(accepted, random(2));
    return keep(accepted);
  },
  send: () => ws.send(any(), buffer, random(random(8) === 0 ? buffer.length : 300), 0),
  sendto: () => ws.sendto(any(), buffer, random(300), 0, someAddress(), 16),
  recv: () => ws.recv(any(), buffer, 1 + random(random(2) === 0 ? buffer.length : 300), 0),
  recvfrom: () => ws.recvfrom(any(), buffer, 500, 0, new Uint8Array(16), Int32Array.of(16)),
  select: () => ws.select(0, setOf(8), setOf(2), setOf(4), new timeval(0, random(3000))),
  shutdown: () => ws.shutdown(any(), random(3)),
  pending: () => ws.ioctlsocket(any(), 0x4004667f, new Uint32Array(1)),
  nonblocking: () => nonblocking(any()),
  linger: () => ws.setsockopt(any(), SOL_SOCKET, 0x80, Uint8Array.of(1, 0, 0, 0), 4),
  option: () => ws.getsockopt(any(), SOL_SOCKET, 0x1007, new Int32Array(1), Int32Array.of(4)),
  closesocket: () => {
    const s = Atomics.exchange(places, random(places.length), 0);
    return s === 0 ? 0 : ws.closesocket(s);
  },
};
const names = Object.keys(calls);

parentPort.postMessage('started');
const until = performance.now() + seconds * 1000;
let made = 0;
for (; performance.now() < until; made++) {
  const name = names[random(names.length)];
  if (calls[name]() === -1) {
    const code = ws.WSAGetLastError();
    if (NEVER.includes(code)) throw new Error(`${name} failed with ${code}`);
    codes[code] = (codes[code] ?? 0) + 1;
  }
  Atomics.store(progress, index, made);
}
Atomics.store(progress, index, -1);
parentPort.postMessage({ calls: made, codes });
