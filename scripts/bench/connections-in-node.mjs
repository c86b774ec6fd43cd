// node --expose-gc connections-in-node.mjs COUNT FILE: accepts COUNT connections that a child process opens, measures
// the calls on them, writes the figures to FILE.
import { fork } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fd_set, loadBinding, sockaddr_in, timeval, WSADATA } from '../../lib/index.js';

const IDLE_MS = 3_000;
const [count, file, port] = process.argv.slice(2).map((word, i) => (i === 1 ? word : Number(word)));

if (port) openConnections();
else await main();

/** The other side: opens the connections, a few at a time, sends what is asked for, closes with the parent. */
function openConnections() {
  const sockets = [];
  const open = () => {
    if (sockets.length === count) return void process.send('open');
    sockets.push(net.connect(port, '127.0.0.1', open));
  };
  open();
  process.on('message', (bytes) => sockets[0].write(Buffer.alloc(bytes)));
  process.on('disconnect', () => process.exit());
}

/** The median of nine rounds, after nine in which the code is compiled. */
function medianOf(turns, call) {
  const times = [];
  for (let round = -9; round < 9; round++) {
    const began = performance.now();
    for (let i = 0; i < turns; i++) call(i);
    if (round >= 0) times.push(((performance.now() - began) * 1000) / turns);
  }
  return times.sort((a, b) => a - b)[4];
}

function memory() {
  globalThis.gc();
  return process.memoryUsage().rss;
}

async function main() {
  const ws = loadBinding('net');
  ws.WSAStartup(0x0202, new WSADATA());
  const listener = ws.socket(2, 1, 6);
  const name = sockaddr_in.from('127.0.0.1', 0);
  ws.bind(listener, name, 16);
  ws.getsockname(listener, name, Int32Array.of(16));
  ws.listen(listener, 0x7fffffff);
  const before = memory();
  const child = fork(fileURLToPath(import.meta.url), [String(count), file, String(ws.ntohs(name.sin_port))]);
  await new Promise((resolve) => child.once('message', resolve));
  await delay(100); // until the last has come to the listener too
  const { sockets, accept } = acceptAll(ws, listener);
  const kilobytes = (memory() - before) / 1024 / count;
  const idle = await idleCpu();
  const result = { accept, kilobytes, idle, ...(await calls(ws, sockets, child)) };
  writeFileSync(`${file}.part`, JSON.stringify(result));
  renameSync(`${file}.part`, file);
  child.disconnect();
  process.exit();
}

/** In twenty batches, for which there are enough: the first calls are those of code that has not run before. */
function acceptAll(ws, listener) {
  const sockets = [];
  const times = [];
  while (sockets.length < count) {
    const turns = Math.min(count - sockets.length, Math.ceil(count / 20));
    const began = performance.now();
    for (let i = 0; i < turns; i++) sockets.push(ws.accept(listener, null, null));
    times.push(((performance.now() - began) * 1000) / turns);
  }
  return { sockets, accept: times.sort((a, b) => a - b)[times.length >> 1] };
}

/** Percent of a core that the process takes while nothing happens. */
async function idleCpu() {
  const usage = process.cpuUsage();
  await delay(IDLE_MS);
  const { user, system } = process.cpuUsage(usage);
  return (user + system) / (IDLE_MS * 10);
}

async function calls(ws, sockets, child) {
  const byte = Buffer.alloc(1);
  const ready = new fd_set(1);
  ready.fd_count = 0;
  child.send(60_000);
  const all = new fd_set(sockets.length);
  const bytes = new DataView(all.buffer, all.byteOffset, all.byteLength);
  const fill = () => {
    bytes.setUint32(0, sockets.length, true);
    for (const [i, s] of sockets.entries()) bytes.setUint32(8 + 8 * i, s, true);
  };
  const now = new timeval(0, 0);
  await delay(200);
  const recv = medianOf(2_000, () => ws.recv(sockets[0], byte, 1, 0));
  // What is left is taken, so that no socket is ready: the dearest case, every one is looked at.
  while (ws.recv(sockets[0], Buffer.alloc(65_536), 65_536, 0) === 65_536);
  const turns = Math.max(200, Math.round(20_000 / sockets.length));
  const filling = medianOf(turns, fill);
  const select = medianOf(turns, () => {
    fill();
    ws.select(0, all, null, null, now);
  });
  const send = medianOf(200, () => ws.send(sockets.at(-1), byte, 1, 0));
  return { recv, send, select: select - filling };
}
