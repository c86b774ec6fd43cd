import { expect } from 'vitest';
import type { Winsock } from '../../../src/ws2_32/index.js';
import {
  SO_CONDITIONAL_ACCEPT,
  SO_REUSEADDR,
  SOL_SOCKET,
  WSAEADDRINUSE,
  WSAECONNREFUSED,
} from '../../../src/ws2_32/index.js';
import {
  ANY,
  address,
  bindAny,
  connected,
  deadPort,
  expectError,
  expectSuccess,
  listener,
  tcpSocket,
} from '../../support/sockets.js';
import { type Checks, inProcess, ONE, setOption } from './check.js';

function twoListeners(ws: Winsock, first: string, second: string, reuse: boolean): void {
  const [a, b] = [tcpSocket(ws), tcpSocket(ws)];
  if (reuse) for (const s of [a, b]) setOption(ws, s, SOL_SOCKET, SO_REUSEADDR, ONE);
  const port = bindAny(ws, a, first);
  expectSuccess(ws, () => ws.bind(b, address(port, second), 16));
  expectSuccess(ws, () => ws.listen(a, 5));
  expectError(ws, () => ws.listen(b, 5), WSAEADDRINUSE);
}

export const listening: Checks = {
  'listen-backlog': (ws) => {
    const { port } = listener(ws, 1);
    for (let i = 0; i < 50; i++) connected(ws, port);
  },

  'conditional-accept': (ws) => {
    const { s, port } = listener(ws);
    setOption(ws, s, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, ONE);
    connected(ws, port);
  },

  'listen-twice-reuseaddr': (ws) => twoListeners(ws, '127.0.0.1', '127.0.0.1', true),

  'listen-wildcard-and-specific': (ws) => {
    twoListeners(ws, ANY, '127.0.0.1', false);
    twoListeners(ws, '127.0.0.1', ANY, false);
  },

  'bind-reuseaddr-tcp-on-windows': (ws) => {
    const [a, b] = [tcpSocket(ws), tcpSocket(ws)];
    for (const s of [a, b]) setOption(ws, s, SOL_SOCKET, SO_REUSEADDR, ONE);
    const port = bindAny(ws, a);
    expectError(ws, () => ws.bind(b, address(port), 16), WSAEADDRINUSE);
  },

  'bind-other-process': (ws) => {
    const tries = (port: number): string =>
      inProcess(
        ws,
        `for (const reuse of [0, 1]) {
          const s = ws.socket(2, 1, 6);
          ws.setsockopt(s, 0xffff, 4, Int32Array.of(reuse), 4);
          console.log(ws.bind(s, sockaddr_in.from('127.0.0.1', ${port}), 16), ws.WSAGetLastError());
          ws.closesocket(s);
        }`,
      );
    expect(tries(listener(ws).port).split(/\r?\n/)).toEqual(['-1 10048', '-1 10048']);
    expect(tries(bindAny(ws, tcpSocket(ws))).split(/\r?\n/)).toEqual(['0 0', '0 0']);
  },

  'connect-refused-at-once': (ws) => {
    const s = tcpSocket(ws);
    const begin = performance.now();
    expectError(ws, () => ws.connect(s, address(deadPort(ws)), 16), WSAECONNREFUSED);
    expect(performance.now() - begin).toBeLessThan(1_500);
  },
};
