import { expect } from 'vitest';
import {
  AF_INET6,
  IPPROTO_IPV6,
  IPV6_V6ONLY,
  SO_EXCLUSIVEADDRUSE,
  SO_REUSEADDR,
  SOCK_STREAM,
  SOL_SOCKET,
  WSAEADDRINUSE,
  WSAEADDRNOTAVAIL,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTSOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  ANY,
  address,
  bindAny,
  boundUdp,
  close,
  closedSocket,
  connected,
  expectError,
  expectSuccess,
  ipOf,
  LOOPBACK,
  listener,
  nameOf,
  portOf,
  tcpPair,
  tcpSocket,
  track,
  udpSocket,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const on = Int32Array.of(1);

  rule(ws, 'bind on what is no socket is WSAENOTSOCK, whatever the address', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.bind(s, address(0), 16), WSAENOTSOCK);
      expectError(ws, () => ws.bind(s, null as never, 0), WSAENOTSOCK);
    }
  });

  fact(ws, 'BND-02', 'an unknown family is WSAEAFNOSUPPORT', () => {
    const name = address(0);
    name.set([0xad, 0xde]);
    expectError(ws, () => ws.bind(tcpSocket(ws), name, 16), WSAEAFNOSUPPORT);
  });

  fact(ws, 'BND-03', 'a length of 15 is WSAEFAULT', () => {
    expectError(ws, () => ws.bind(tcpSocket(ws), address(0), 15), WSAEFAULT);
  });

  rule(ws, 'a length of 0 or below, or no address, is WSAEFAULT', () => {
    const s = tcpSocket(ws);
    expectError(ws, () => ws.bind(s, address(0), 0), WSAEFAULT);
    expectError(ws, () => ws.bind(s, null as never, 16), WSAEFAULT);
  });

  rule(ws, 'a length beyond the view is WSAEFAULT', () => {
    expectError(ws, () => ws.bind(tcpSocket(ws), address(0).subarray(0, 8), 16), WSAEFAULT);
  });

  rule(ws, 'a length above sockaddr_in is taken', () => {
    const name = new Uint8Array(128);
    name.set(address(0));
    expectSuccess(ws, () => ws.bind(tcpSocket(ws), name, 128));
  });

  rule(ws, 'a DataView, an Int32Array and a Buffer serve as an address', () => {
    const bytes = address(0);
    for (const view of [new DataView(bytes.buffer), new Int32Array(bytes.buffer), Buffer.from(bytes)]) {
      expectSuccess(ws, () => ws.bind(tcpSocket(ws), view, 16));
    }
  });

  fact(ws, 'BND-05', 'bind succeeds after a bind that failed, and sets the last error to 0', () => {
    const s = tcpSocket(ws);
    expectError(ws, () => ws.bind(s, address(0), 15), WSAEFAULT);
    expectSuccess(ws, () => ws.bind(s, address(0), 16));
  });

  fact(ws, 'BND-06', 'a second bind of the same socket is WSAEINVAL', () => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => ws.bind(s, address(0), 16));
    expectError(ws, () => ws.bind(s, address(0), 16), WSAEINVAL);
    expectError(ws, () => ws.bind(s, nameOf(ws, s), 16), WSAEINVAL);
  });

  rule(ws, 'bind of a connected socket is WSAEINVAL', () => {
    const { client, server } = tcpPair(ws);
    expectError(ws, () => ws.bind(client, address(0), 16), WSAEINVAL);
    expectError(ws, () => ws.bind(server, address(0), 16), WSAEINVAL);
  });

  fact(ws, 'BND-07', 'an address that another socket holds is WSAEADDRINUSE', () => {
    const holder = tcpSocket(ws);
    const port = bindAny(ws, holder);
    expectError(ws, () => ws.bind(tcpSocket(ws), address(port), 16), WSAEADDRINUSE);
    expectSuccess(ws, () => ws.listen(holder, 5));
    expectError(ws, () => ws.bind(tcpSocket(ws), address(port), 16), WSAEADDRINUSE);
  });

  rule(ws, 'the same for UDP; and TCP and UDP have ports of their own', () => {
    const { port } = boundUdp(ws);
    expectError(ws, () => ws.bind(udpSocket(ws), address(port), 16), WSAEADDRINUSE);
    const s = tcpSocket(ws);
    const result = ws.bind(s, address(port), 16);
    expect([0, -1]).toContain(result);
    if (result === -1) expect(ws.WSAGetLastError()).toBe(WSAEADDRINUSE);
  });

  rule(ws, 'an address that this machine does not have is WSAEADDRNOTAVAIL', () => {
    expectError(ws, () => ws.bind(tcpSocket(ws), address(0, '192.0.2.1'), 16), WSAEADDRNOTAVAIL);
  });

  rule(
    ws,
    'and so for UDP',
    (wine) => {
      const call = () => ws.bind(udpSocket(ws), address(0, '192.0.2.1'), 16);
      if (wine) expectSuccess(ws, call);
      else expectError(ws, call, WSAEADDRNOTAVAIL);
    },
    'foreign UDP address',
  );

  rule(ws, 'port 0 gives a port of the system, another one each time', () => {
    const ports = Array.from({ length: 20 }, () => bindAny(ws, tcpSocket(ws)));
    expect(ports.every((port) => port > 1023 && port < 65536)).toBe(true);
    expect(new Set(ports).size).toBe(20);
  });

  rule(ws, 'INADDR_ANY stays 0.0.0.0 in the name', () => {
    const s = tcpSocket(ws);
    bindAny(ws, s, ANY);
    expect(ipOf(nameOf(ws, s))).toBe(ANY);
  });

  rule(ws, 'every address of 127/8 is this machine', () => {
    const s = tcpSocket(ws);
    bindAny(ws, s, '127.0.0.2');
    expect(ipOf(nameOf(ws, s))).toBe('127.0.0.2');
  });

  rule(ws, 'a port is free again when its listener is closed', () => {
    const { s, port } = listener(ws);
    close(ws, s);
    expectSuccess(ws, () => ws.bind(tcpSocket(ws), address(port), 16));
  });

  rule(ws, 'a bound port is where a connect comes from', () => {
    const { s: listening, port } = listener(ws);
    const s = tcpSocket(ws);
    const from = bindAny(ws, s);
    expectSuccess(ws, () => ws.connect(s, address(port), 16));
    const name = new Uint8Array(16);
    track(ws, ws.accept(listening, name, Int32Array.of(16)));
    expect([portOf(name), ipOf(name)]).toEqual([from, LOOPBACK]);
  });

  rule(ws, 'a socket bound to INADDR_ANY listens on the loopback address', () => {
    const s = tcpSocket(ws);
    const port = bindAny(ws, s, ANY);
    expectSuccess(ws, () => ws.listen(s, 5));
    connected(ws, port);
  });

  fact(ws, 'BND-21', 'SO_EXCLUSIVEADDRUSE while SO_REUSEADDR is set is WSAEINVAL', () => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_REUSEADDR, on, 4));
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, on, 4), WSAEINVAL);
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_REUSEADDR, Int32Array.of(0), 4));
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, on, 4));
  });

  fact(ws, 'BND-22', 'SO_REUSEADDR while SO_EXCLUSIVEADDRUSE is set is WSAEINVAL', () => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, on, 4));
    expectError(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_REUSEADDR, on, 4), WSAEINVAL);
  });

  fact(ws, 'BND-37', 'a new AF_INET6 socket is IPv6 only', () => {
    const s = track(ws, ws.socket(AF_INET6, SOCK_STREAM, 0));
    const value = Uint32Array.of(0);
    expectSuccess(ws, () => ws.getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, value, Int32Array.of(4)));
    expect(value[0] & 0xff).toBe(1);
  });

  fact(ws, 'BND-40', 'an AF_INET socket stores IPV6_V6ONLY, 1 by default', (wine) => {
    const s = tcpSocket(ws);
    const value = Uint32Array.of(0);
    const get = () => ws.getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, value, Int32Array.of(4));
    if (wine) return expect(get()).toBe(-1);
    expectSuccess(ws, get);
    expect(value[0] & 0xff).toBe(1);
    expectSuccess(ws, () => ws.setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, Int32Array.of(0), 4));
    expectSuccess(ws, get);
    expect(value[0] & 0xff).toBe(0);
  });
});
