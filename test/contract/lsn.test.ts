import { expect } from 'vitest';
import {
  SO_ACCEPTCONN,
  type SOCKET,
  SOL_SOCKET,
  SOMAXCONN,
  WSAEADDRINUSE,
  WSAEINVAL,
  WSAEISCONN,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  address,
  bindAny,
  boundUdp,
  closedSocket,
  connected,
  expectError,
  expectSuccess,
  listener,
  tcpPair,
  tcpSocket,
} from '../support/sockets.js';

forEachBinding((ws) => {
  function accepting(s: SOCKET): number {
    const value = Int32Array.of(-1);
    expect(ws.getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, value, Int32Array.of(4))).toBe(0);
    return value[0] & 0xff;
  }

  fact(ws, 'LSN-01', 'listen on what is no socket is WSAENOTSOCK', () => {
    expectError(ws, () => ws.listen(0, 5), WSAENOTSOCK);
    expectError(ws, () => ws.listen(0xdeac, 5), WSAENOTSOCK);
    expectError(ws, () => ws.listen(-1, 5), WSAENOTSOCK);
    expectError(ws, () => ws.listen(closedSocket(ws), 5), WSAENOTSOCK);
  });

  rule(ws, 'listen on a socket that is not bound is WSAEINVAL', () => {
    const s = tcpSocket(ws);
    expectError(ws, () => ws.listen(s, 5), WSAEINVAL);
  });

  for (const backlog of [0, 1, 5, -1, 200, SOMAXCONN]) {
    fact(ws, 'LSN-04', `listen on a bound socket with backlog ${backlog} succeeds`, () => {
      const s = tcpSocket(ws);
      const port = bindAny(ws, s);
      expectSuccess(ws, () => ws.listen(s, backlog));
      connected(ws, port);
    });
  }

  fact(ws, 'LSN-05', 'listen again succeeds', () => {
    const { s, port } = listener(ws, 1);
    expectSuccess(ws, () => ws.listen(s, SOMAXCONN));
    connected(ws, port);
  });

  fact(ws, 'LSN-06', 'listen after a bind that failed is WSAEINVAL', () => {
    const { port } = listener(ws);
    const s = tcpSocket(ws);
    expectError(ws, () => ws.bind(s, address(port), 16), WSAEADDRINUSE);
    expectError(ws, () => ws.listen(s, 5), WSAEINVAL);
  });

  fact(ws, 'LSN-07', 'SO_ACCEPTCONN is 0 when bound and 1 when listening', () => {
    const s = tcpSocket(ws);
    bindAny(ws, s);
    expect(accepting(s)).toBe(0);
    expectSuccess(ws, () => ws.listen(s, 5));
    expect(accepting(s)).toBe(1);
  });

  rule(
    ws,
    'listen on a connected socket is WSAEISCONN',
    (wine) => {
      const { client, server } = tcpPair(ws);
      expectError(ws, () => ws.listen(client, 5), wine ? WSAEINVAL : WSAEISCONN);
      expectError(ws, () => ws.listen(server, 5), wine ? WSAEINVAL : WSAEISCONN);
    },
    'listen when connected',
  );

  rule(ws, 'listen on a UDP socket is WSAEOPNOTSUPP', () => {
    const { s } = boundUdp(ws);
    expectError(ws, () => ws.listen(s, 5), WSAEOPNOTSUPP);
  });
});
