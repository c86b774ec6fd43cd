import { expect } from 'vitest';
import { SO_ERROR, SO_LINGER, type SOCKET, SOL_SOCKET, WSAECONNRESET } from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  close,
  expectError,
  expectSuccess,
  nonBlocking,
  recvText,
  selectAll,
  sendText,
  tcpPair,
  waitReadable,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const recv = (s: SOCKET) => ws.recv(s, Buffer.alloc(8), 8, 0);
  const send = (s: SOCKET) => ws.send(s, Buffer.alloc(8), 8, 0);

  function closeWithReset(s: SOCKET): void {
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0), 4));
    close(ws, s);
  }

  fact(ws, 'RST-01', 'SO_LINGER {1, 0} is accepted and sets the last error to 0', () => {
    const { client } = tcpPair(ws);
    closeWithReset(client);
  });

  fact(ws, 'RST-02', "the peer's reset makes recv and send WSAECONNRESET", (wine) => {
    const { client, server } = tcpPair(ws);
    nonBlocking(ws, server);
    closeWithReset(client);
    waitReadable(ws, server);
    if (wine) expectSuccess(ws, () => recv(server), 0);
    else expectError(ws, () => recv(server), WSAECONNRESET);
    expectError(ws, () => send(server), WSAECONNRESET);
  });

  fact(ws, 'RST-03', 'and it stays that way', (wine) => {
    const { client, server } = tcpPair(ws);
    closeWithReset(client);
    waitReadable(ws, server);
    for (let i = 0; i < 3; i++) {
      if (wine) expectSuccess(ws, () => recv(server), 0);
      else expectError(ws, () => recv(server), WSAECONNRESET);
    }
    for (let i = 0; i < 3; i++) expectError(ws, () => send(server), WSAECONNRESET);
  });

  fact(ws, 'RST-04', 'a reset is not stored in SO_ERROR', () => {
    const { client, server } = tcpPair(ws);
    closeWithReset(client);
    waitReadable(ws, server);
    recv(server);
    const value = Int32Array.of(-1);
    expectSuccess(ws, () => ws.getsockopt(server, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4)));
    expect(value[0]).toBe(0);
  });

  rule(ws, 'a reset connection is readable', () => {
    const { client, server } = tcpPair(ws);
    closeWithReset(client);
    waitReadable(ws, server);
    expect(selectAll(ws, server).read).toBe(true);
  });

  rule(ws, 'a graceful close is no reset: recv gives the data, then 0', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'data');
    close(ws, client);
    expect(recvText(ws, server)).toBe('data');
    waitReadable(ws, server);
    expectSuccess(ws, () => recv(server), 0);
  });

  rule(ws, 'a reset socket closes as any other', () => {
    const { client, server } = tcpPair(ws);
    closeWithReset(client);
    waitReadable(ws, server);
    expectSuccess(ws, () => ws.closesocket(server));
  });
});
