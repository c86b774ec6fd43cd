import { expect } from 'vitest';
import {
  AF_INET6,
  SOCK_STREAM,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTCONN,
  WSAENOTSOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import {
  ANY,
  address,
  bindAny,
  boundUdp,
  closedSocket,
  expectError,
  expectSuccess,
  ipOf,
  LOOPBACK,
  listener,
  must,
  nameOf,
  portOf,
  tcpPair,
  tcpSocket,
  track,
  udpSocket,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const name = () => new Uint8Array(16);
  const length = () => Int32Array.of(16);

  rule(ws, 'names of what is no socket are WSAENOTSOCK, before the pointers are looked at', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.getsockname(s, name(), length()), WSAENOTSOCK);
      expectError(ws, () => ws.getpeername(s, name(), length()), WSAENOTSOCK);
      expectError(ws, () => ws.getsockname(s, null as never, null as never), WSAENOTSOCK);
    }
  });

  rule(ws, 'getsockname of a socket that is not bound is WSAEINVAL', () => {
    expectError(ws, () => ws.getsockname(tcpSocket(ws), name(), length()), WSAEINVAL);
    expectError(ws, () => ws.getsockname(udpSocket(ws), name(), length()), WSAEINVAL);
  });

  fact(ws, 'NAM-02', 'a socket bound to INADDR_ANY:0 has 0.0.0.0, a real port and eight zero bytes', () => {
    const s = tcpSocket(ws);
    must(ws, 'bind', ws.bind(s, address(0, ANY), 16));
    const bytes = name().fill(0xcc);
    expectSuccess(ws, () => ws.getsockname(s, bytes, length()));
    expect([bytes[0], bytes[1], ipOf(bytes)]).toEqual([2, 0, ANY]);
    expect(portOf(bytes)).toBeGreaterThan(0);
    expect([...bytes.subarray(8)]).toEqual(Array(8).fill(0));
  });

  fact(ws, 'NAM-03', 'a length of 15 is WSAEFAULT and stays 15', () => {
    const { s } = boundUdp(ws);
    const short = Int32Array.of(15);
    expectError(ws, () => ws.getsockname(s, name(), short), WSAEFAULT);
    expect(short[0]).toBe(15);
  });

  fact(ws, 'NAM-04', 'a length of 24 is WSAEFAULT for IPv6', () => {
    const s = track(ws, must(ws, 'socket', ws.socket(AF_INET6, SOCK_STREAM, 0)));
    const loopback = new Uint8Array(28);
    loopback[0] = AF_INET6;
    loopback[23] = 1;
    must(ws, 'bind', ws.bind(s, loopback, 28));
    expectError(ws, () => ws.getsockname(s, new Uint8Array(28), Int32Array.of(24)), WSAEFAULT);
    const size = Int32Array.of(128);
    expectSuccess(ws, () => ws.getsockname(s, new Uint8Array(128), size));
    expect(size[0]).toBe(28);
  });

  fact(ws, 'NAM-05', 'a UDP socket bound to an address has exactly that', () => {
    const s = udpSocket(ws);
    const port = bindAny(ws, s, LOOPBACK);
    expect([...nameOf(ws, s)]).toEqual([...address(port)]);
  });

  rule(ws, 'a longer length comes down to 16, and no byte beyond is written', () => {
    const { s } = boundUdp(ws);
    const { view, intact } = guarded(64, 0xcc);
    const size = Int32Array.of(64);
    expectSuccess(ws, () => ws.getsockname(s, view, size));
    expect(size[0]).toBe(16);
    expect(view.subarray(16).every((byte) => byte === 0xcc)).toBe(true);
    intact();
  });

  rule(ws, 'a length beyond the view is WSAEFAULT and touches nothing', () => {
    const { s } = boundUdp(ws);
    const { view, intact } = guarded(8, 0xcc);
    expectError(ws, () => ws.getsockname(s, view, length()), WSAEFAULT);
    expectError(ws, () => ws.getsockname(s, name(), new Uint8Array(3)), WSAEFAULT);
    expect(view.every((byte) => byte === 0xcc)).toBe(true);
    intact();
  });

  rule(ws, 'no name or no length is WSAEFAULT', () => {
    const { s } = boundUdp(ws);
    expectError(ws, () => ws.getsockname(s, null as never, length()), WSAEFAULT);
    expectError(ws, () => ws.getsockname(s, name(), null as never), WSAEFAULT);
  });

  fact(ws, 'NAM-06', 'getpeername of INVALID_SOCKET without pointers is WSAENOTSOCK', () => {
    expectError(ws, () => ws.getpeername(-1, null as never, null as never), WSAENOTSOCK);
  });

  fact(
    ws,
    'NAM-07',
    'getpeername of a socket that is not connected, without pointers, is WSAENOTCONN',
    () => {
      expectError(ws, () => ws.getpeername(udpSocket(ws), null as never, null as never), WSAENOTCONN);
      expectError(ws, () => ws.getpeername(tcpSocket(ws), null as never, null as never), WSAENOTCONN);
    },
  );

  fact(ws, 'NAM-08', 'sendto does not connect', () => {
    const { port } = boundUdp(ws);
    const s = udpSocket(ws);
    ws.sendto(s, Buffer.from('x'), 1, 0, address(port), 16);
    expectError(ws, () => ws.getpeername(s, name(), length()), WSAENOTCONN);
  });

  fact(ws, 'NAM-09', 'getpeername of a connected UDP socket without pointers is WSAEFAULT', () => {
    const { port } = boundUdp(ws);
    const s = udpSocket(ws);
    must(ws, 'connect', ws.connect(s, address(port), 16));
    expectError(ws, () => ws.getpeername(s, null as never, null as never), WSAEFAULT);
    expectError(ws, () => ws.getpeername(s, name(), null as never), WSAEFAULT);
    const zero = Int32Array.of(0);
    expectError(ws, () => ws.getpeername(s, null as never, zero), WSAEFAULT);
    expect(zero[0]).toBe(0);
    expectSuccess(ws, () => ws.getpeername(s, name(), length()));
  });

  fact(ws, 'NAM-12', 'a bound socket and a listening one have no peer', () => {
    expectError(ws, () => ws.getpeername(boundUdp(ws).s, name(), length()), WSAENOTCONN);
    expectError(ws, () => ws.getpeername(listener(ws).s, name(), length()), WSAENOTCONN);
  });

  fact(ws, 'NAM-13', "one end's peer name is the other end's own name", () => {
    const { client, server } = tcpPair(ws);
    for (const [here, there] of [
      [client, server],
      [server, client],
    ]) {
      const peer = name();
      expectSuccess(ws, () => ws.getpeername(here, peer, length()));
      expect([...peer]).toEqual([...nameOf(ws, there)]);
    }
  });

  rule(ws, 'names stay after the peer has closed', () => {
    const { client, server, port } = tcpPair(ws);
    ws.closesocket(server);
    const peer = name();
    expectSuccess(ws, () => ws.getpeername(client, peer, length()));
    expect(portOf(peer)).toBe(port);
  });
});
