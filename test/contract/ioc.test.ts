import { expect } from 'vitest';
import {
  FIONBIO,
  FIONREAD,
  SIOCATMARK,
  type SOCKET,
  WSAEFAULT,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import {
  address,
  boundUdp,
  closedSocket,
  expectError,
  expectSuccess,
  listener,
  nonBlocking,
  recvText,
  sendText,
  tcpPair,
  tcpSocket,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';

forEachBinding((ws) => {
  function waiting(s: SOCKET): number {
    const count = Uint32Array.of(0xdeadbeef);
    expectSuccess(ws, () => ws.ioctlsocket(s, FIONREAD, count));
    return count[0];
  }

  function atMark(s: SOCKET): number {
    const mark = Uint32Array.of(0xdeadbeef);
    expectSuccess(ws, () => ws.ioctlsocket(s, SIOCATMARK, mark));
    return mark[0];
  }

  rule(ws, 'ioctlsocket of what is no socket is WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.ioctlsocket(s, FIONBIO, Uint32Array.of(1)), WSAENOTSOCK);
      expectError(ws, () => ws.ioctlsocket(s, FIONREAD, new Uint8Array(1)), WSAENOTSOCK);
    }
  });

  fact(ws, 'IOC-01', 'no argument is WSAEFAULT', () => {
    const { client } = tcpPair(ws);
    for (const cmd of [FIONBIO, FIONREAD, SIOCATMARK]) {
      expectError(ws, () => ws.ioctlsocket(client, cmd, null as never), WSAEFAULT);
    }
  });

  rule(ws, 'an argument of 3 bytes is WSAEFAULT and is not touched', () => {
    const { client } = tcpPair(ws);
    for (const cmd of [FIONBIO, FIONREAD, SIOCATMARK]) {
      const { view, intact } = guarded(3, 0xcc);
      expectError(ws, () => ws.ioctlsocket(client, cmd, view), WSAEFAULT);
      expect([...view]).toEqual([0xcc, 0xcc, 0xcc]);
      intact();
    }
  });

  rule(
    ws,
    'FIONBIO 1 makes a socket non-blocking and 0 blocking again, and leaves its argument alone',
    () => {
      const { client, server } = tcpPair(ws);
      const on = Uint32Array.of(1);
      expectSuccess(ws, () => ws.ioctlsocket(client, FIONBIO, on));
      expect(on[0]).toBe(1);
      expectError(ws, () => ws.recv(client, Buffer.alloc(4), 4, 0), WSAEWOULDBLOCK);
      expectSuccess(ws, () => ws.ioctlsocket(client, FIONBIO, Uint32Array.of(0)));
      sendText(ws, server, 'x');
      expectSuccess(ws, () => ws.recv(client, Buffer.alloc(4), 4, 0), 1);
    },
  );

  rule(ws, 'any value but 0 makes a socket non-blocking', () => {
    const { client } = tcpPair(ws);
    nonBlocking(ws, client, 0x100);
    expectError(ws, () => ws.recv(client, Buffer.alloc(4), 4, 0), WSAEWOULDBLOCK);
  });

  rule(ws, 'the command may be given as a signed or an unsigned number', () => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => ws.ioctlsocket(s, FIONBIO | 0, Uint32Array.of(1)));
    expectSuccess(ws, () => ws.ioctlsocket(s, FIONBIO >>> 0, Uint32Array.of(1)));
  });

  rule(ws, 'FIONREAD counts the bytes of a stream', () => {
    const { client, server } = tcpPair(ws);
    expect(waiting(server)).toBe(0);
    sendText(ws, client, 'hello');
    waitReadable(ws, server);
    expect(waiting(server)).toBe(5);
    expect(recvText(ws, server, 2)).toBe('he');
    expect(waiting(server)).toBe(3);
    expect(recvText(ws, server)).toBe('llo');
    expect(waiting(server)).toBe(0);
  });

  rule(ws, 'FIONREAD on sockets without data is 0', () => {
    expect(waiting(tcpSocket(ws))).toBe(0);
    expect(waiting(udpSocket(ws))).toBe(0);
    expect(waiting(listener(ws).s)).toBe(0);
  });

  rule(ws, 'FIONREAD counts the bytes of all datagrams that wait', () => {
    const { s, port } = boundUdp(ws);
    const from = udpSocket(ws);
    ws.sendto(from, Buffer.from('one'), 3, 0, address(port), 16);
    waitReadable(ws, s);
    expect(waiting(s)).toBe(3);
  });

  fact(ws, 'IOC-05', 'SIOCATMARK is 1 where there is no urgent data', () => {
    expect(atMark(tcpSocket(ws))).toBe(1);
    const { client, server } = tcpPair(ws);
    expect(atMark(client)).toBe(1);
    sendText(ws, client, 'data');
    waitReadable(ws, server);
    expect(atMark(server)).toBe(1);
  });

  rule(ws, 'an unknown command is WSAEOPNOTSUPP', () => {
    expectError(ws, () => ws.ioctlsocket(tcpSocket(ws), 0xdeadbeef, Uint32Array.of(0)), WSAEOPNOTSUPP);
  });
});
