import { expect } from 'vitest';
import type { Winsock } from '../../../src/ws2_32/index.js';
import {
  MSG_OOB,
  SD_SEND,
  SIOCATMARK,
  SO_LINGER,
  SO_RCVBUF,
  SO_SNDBUF,
  SOL_SOCKET,
  WSAECONNRESET,
  WSAEOPNOTSUPP,
} from '../../../src/ws2_32/index.js';
import {
  address,
  boundUdp,
  close,
  DEADLINE,
  deadPort,
  expectError,
  expectSuccess,
  milliseconds,
  nonBlocking,
  sendText,
  setOf,
  tcpPair,
  waitReadable,
} from '../../support/sockets.js';
import { type Checks, ONE, setOption } from './check.js';

const MOST_DESTINATIONS = 64;

/** Sends until the reset of the peer is known: its first signs come while bytes still go out. */
function sendUntilReset(ws: Winsock, s: number): void {
  const until = performance.now() + DEADLINE;
  while (ws.send(s, ONE, 1, 0) === 1) {
    if (performance.now() > until) throw new Error('the reset was not seen');
    ws.select(0, null, null, setOf(s), milliseconds(10));
  }
  expect(ws.WSAGetLastError()).toBe(WSAECONNRESET);
}

export const transfer: Checks = {
  'urgent-data': (ws) => {
    const { client, server } = tcpPair(ws);
    expectError(ws, () => ws.send(client, ONE, 1, MSG_OOB), WSAEOPNOTSUPP);
    expectError(ws, () => ws.recv(server, new Uint8Array(1), 1, MSG_OOB), WSAEOPNOTSUPP);
    const atMark = Int32Array.of(0);
    expectSuccess(ws, () => ws.ioctlsocket(server, SIOCATMARK, atMark));
    expect(atMark[0]).toBe(1);
    expect(ws.select(0, null, null, setOf(server), milliseconds(0))).toBe(0);
  },

  'small-buffers': (ws) => {
    const { client, server } = tcpPair(ws);
    setOption(ws, client, SOL_SOCKET, SO_SNDBUF, Int32Array.of(1024));
    setOption(ws, server, SOL_SOCKET, SO_RCVBUF, Int32Array.of(1024));
    nonBlocking(ws, client);
    const block = Buffer.alloc(4096);
    for (let i = 0; i < 32; i++) expectSuccess(ws, () => ws.send(client, block, 4096, 0), 4096);
  },

  'reset-after-unread-data': (ws) => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'unread');
    waitReadable(ws, server);
    setOption(ws, client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0));
    close(ws, client);
    sendUntilReset(ws, server);
    const buffer = Buffer.alloc(16);
    expectSuccess(ws, () => ws.recv(server, buffer, 16, 0), 6);
    expectError(ws, () => ws.recv(server, buffer, 16, 0), WSAECONNRESET);
  },

  'close-with-unread-data': (ws) => {
    const { client, server } = tcpPair(ws);
    sendText(ws, server, 'unread');
    waitReadable(ws, client);
    close(ws, client);
    expectSuccess(ws, () => ws.recv(server, Buffer.alloc(16), 16, 0), 0);
  },

  'send-after-peer-is-gone': (ws) => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(client, SD_SEND);
    waitReadable(ws, server);
    close(ws, client);
    sendText(ws, server, 'hello');
    expectSuccess(ws, () => ws.recv(server, Buffer.alloc(16), 16, 0), 0);
  },

  'udp-resets': (ws) => {
    const { s } = boundUdp(ws);
    // Held together, so that no port comes twice.
    const others = Array.from({ length: MOST_DESTINATIONS + 1 }, () => boundUdp(ws));
    for (const other of others) close(ws, other.s);
    const buffer = Buffer.alloc(16);
    const sendTo = (port: number): number => ws.sendto(s, ONE, 1, 0, address(port), 16);
    for (const { port } of others.slice(0, MOST_DESTINATIONS)) {
      expect(sendTo(port)).toBe(1);
      waitReadable(ws, s);
      expectError(ws, () => ws.recv(s, buffer, 16, 0), WSAECONNRESET);
    }
    expect(sendTo(others[MOST_DESTINATIONS].port)).toBe(1);
    expect(ws.select(0, setOf(s), null, null, milliseconds(200))).toBe(0);
  },

  'udp-resets-on-windows': (ws) => {
    const { s } = boundUdp(ws);
    expect(ws.sendto(s, ONE, 1, 0, address(deadPort(ws)), 16)).toBe(1);
    expect(ws.select(0, setOf(s), null, null, milliseconds(200))).toBe(0);
  },
};
