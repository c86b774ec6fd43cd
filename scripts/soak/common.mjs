// What the scenarios share: a started binding, sockets, threads, a look into the net binding's table.
import { Worker } from 'node:worker_threads';
import * as L from '../../lib/bindings/net/arena/layout.js';
import { slotsInUse as inUse, slotOf } from '../../lib/bindings/net/arena/table.js';
import { arenaOfThread } from '../../lib/bindings/net/thread.js';
import { loadBinding, sockaddr_in, WSADATA } from '../../lib/index.js';

export const ws = loadBinding(process.env.WINSOCK_BINDING ?? 'net');
ws.WSAStartup(0x0202, new WSADATA());

export function must(what, result) {
  if (result !== -1) return result;
  throw new Error(`${what} failed with ${ws.WSAGetLastError()}`);
}

/** A listening socket on 127.0.0.1 and its address. */
export function listener() {
  const s = must('socket', ws.socket(2, 1, 6));
  const name = sockaddr_in.from('127.0.0.1', 0);
  must('bind', ws.bind(s, name, 16));
  must('getsockname', ws.getsockname(s, name, Int32Array.of(16)));
  must('listen', ws.listen(s, 0x7fffffff));
  return { s, name };
}

export function pair({ s, name }) {
  const client = must('socket', ws.socket(2, 1, 6));
  must('connect', ws.connect(client, name, 16));
  return { client, server: must('accept', ws.accept(s, null, null)) };
}

export function setNonblocking(s) {
  must('ioctlsocket', ws.ioctlsocket(s, 0x8004667e, Uint32Array.of(1)));
}

/** What the net binding keeps; the others have no table of their own. */
const control = () => (ws.name === 'net' ? arenaOfThread().control : new Int32Array(L.SLOTS));

/** Sockets that are open, slots ever used, units of memory ever given out, and the process's memory. */
export function footprint() {
  globalThis.gc?.();
  const words = control();
  return {
    open: Atomics.load(words, L.OPEN_SOCKETS),
    slots: words[L.TABLE_USED],
    units: words[L.ALLOCATED],
    rss: process.memoryUsage().rss,
  };
}

/** The states of the slots that are in use, sockets that are still ending included. */
export function slotsInUse() {
  if (ws.name !== 'net') return [];
  const arena = arenaOfThread();
  return [...inUse(arena)].map((base) => `slot ${slotOf(base)} in state ${arena.control[base + L.S_STATE]}`);
}

/** A thread that runs a file of this folder: `started` after its first message, `ended` gives its last. */
export function thread(file, workerData) {
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  let last;
  worker.on('message', (message) => (last = message));
  const started = new Promise((resolve) => worker.once('message', resolve));
  const ended = new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve(last));
  });
  return { worker, started, ended };
}

/** Numbers that differ from run to run of the scenario only by the seed that is printed. */
export function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function finish() {
  ws.WSACleanup();
  process.exit(0);
}
