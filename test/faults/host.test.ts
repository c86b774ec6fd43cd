import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

// What a whole process does when something fails that all its threads share: each case is a program of its own.
const library = (path: string): string => new URL(`../../lib/${path}`, import.meta.url).href;

const beginning = `
  import { Worker } from 'node:worker_threads';
  import { arenaOfThread } from '${library('bindings/net/thread.js')}';
  import { ring } from '${library('bindings/net/arena/events.js')}';
  import * as L from '${library('bindings/net/arena/layout.js')}';
  import { loadBinding, sockaddr_in, WSADATA } from '${library('index.js')}';
  const start = () => { const ws = loadBinding('net'); ws.WSAStartup(0x0202, new WSADATA()); return ws; };
  const bound = (ws, type) => {
    const s = ws.socket(2, type, 0);
    const name = sockaddr_in.from('127.0.0.1', 0);
    ws.bind(s, name, 16);
    ws.getsockname(s, name, Int32Array.of(16));
    return { s, name };
  };
  const next = (worker) => new Promise((resolve) => worker.once('message', resolve));
  const inThread = (body, workerData) => new Worker(\`
    const { parentPort, workerData } = require('node:worker_threads');
    import('${library('bindings/index.js')}').then(async ({ loadBinding }) => {
      const ws = loadBinding('net');
      ws.WSAStartup(0x0202, new Uint8Array(408));
      \${body}
    });\`, { eval: true, workerData, execArgv: [] });`;

function program(
  body: string,
  env: NodeJS.ProcessEnv = {},
): { lines: string[]; status: number | null; ms: number } {
  const began = performance.now();
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', `${beginning}\n${body}`], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
  if (run.stderr !== '' && run.stdout === '') throw new Error(run.stderr);
  return { lines: run.stdout.trim().split(/\r?\n/), status: run.status, ms: performance.now() - began };
}

describe('net: the process', () => {
  it('an exception in the host is WSAENETDOWN on every call, blocked ones too', () => {
    const { lines, status } = program(`
      const ws = start();
      const { s, name } = bound(ws, 2);
      const worker = inThread(\`parentPort.postMessage('blocking');
        const result = ws.recv(workerData, new Uint8Array(1), 1, 0);
        parentPort.postMessage([result, ws.WSAGetLastError()]);\`, s);
      await next(worker);
      const answer = next(worker);
      // A request that the host cannot parse stands for any defect of its own.
      const { control } = arenaOfThread();
      control[L.MAILBOXES + L.M_LENGTH] = 1;
      Atomics.store(control, L.MAILBOXES + L.M_STATE, L.MAILBOX_POSTED);
      ring(arenaOfThread());
      console.log(String(await answer));
      console.log(ws.socket(2, 1, 6), ws.WSAGetLastError());
      console.log(ws.send(s, new Uint8Array(1), 1, 0), ws.WSAGetLastError());
      process.exit(0);`);
    expect(lines).toEqual(['-1,10050', '-1 10050', '-1 10050']);
    expect(status).toBe(0);
  });

  it('memory that is used up is WSAENOBUFS, and what is open lives on', () => {
    const { lines } = program(
      `const ws = start();
      const { s, name } = bound(ws, 1);
      ws.listen(s, 5);
      const client = ws.socket(2, 1, 6);
      ws.connect(client, name, 16);
      const server = ws.accept(s, null, null);
      ws.ioctlsocket(client, 0x8004667e, Uint32Array.of(1));
      const much = Buffer.alloc(64 << 20);
      const sent = ws.send(client, much, much.length, 0);
      console.log(sent > 0 && sent < much.length ? 'short' : ws.WSAGetLastError());
      const other = ws.socket(2, 1, 6);
      ws.connect(other, name, 16);
      const there = ws.accept(s, null, null);
      console.log(ws.send(other, Buffer.from('lives'), 5, 0));
      const buffer = Buffer.alloc(5);
      console.log(ws.recv(there, buffer, 5, 0), buffer.toString());
      process.exit(0);`,
      { WINSOCK_NET_ARENA_BYTES: String(4 << 20), WINSOCK_EXIT_WAIT: '0' },
    );
    expect(lines).toEqual(['short', '5', '5 lives']);
  });

  it.each([
    ['recv', 'ws.recv(workerData, new Uint8Array(1), 1, 0)', 2],
    ['accept', 'ws.accept(workerData, null, null)', 1],
    [
      'select',
      'ws.select(0, new Uint8Array([1,0,0,0,0,0,0,0,workerData,0,0,0,0,0,0,0]), null, null, null)',
      2,
    ],
  ])('worker.terminate() ends a thread in %s at once, and the process is well', (_, call, type) => {
    const { lines, status } = program(`
      const ws = start();
      const { s } = bound(ws, ${type});
      ws.listen(s, 5);
      const worker = inThread(\`parentPort.postMessage('blocking'); ${call};\`, s);
      await next(worker);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const began = performance.now();
      await worker.terminate();
      console.log(performance.now() - began < 300 ? 'in time' : 'late');
      console.log(ws.closesocket(s), bound(ws, 1).s > 0);
      process.exit(0);`);
    expect(lines).toEqual(['in time', '0 true']);
    expect(status).toBe(0);
  });

  it('process.exit() ends while a thread blocks', () => {
    const { lines, status } = program(`
      const ws = start();
      const { s } = bound(ws, 2);
      const worker = inThread("parentPort.postMessage('blocking'); ws.recv(workerData, new Uint8Array(1), 1, 0);", s);
      await next(worker);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const began = performance.now();
      process.on('exit', () => console.log(performance.now() - began < 300 ? 'in time' : 'late'));
      process.exit(7);`);
    expect(lines).toEqual(['in time']);
    expect(status).toBe(7);
  });

  it('threads that come to it before the main one share the same sockets', () => {
    const { lines } = program(`
      const first = inThread(\`const s = ws.socket(2, 2, 17);
        const name = new Uint8Array(16); name.set([2, 0, 0, 0, 127, 0, 0, 1]);
        ws.bind(s, name, 16);
        ws.getsockname(s, name, Int32Array.of(16));
        parentPort.postMessage([s, name]);
        parentPort.once('message', () => process.exit());\`);
      const [s, name] = await next(first);
      const second = inThread(\`parentPort.postMessage(ws.getsockname(workerData, new Uint8Array(16), Int32Array.of(16)));
        process.exit();\`, s);
      console.log(await next(second));
      const ws = start();
      console.log(ws.sendto(ws.socket(2, 2, 17), new Uint8Array(3), 3, 0, name, 16));
      console.log(ws.recv(s, new Uint8Array(9), 9, 0));
      process.exit(0);`);
    expect(lines).toEqual(['0', '3', '3']);
  });
});
