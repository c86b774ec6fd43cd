// How long worker.terminate() takes when the thread sits in a call that would block for ever.
import { Worker } from 'node:worker_threads';
import { availableBindings, loadBinding, sockaddr_in, WSADATA } from '../../lib/index.js';
import { median } from './measure.mjs';

export const title =
  'worker.terminate() of a thread in a blocking call, ms (9 of each; at most 300 is wanted)';

const TURNS = 9;
const library = new URL('../../lib/index.js', import.meta.url).href;

const calls = {
  recv: 'ws.recv(udp, new Uint8Array(1), 1, 0)',
  accept: 'ws.accept(listener, null, null)',
  select: 'ws.select(0, set(udp), null, null, null)',
};

async function timeOf(binding, call, sockets) {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    import('${library}').then(({ FD_SET, fd_set, loadBinding }) => {
      const { listener, udp } = workerData;
      const set = (s) => { const one = new fd_set(); FD_SET(s, one); return one; };
      const ws = loadBinding('${binding}');
      parentPort.postMessage('ready');
      ${call};
    });`,
    { eval: true, workerData: sockets, execArgv: [] },
  );
  await new Promise((resolve) => worker.once('message', resolve));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  await worker.terminate();
  return performance.now() - began;
}

export async function run() {
  const rows = [];
  for (const { name: binding } of availableBindings().filter(({ available }) => available)) {
    const ws = loadBinding(binding);
    ws.WSAStartup(0x0202, new WSADATA());
    const [listener, udp] = [ws.socket(2, 1, 6), ws.socket(2, 2, 17)];
    for (const s of [listener, udp]) ws.bind(s, sockaddr_in.from('127.0.0.1', 0), 16);
    ws.listen(listener, 5);
    for (const [name, call] of Object.entries(calls)) {
      const times = [];
      while (times.length < TURNS) times.push(await timeOf(binding, call, { listener, udp }));
      rows.push([name, binding, median(times).toFixed(1), Math.max(...times).toFixed(1)]);
    }
    ws.WSACleanup();
  }
  return { columns: ['call', 'binding', 'median', 'longest'], rows };
}
