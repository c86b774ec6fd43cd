import { expect } from 'vitest';
import {
  SD_RECEIVE,
  SD_SEND,
  SO_CONNECT_TIME,
  SO_ERROR,
  type SOCKET,
  SOL_SOCKET,
  WSAEADDRNOTAVAIL,
  WSAEAFNOSUPPORT,
  WSAEALREADY,
  WSAECONNABORTED,
  WSAECONNREFUSED,
  WSAEFAULT,
  WSAEINVAL,
  WSAEISCONN,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  ANY,
  accepted,
  address,
  bindAny,
  boundUdp,
  closedSocket,
  deadPort,
  expectError,
  expectSuccess,
  ipOf,
  LOOPBACK,
  listener,
  MARKER,
  nameOf,
  nonBlocking,
  portOf,
  recvText,
  selectAll,
  sendText,
  tcpPair,
  tcpSocket,
  waitExcept,
  waitWritable,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const connect = (s: SOCKET, port: number) => ws.connect(s, address(port), 16);

  function socketError(s: SOCKET): number {
    const value = Int32Array.of(-1);
    expect(ws.getsockopt(s, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4))).toBe(0);
    return value[0];
  }

  function connectTime(s: SOCKET): number {
    const value = Uint32Array.of(0xdead);
    expect(ws.getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, value, Int32Array.of(4))).toBe(0);
    return value[0];
  }

  rule(ws, 'connect of what is no socket is WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) expectError(ws, () => connect(s, 1), WSAENOTSOCK);
  });

  fact(ws, 'CON-01', 'a blocking connect to a port without a listener is WSAECONNREFUSED', () => {
    const port = deadPort(ws);
    expectError(ws, () => connect(tcpSocket(ws), port), WSAECONNREFUSED);
  });

  rule(
    ws,
    'after a connect that was refused the same socket connects elsewhere',
    (wine) => {
      const s = tcpSocket(ws);
      expectError(ws, () => connect(s, deadPort(ws)), WSAECONNREFUSED);
      const { port } = listener(ws);
      if (wine) expectError(ws, () => connect(s, port), WSAECONNABORTED);
      else expectSuccess(ws, () => connect(s, port));
    },
    'connect after a refusal',
  );

  fact(ws, 'CON-02', 'a blocking connect returns 0 once queued, before any accept', () => {
    const { port } = listener(ws);
    expectSuccess(ws, () => connect(tcpSocket(ws), port));
  });

  fact(ws, 'CON-03', 'connect of a listening socket is WSAEINVAL', () => {
    const { s, port } = listener(ws);
    expectError(ws, () => connect(s, port), WSAEINVAL);
  });

  fact(ws, 'CON-04', 'connect of a connected socket is WSAEISCONN', () => {
    const { s, port } = listener(ws);
    const client = tcpSocket(ws);
    connect(client, port);
    const server = accepted(ws, s);
    expectError(ws, () => connect(client, port), WSAEISCONN);
    expectError(ws, () => connect(server, port), WSAEISCONN);
  });

  fact(ws, 'CON-05', 'connect after both directions were shut down is WSAEISCONN', () => {
    const { client, port } = tcpPair(ws);
    ws.shutdown(client, SD_SEND);
    ws.shutdown(client, SD_RECEIVE);
    expectError(ws, () => connect(client, port), WSAEISCONN);
  });

  rule(
    ws,
    'a short, a missing and an overlong address are WSAEFAULT',
    (wine) => {
      const s = tcpSocket(ws);
      expectError(ws, () => ws.connect(s, address(1), 15), wine ? WSAEADDRNOTAVAIL : WSAEFAULT);
      expectError(ws, () => ws.connect(s, null as never, 16), WSAEFAULT);
      expectError(ws, () => ws.connect(s, address(1).subarray(0, 10), 16), WSAEFAULT);
    },
    'connect to a bad address',
  );

  rule(
    ws,
    'another family is WSAEAFNOSUPPORT',
    (wine) => {
      const name = address(deadPort(ws));
      name.set([0xad, 0xde]);
      const code = wine ? WSAEADDRNOTAVAIL : WSAEAFNOSUPPORT;
      expectError(ws, () => ws.connect(tcpSocket(ws), name, 16), code);
    },
    'connect to a bad address',
  );

  rule(
    ws,
    'address 0.0.0.0 and port 0 are WSAEADDRNOTAVAIL',
    (wine) => {
      const { port } = listener(ws);
      const toAny = () => ws.connect(tcpSocket(ws), address(port, ANY), 16);
      if (wine) expectSuccess(ws, toAny);
      else expectError(ws, toAny, WSAEADDRNOTAVAIL);
      expectError(ws, () => connect(tcpSocket(ws), 0), wine ? WSAECONNREFUSED : WSAEADDRNOTAVAIL);
    },
    'connect to no address',
  );

  rule(ws, 'a connected socket has a local port and the listener as its peer', () => {
    const { port } = listener(ws);
    const s = tcpSocket(ws);
    connect(s, port);
    expect([ipOf(nameOf(ws, s)), portOf(nameOf(ws, s)) > 0]).toEqual([LOOPBACK, true]);
    const peer = new Uint8Array(16);
    expectSuccess(ws, () => ws.getpeername(s, peer, Int32Array.of(16)));
    expect([ipOf(peer), portOf(peer)]).toEqual([LOOPBACK, port]);
  });

  rule(ws, 'a non-blocking connect is WSAEWOULDBLOCK, then writable', () => {
    const { port } = listener(ws);
    const s = nonBlocking(ws, tcpSocket(ws));
    expectError(ws, () => connect(s, port), WSAEWOULDBLOCK);
    waitWritable(ws, s);
    expect(selectAll(ws, s)).toEqual({ count: 1, read: false, write: true, except: false });
    expect(socketError(s)).toBe(0);
    expectError(ws, () => connect(s, port), WSAEISCONN);
  });

  rule(ws, 'a connect while one is under way is WSAEALREADY, or already WSAEISCONN', () => {
    const { port } = listener(ws);
    const s = nonBlocking(ws, tcpSocket(ws));
    connect(s, port);
    ws.WSASetLastError(MARKER);
    expect(connect(s, port)).toBe(-1);
    expect([WSAEALREADY, WSAEISCONN, WSAEINVAL]).toContain(ws.WSAGetLastError());
    waitWritable(ws, s);
  });

  rule(ws, 'a non-blocking connect that is refused shows in exceptfds alone, with SO_ERROR', () => {
    const s = nonBlocking(ws, tcpSocket(ws));
    expectError(ws, () => connect(s, deadPort(ws)), WSAEWOULDBLOCK);
    waitExcept(ws, s);
    expect(selectAll(ws, s)).toEqual({ count: 1, read: false, write: false, except: true });
    expect(socketError(s)).toBe(WSAECONNREFUSED);
  });

  fact(ws, 'CON-10', 'getsockname while a connect of a bound socket is under way', () => {
    const { port } = listener(ws);
    const s = nonBlocking(ws, tcpSocket(ws));
    const from = bindAny(ws, s, ANY);
    connect(s, port);
    const name = nameOf(ws, s);
    expect([name[0], portOf(name)]).toEqual([2, from]);
    waitWritable(ws, s);
    expect([ipOf(nameOf(ws, s)), portOf(nameOf(ws, s))]).toEqual([LOOPBACK, from]);
  });

  fact(ws, 'CON-11', 'getpeername while a connect is under way gives where it goes', () => {
    const { port } = listener(ws);
    const s = nonBlocking(ws, tcpSocket(ws));
    connect(s, port);
    const peer = new Uint8Array(16);
    expectSuccess(ws, () => ws.getpeername(s, peer, Int32Array.of(16)));
    expect([ipOf(peer), portOf(peer)]).toEqual([LOOPBACK, port]);
    waitWritable(ws, s);
  });

  fact(ws, 'CON-18', 'a new connect does not reset SO_ERROR', (wine) => {
    const s = nonBlocking(ws, tcpSocket(ws));
    const port = deadPort(ws);
    connect(s, port);
    waitExcept(ws, s);
    expect(socketError(s)).toBe(WSAECONNREFUSED);
    expectError(ws, () => connect(s, port), wine ? WSAECONNABORTED : WSAEWOULDBLOCK);
    if (wine) return;
    expect(socketError(s)).toBe(WSAECONNREFUSED);
    waitExcept(ws, s);
  });

  fact(ws, 'CON-20', 'a blocking connect that was refused leaves SO_ERROR 0', (wine) => {
    const s = tcpSocket(ws);
    expectError(ws, () => connect(s, deadPort(ws)), WSAECONNREFUSED);
    expect(socketError(s)).toBe(wine ? WSAECONNREFUSED : 0);
  });

  fact(ws, 'CON-24', 'SO_CONNECT_TIME of a UDP socket is 0xFFFFFFFF', () => {
    const { s } = boundUdp(ws);
    expect(connectTime(s)).toBe(0xffffffff);
    expectSuccess(ws, () => connect(s, 9));
    expect(connectTime(s)).toBe(0xffffffff);
  });

  rule(ws, 'SO_CONNECT_TIME is 0xFFFFFFFF until connected and counts seconds then', () => {
    const s = tcpSocket(ws);
    expect(connectTime(s)).toBe(0xffffffff);
    const { port } = listener(ws);
    connect(s, port);
    expect(connectTime(s)).toBeLessThan(5);
  });

  rule(
    ws,
    'send and recv while a connect is under way are WSAENOTCONN',
    (wine) => {
      const s = nonBlocking(ws, tcpSocket(ws));
      connect(s, deadPort(ws));
      if (wine) return expectSuccess(ws, () => ws.recv(s, Buffer.alloc(8), 8, 0), 0);
      expectError(ws, () => ws.recv(s, Buffer.alloc(8), 8, 0), WSAENOTCONN);
      expectError(ws, () => ws.send(s, Buffer.alloc(8), 8, 0), WSAENOTCONN);
    },
    'recv while connecting',
  );

  rule(ws, 'a socket made blocking again after a non-blocking connect serves as any other', () => {
    const { s: listening, port } = listener(ws);
    const s = nonBlocking(ws, tcpSocket(ws));
    connect(s, port);
    waitWritable(ws, s);
    nonBlocking(ws, s, 0);
    const server = accepted(ws, listening);
    sendText(ws, server, 'hello');
    expect(recvText(ws, s)).toBe('hello');
  });
});
