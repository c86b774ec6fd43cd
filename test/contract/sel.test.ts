import { expect } from 'vitest';
import {
  FD_ISSET,
  FD_SET,
  fd_set,
  INVALID_SOCKET,
  SO_ERROR,
  type SOCKET,
  SOL_SOCKET,
  WSAECONNABORTED,
  WSAECONNREFUSED,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  accepted,
  address,
  bindAny,
  boundUdp,
  close,
  closedSocket,
  connected,
  deadPort,
  expectError,
  expectSuccess,
  listener,
  milliseconds,
  nonBlocking,
  selectAll,
  sendText,
  setOf,
  tcpPair,
  tcpSocket,
  udpSocket,
  waitExcept,
  waitReadable,
  waitWritable,
} from '../support/sockets.js';

const now = Int32Array.of(0, 0);
const neither = { read: false, write: false, except: false };

forEachBinding((ws) => {
  fact(ws, 'SEL-01', 'three NULL sets are WSAEINVAL: select is no sleep', () => {
    expectError(ws, () => ws.select(0, null, null, null, milliseconds(1000)), WSAEINVAL);
  });

  fact(ws, 'SEL-02', 'three empty sets are WSAEINVAL', () => {
    expectError(ws, () => ws.select(0, setOf(), setOf(), setOf(), milliseconds(1000)), WSAEINVAL);
    expectError(ws, () => ws.select(0, setOf(), null, null, now), WSAEINVAL);
  });

  fact(ws, 'SEL-03', 'INVALID_SOCKET in a set is WSAENOTSOCK', () => {
    const bad = () => setOf(INVALID_SOCKET);
    expectError(ws, () => ws.select(0, bad(), null, null, now), WSAENOTSOCK);
    expectError(ws, () => ws.select(0, null, bad(), null, now), WSAENOTSOCK);
    expectError(ws, () => ws.select(0, null, null, bad(), now), WSAENOTSOCK);
  });

  fact(ws, 'SEL-04', 'what is no socket in a set is WSAENOTSOCK and stays in the set', () => {
    const { client } = tcpPair(ws);
    const bad = setOf(0xdeac);
    expectError(ws, () => ws.select(0, bad, null, null, now), WSAENOTSOCK);
    expect(FD_ISSET(0xdeac, bad)).toBe(1);
    expectError(ws, () => ws.select(0, setOf(client), setOf(0xdeac), setOf(client), now), WSAENOTSOCK);
    expectError(ws, () => ws.select(0, setOf(client), setOf(client), setOf(0xdeac), now), WSAENOTSOCK);
  });

  fact(
    ws,
    'SEL-05',
    'a closed socket among open ones is WSAENOTSOCK, and the sets are left as they were',
    () => {
      const { client } = tcpPair(ws);
      const closed = closedSocket(ws);
      const [read, except] = [setOf(client, closed), setOf(client, closed)];
      expectError(ws, () => ws.select(0, read, null, except, milliseconds(1250)), WSAENOTSOCK);
      expect([[...read], [...except]]).toEqual([
        [client, closed],
        [client, closed],
      ]);
    },
  );

  fact(ws, 'SEL-06', 'nfds is not looked at', () => {
    const { s } = boundUdp(ws);
    for (const nfds of [0, -1, 1, 0x7fffffff])
      expectSuccess(ws, () => ws.select(nfds, null, setOf(s), null, now), 1);
  });

  rule(ws, 'a fresh TCP socket is ready for nothing', () => {
    expect(selectAll(ws, tcpSocket(ws))).toEqual({ count: 0, ...neither });
    const bound = tcpSocket(ws);
    bindAny(ws, bound);
    expect(selectAll(ws, bound)).toEqual({ count: 0, ...neither });
  });

  fact(ws, 'SEL-08', 'a timeout of 0 returns at once', () => {
    const { s } = listener(ws);
    const begin = performance.now();
    expectSuccess(ws, () => ws.select(0, setOf(s), null, null, now), 0);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  fact(ws, 'SEL-09', 'a fresh UDP socket is writable', () => {
    expect(selectAll(ws, udpSocket(ws))).toEqual({ count: 1, ...neither, write: true });
  });

  fact(
    ws,
    'SEL-10',
    'a listening socket with nobody waiting is ready for nothing, for the whole timeout',
    () => {
      const { s } = listener(ws);
      const begin = performance.now();
      expect(selectAll(ws, s, 300)).toEqual({ count: 0, ...neither });
      expect(performance.now() - begin).toBeGreaterThan(250);
    },
  );

  fact(ws, 'SEL-11', 'a waiting connection makes the listening socket readable', () => {
    const { s, port } = listener(ws);
    connected(ws, port);
    expect(selectAll(ws, s, 2000)).toEqual({ count: 1, ...neither, read: true });
    accepted(ws, s);
    expect(selectAll(ws, s)).toEqual({ count: 0, ...neither });
  });

  fact(ws, 'SEL-12', 'connected and accepted socket are writable, the listener is not', () => {
    const { s, port } = listener(ws);
    const client = nonBlocking(ws, tcpSocket(ws));
    ws.connect(client, address(port), 16);
    waitReadable(ws, s);
    const server = accepted(ws, s);
    waitWritable(ws, client);
    const sets = [setOf(s, client, server), setOf(s, client, server), setOf(s, client, server)] as const;
    expectSuccess(ws, () => ws.select(0, ...sets, milliseconds(1000)), 2);
    expect(sets.map((set) => [...set])).toEqual([[], [client, server], []]);
    const value = Int32Array.of(-1);
    ws.getsockopt(client, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4));
    expect(value[0]).toBe(0);
  });

  fact(ws, 'SEL-13', 'data makes a socket readable, not exceptional', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, '1234');
    const [read, except] = [setOf(server), setOf(server)];
    expectSuccess(ws, () => ws.select(0, read, null, except, milliseconds(2000)), 1);
    expect([[...read], [...except]]).toEqual([[server], []]);
  });

  fact(ws, 'SEL-14', 'the count is of memberships: readable and writable are 2', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, '1234');
    waitReadable(ws, server);
    expect(selectAll(ws, server)).toEqual({ count: 2, read: true, write: true, except: false });
  });

  fact(ws, 'SEL-15', "the peer's close makes a socket readable", () => {
    const { client, server } = tcpPair(ws);
    close(ws, server);
    expectSuccess(ws, () => ws.select(0, setOf(client), null, null, milliseconds(2000)), 1);
    expectSuccess(ws, () => ws.recv(client, Buffer.alloc(4), 4, 0), 0);
  });

  function refused(): SOCKET {
    const s = nonBlocking(ws, tcpSocket(ws));
    expectError(ws, () => ws.connect(s, address(deadPort(ws)), 16), WSAEWOULDBLOCK);
    return s;
  }

  fact(ws, 'SEL-16', 'a refused connect shows in exceptfds only', (wine) => {
    const selected = selectAll(ws, refused(), 10_000);
    if (wine) expect(selected).toMatchObject({ write: false, except: true });
    else expect(selected).toEqual({ count: 1, ...neither, except: true });
  });

  fact(ws, 'SEL-17', 'and stays there, after SO_ERROR was read too', () => {
    const s = refused();
    waitExcept(ws, s);
    expect(selectAll(ws, s)).toEqual({ count: 1, ...neither, except: true });
    const value = Int32Array.of(0);
    ws.getsockopt(s, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4));
    expect(value[0]).toBe(WSAECONNREFUSED);
    expect(selectAll(ws, s)).toEqual({ count: 1, ...neither, except: true });
  });

  fact(ws, 'SEL-20', 'after a failed connect the socket can listen and is still exceptional', (wine) => {
    const s = nonBlocking(ws, tcpSocket(ws));
    bindAny(ws, s);
    ws.connect(s, address(deadPort(ws)), 16);
    waitExcept(ws, s);
    if (wine) return expect(ws.listen(s, 1)).toBe(-1);
    expectSuccess(ws, () => ws.listen(s, 1));
    expect(selectAll(ws, s)).toEqual({ count: 1, ...neither, except: true });
    const value = Int32Array.of(0);
    ws.getsockopt(s, SOL_SOCKET, SO_ERROR, value, Int32Array.of(4));
    expect(value[0]).toBe(WSAECONNREFUSED);
  });

  fact(ws, 'SEL-21', 'after a failed connect a good one makes it writable', (wine) => {
    const s = refused();
    waitExcept(ws, s);
    const { port } = listener(ws);
    expectError(ws, () => ws.connect(s, address(port), 16), wine ? WSAECONNABORTED : WSAEWOULDBLOCK);
    if (wine) return;
    waitWritable(ws, s);
    expect(selectAll(ws, s)).toEqual({ count: 1, ...neither, write: true });
  });

  fact(ws, 'SEL-22', 'the timeout is not changed', () => {
    const { s, port } = listener(ws);
    const timeout = Int32Array.of(1, 250_000);
    connected(ws, port);
    ws.select(0, setOf(s), null, null, timeout);
    expect([...timeout]).toEqual([1, 250_000]);
  });

  fact(ws, 'SEL-25', 'a socket listed twice counts once', () => {
    const { client } = tcpPair(ws);
    const set = setOf(client);
    const width = process.arch === 'ia32' ? 4 : 8;
    set.copyWithin(width + width, width, width + width);
    set.fd_count = 2;
    expectSuccess(ws, () => ws.select(0, null, set, null, milliseconds(1000)), 1);
    expect(set.fd_count).toBe(1);
    set.fd_count = 2;
    expect([...set]).toEqual([client, client]);
  });

  fact(ws, 'SEL-26', 'one set as readfds and writefds: writable alone keeps the socket', () => {
    const { client } = tcpPair(ws);
    const set = setOf(client);
    expectSuccess(ws, () => ws.select(0, set, set, null, milliseconds(1000)), 1);
    expect([...set]).toEqual([client]);
  });

  function fill(s: SOCKET): void {
    nonBlocking(ws, s);
    const block = Buffer.alloc(1 << 20);
    while (ws.select(0, null, setOf(s), null, milliseconds(100)) === 1) {
      if (ws.send(s, block, block.length, 0) === -1) expect(ws.WSAGetLastError()).toBe(WSAEWOULDBLOCK);
    }
  }

  fact(ws, 'SEL-28', 'one set as both: a socket that is neither leaves it', () => {
    const { client, server } = tcpPair(ws);
    fill(client);
    waitReadable(ws, server);
    const set = setOf(client, server);
    expectSuccess(ws, () => ws.select(0, set, set, null, milliseconds(1000)), 1);
    expect([...set]).toEqual([server]);
  });

  fact(ws, 'SEL-29', 'one set as both: readable alone keeps the socket', () => {
    const { client, server } = tcpPair(ws);
    fill(client);
    waitReadable(ws, server);
    sendText(ws, server, 'test');
    waitReadable(ws, client);
    const set = setOf(client, server);
    expectSuccess(ws, () => ws.select(0, set, set, null, milliseconds(1000)), 2);
    expect([...set]).toEqual([client, server]);
  });

  fact(ws, 'SEL-32', 'a socket whose peer never reads is not writable in the end', () => {
    const { client } = tcpPair(ws);
    fill(client);
    expect(selectAll(ws, client)).toEqual({ count: 0, ...neither });
  });

  fact(ws, 'SEL-33', 'a connected UDP socket is always writable', () => {
    const { port } = boundUdp(ws);
    const s = udpSocket(ws);
    ws.connect(s, address(port), 16);
    const datagram = Buffer.alloc(1000);
    for (let i = 0; i < 500; i++) {
      expect(ws.send(s, datagram, 1000, 0)).toBe(1000);
      expect(ws.select(0, null, setOf(s), null, now)).toBe(1);
    }
  });

  rule(ws, 'a set whose memory ends after its count is WSAEFAULT, and nothing is touched', () => {
    const { client } = tcpPair(ws);
    const set = setOf(client);
    set.fd_count = 3;
    const short = new Uint8Array(set.buffer, set.byteOffset, process.arch === 'ia32' ? 8 : 16);
    const before = [...short];
    expectError(ws, () => ws.select(0, null, short, null, now), WSAEFAULT);
    expect([...short]).toEqual(before);
    expectError(ws, () => ws.select(0, null, new Uint8Array(2), null, now), WSAEFAULT);
  });

  rule(ws, 'a set exactly as long as its sockets serves', () => {
    const { client } = tcpPair(ws);
    const set = setOf(client);
    const exact = new Uint8Array(set.buffer, set.byteOffset, process.arch === 'ia32' ? 8 : 16);
    expectSuccess(ws, () => ws.select(0, null, exact, null, milliseconds(1000)), 1);
  });

  rule(ws, 'a timeval of less than 8 bytes is WSAEFAULT', () => {
    const { client } = tcpPair(ws);
    expectError(ws, () => ws.select(0, null, setOf(client), null, new Uint8Array(4)), WSAEFAULT);
  });

  rule(ws, 'no timeout waits until something is ready', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'x');
    expectSuccess(ws, () => ws.select(0, setOf(server), null, null, null), 1);
  });

  for (const n of [100, 1000]) {
    rule(ws, `select over ${n} sockets finds the one that is ready`, () => {
      const { s, port } = listener(ws);
      const idle = Array.from({ length: n - 1 }, () => tcpSocket(ws));
      const set = setOf(...idle, s);
      expect(set.fd_count).toBe(n);
      connected(ws, port);
      waitReadable(ws, s);
      expectSuccess(ws, () => ws.select(0, set, null, null, milliseconds(2000)), 1);
      expect([...set]).toEqual([s]);
    });
  }

  rule(ws, 'select over 100 connections reports all of them, in their order', () => {
    const { s, port } = listener(ws, 200);
    const sockets: SOCKET[] = [];
    for (let i = 0; i < 50; i++) sockets.push(connected(ws, port), accepted(ws, s));
    for (const socket of sockets) waitWritable(ws, socket);
    const set = new fd_set(100);
    for (const socket of sockets) FD_SET(socket, set);
    expectSuccess(ws, () => ws.select(0, null, set, null, milliseconds(2000)), 100);
    expect([...set]).toEqual(sockets);
  });
});
