import { expect } from 'vitest';
import type { Winsock } from '../../../src/ws2_32/index.js';
import * as w from '../../../src/ws2_32/index.js';
import { accepted, listener, waitReadable } from '../../support/sockets.js';
import { type Checks, inProcess, printedBy } from './check.js';

const MOST_SOCKETS = 65_536;
const MUCH = 64 << 20;

function receivedUntilEnd(ws: Winsock, s: number): number {
  const buffer = Buffer.alloc(1 << 20);
  for (let received = 0; ; ) {
    waitReadable(ws, s);
    const n = ws.recv(s, buffer, buffer.length, 0);
    if (n <= 0) return received;
    received += n;
  }
}

const bindings = new URL('../../../lib/bindings/index.js', import.meta.url).href;

/** The source of a thread that loads the binding, starts it, runs `body` with `ws` and `parentPort`. */
function threadSource(ws: Winsock, body: string): string {
  return JSON.stringify(`
    const { parentPort } = require('node:worker_threads');
    import('${bindings}').then(({ loadBinding }) => {
      const ws = loadBinding('${ws.name}');
      ws.WSAStartup(0x0202, new Uint8Array(408));
      ${body}
    });`);
}

/** A program's beginning that starts such a thread and waits for its first message. */
function withThread(source: string): string {
  return `
    const { Worker } = await import('node:worker_threads');
    const worker = new Worker(${source}, { eval: true, execArgv: [] });
    const said = await new Promise((resolve) => worker.once('message', resolve));`;
}

export const wholeProcess: Checks = {
  'most-sockets': (ws) => {
    const open: number[] = [];
    for (let s = ws.socket(2, 1, 6); s !== -1; s = ws.socket(2, 1, 6)) open.push(s);
    const error = ws.WSAGetLastError();
    for (const s of open) ws.closesocket(s);
    expect(error).toBe(w.WSAEMFILE);
    // The sockets of earlier checks may still be on their way out.
    expect(open.length).toBeGreaterThan(MOST_SOCKETS - 1_000);
    expect(open.length).toBeLessThanOrEqual(MOST_SOCKETS);
  },

  'host-thread': (ws) => {
    const first = threadSource(ws, "parentPort.on('message', () => {}).postMessage('started');");
    // The main thread comes second here, and so loads the binding late. The timeout is for a host that lives on.
    const printed = printedBy([
      '--input-type=module',
      '--eval',
      `${withThread(first)}
      const { loadBinding } = await import('${bindings}');
      const ws = loadBinding('${ws.name}');
      const s = ws.socket(2, 2, 17);
      const name = new Uint8Array(16);
      name.set([2, 0, 0, 0, 127, 0, 0, 1]);
      console.log(ws.bind(s, name, 16));
      ws.setsockopt(s, 0xffff, 0x1006, Int32Array.of(9000), 4);
      await worker.terminate();
      console.log(ws.recv(s, new Uint8Array(1), 1, 0), ws.WSAGetLastError());
      console.log(ws.socket(2, 1, 6), ws.WSAGetLastError());`,
    ]);
    expect(printed.split(/\r?\n/)).toEqual(['0', '-1 10050', '-1 10050']);
  },

  'exit-wait': (ws) => {
    const { s, port } = listener(ws);
    const begin = performance.now();
    const printed = inProcess(
      ws,
      `const s = ws.socket(2, 1, 6);
      ws.connect(s, sockaddr_in.from('127.0.0.1', ${port}), 16);
      ws.ioctlsocket(s, winsock.FIONBIO, Int32Array.of(1));
      console.log(ws.send(s, Buffer.alloc(${MUCH}), ${MUCH}, 0));`,
      { WINSOCK_EXIT_WAIT: '100' },
    );
    expect(Number(printed)).toBe(MUCH);
    expect(performance.now() - begin).toBeLessThan(8_000);
    expect(receivedUntilEnd(ws, accepted(ws, s))).toBeLessThan(MUCH);
  },

  'names-by-the-system': (ws) => {
    const found = ws.gethostbyname('LOCALHOST');
    expect({ h_name: found?.h_name, h_aliases: found?.h_aliases }).toEqual({
      h_name: 'LOCALHOST',
      h_aliases: [],
    });
  },

  'cleanup-leaves-sockets': (ws) => {
    const printed = inProcess(
      ws,
      `const s = ws.socket(2, 1, 6);
      console.log(ws.WSACleanup());
      ws.WSAStartup(0x0202, new WSADATA());
      console.log(ws.getsockopt(s, 0xffff, 0x1008, new Int32Array(1), Int32Array.of(4)));`,
    );
    expect(printed.split(/\r?\n/)).toEqual(['0', '0']);
  },
};
