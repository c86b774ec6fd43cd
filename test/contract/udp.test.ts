import { expect } from 'vitest';
import {
  AF_INET6,
  IPPROTO_UDP,
  MSG_PEEK,
  SO_BROADCAST,
  SO_RCVTIMEO,
  SOCK_DGRAM,
  type SOCKET,
  SOL_SOCKET,
  WSAEACCES,
  WSAECONNRESET,
  WSAEDESTADDRREQ,
  WSAEFAULT,
  WSAEINVAL,
  WSAEMSGSIZE,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAETIMEDOUT,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded, pattern } from '../support/memory.js';
import {
  ANY,
  address,
  boundUdp,
  closedSocket,
  expectError,
  expectSuccess,
  ipOf,
  LOOPBACK,
  must,
  nameOf,
  nonBlocking,
  portOf,
  selectAll,
  track,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const send = (s: SOCKET, text: string, port: number) =>
    ws.sendto(s, Buffer.from(text), text.length, 0, address(port), 16);

  function receive(s: SOCKET, size = 2048): { text: string; from: Uint8Array; length: number } {
    waitReadable(ws, s);
    const buffer = Buffer.alloc(size);
    const from = new Uint8Array(16);
    const length = Int32Array.of(16);
    const n = must(ws, 'recvfrom', ws.recvfrom(s, buffer, size, 0, from, length));
    return { text: buffer.toString('latin1', 0, n), from, length: length[0] };
  }

  rule(ws, 'sendto and recvfrom on what is no socket are WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => send(s, 'x', 9), WSAENOTSOCK);
      expectError(ws, () => ws.recvfrom(s, Buffer.alloc(4), 4, 0, null, null), WSAENOTSOCK);
    }
  });

  rule(ws, 'a datagram arrives whole, with its sender', () => {
    const to = boundUdp(ws);
    const from = boundUdp(ws);
    expectSuccess(ws, () => send(from.s, 'datagram', to.port), 8);
    const got = receive(to.s);
    expect([got.text, ipOf(got.from), portOf(got.from), got.length]).toEqual([
      'datagram',
      LOOPBACK,
      from.port,
      16,
    ]);
    expect([...got.from.subarray(8)]).toEqual(Array(8).fill(0));
  });

  rule(ws, 'datagrams keep their borders and their order', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    const texts = ['one', '', 'three', 'a'.repeat(1400)];
    for (const text of texts) expectSuccess(ws, () => send(s, text, to.port), text.length);
    expect(texts.map(() => receive(to.s).text)).toEqual(texts);
  });

  rule(
    ws,
    'a datagram of 65507 bytes arrives, one of 65508 is WSAEMSGSIZE',
    () => {
      const to = boundUdp(ws);
      const s = udpSocket(ws);
      const data = pattern(65508);
      expectSuccess(ws, () => ws.sendto(s, data, 65507, 0, address(to.port), 16), 65507);
      waitReadable(ws, to.s);
      const buffer = Buffer.alloc(65536);
      expectSuccess(ws, () => ws.recvfrom(to.s, buffer, buffer.length, 0, null, null), 65507);
      expect(buffer.subarray(0, 65507).equals(data.subarray(0, 65507))).toBe(true);
      expectError(ws, () => ws.sendto(s, data, 65508, 0, address(to.port), 16), WSAEMSGSIZE);
    },
    'largest datagram',
  );

  rule(ws, 'a datagram longer than the buffer is WSAEMSGSIZE, its beginning there, its rest lost', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    send(s, 'longer than that', to.port);
    send(s, 'next', to.port);
    waitReadable(ws, to.s);
    const { view, intact } = guarded(6, 0);
    expectError(ws, () => ws.recvfrom(to.s, view, 6, 0, null, null), WSAEMSGSIZE);
    expect(Buffer.from(view).toString()).toBe('longer');
    intact();
    expect(receive(to.s).text).toBe('next');
  });

  rule(ws, 'MSG_PEEK leaves the datagram', () => {
    const to = boundUdp(ws);
    send(udpSocket(ws), 'peek', to.port);
    waitReadable(ws, to.s);
    expectSuccess(ws, () => ws.recv(to.s, Buffer.alloc(8), 8, MSG_PEEK), 4);
    expectError(ws, () => ws.recv(to.s, Buffer.alloc(2), 2, MSG_PEEK), WSAEMSGSIZE);
    expect(receive(to.s).text).toBe('peek');
  });

  rule(
    ws,
    'an address buffer that is too short is WSAEFAULT and the datagram stays',
    (wine) => {
      const to = boundUdp(ws);
      send(udpSocket(ws), 'stays', to.port);
      waitReadable(ws, to.s);
      const from = new Uint8Array(16).fill(0x41);
      const short = () => ws.recvfrom(to.s, Buffer.alloc(8), 8, 0, from, Int32Array.of(1));
      if (wine) return expectSuccess(ws, short, 5);
      expectError(ws, short, WSAEFAULT);
      expect(from[0]).toBe(0x41);
      expect(receive(to.s).text).toBe('stays');
    },
    'short from address',
  );

  fact(ws, 'UDP-02', 'a long address buffer is written no further than the address', (wine) => {
    const to = boundUdp(ws);
    send(udpSocket(ws), 'x', to.port);
    waitReadable(ws, to.s);
    const from = new Uint8Array(1024).fill(0x42);
    expectSuccess(ws, () => ws.recvfrom(to.s, Buffer.alloc(8), 8, 0, from, Int32Array.of(1024)), 1);
    expect(from.subarray(128).every((byte) => byte === 0x42)).toBe(!wine);
  });

  fact(ws, 'UDP-03', 'sends to a connected port without a listener succeed', (wine) => {
    const { s: dead, port } = boundUdp(ws);
    ws.closesocket(dead);
    const s = udpSocket(ws);
    expectSuccess(ws, () => ws.connect(s, address(port), 16));
    for (let i = 0; i < 10; i++) {
      const sent = ws.send(s, Buffer.from('ping'), 4, 0);
      expect(wine && i > 0 ? [4, -1] : [4]).toContain(sent);
    }
  });

  rule(
    ws,
    'a send to a port without a listener makes the next receive WSAECONNRESET',
    (wine) => {
      const { s: dead, port } = boundUdp(ws);
      ws.closesocket(dead);
      const s = udpSocket(ws);
      ws.connect(s, address(port), 16);
      ws.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, Int32Array.of(1000), 4);
      expect(ws.send(s, Buffer.from('ping'), 4, 0)).toBe(4);
      const code = wine ? WSAETIMEDOUT : WSAECONNRESET;
      expectError(ws, () => ws.recv(s, Buffer.alloc(8), 8, 0), code);
    },
    'UDP reset',
  );

  fact(ws, 'UDP-06', 'recv on a socket that is not bound is WSAEINVAL', (wine) => {
    const s = nonBlocking(ws, udpSocket(ws));
    expectError(ws, () => ws.recv(s, Buffer.alloc(4), 4, 0), wine ? WSAEWOULDBLOCK : WSAEINVAL);
  });

  fact(ws, 'UDP-07', 'a non-blocking recv with nothing there is WSAEWOULDBLOCK', () => {
    const { s } = boundUdp(ws);
    nonBlocking(ws, s);
    expectError(ws, () => ws.recv(s, Buffer.alloc(4), 4, 0), WSAEWOULDBLOCK);
    expectError(ws, () => ws.recvfrom(s, Buffer.alloc(4), 4, 0, null, null), WSAEWOULDBLOCK);
  });

  fact(ws, 'UDP-08', 'connect succeeds again and again', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    for (const port of [to.port, to.port, to.port + 1, to.port]) {
      expectSuccess(ws, () => ws.connect(s, address(port), 16));
    }
    const peer = new Uint8Array(16);
    expectSuccess(ws, () => ws.getpeername(s, peer, Int32Array.of(16)));
    expect(portOf(peer)).toBe(to.port);
  });

  rule(ws, 'connect to AF_UNSPEC disconnects', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    ws.connect(s, address(to.port), 16);
    expectSuccess(ws, () => ws.connect(s, new Uint8Array(16), 16));
    expectError(ws, () => ws.getpeername(s, new Uint8Array(16), Int32Array.of(16)), WSAENOTCONN);
  });

  rule(ws, 'a connected socket sends with send and hears its peer alone', () => {
    const peer = boundUdp(ws);
    const stranger = boundUdp(ws);
    const s = udpSocket(ws);
    ws.connect(s, address(peer.port), 16);
    expectSuccess(ws, () => ws.send(s, Buffer.from('hello'), 5, 0), 5);
    const { port } = { port: portOf(nameOf(ws, s)) };
    expect(portOf(receive(peer.s).from)).toBe(port);
    send(stranger.s, 'unheard', port);
    send(peer.s, 'heard', port);
    expect(receive(s).text).toBe('heard');
    expect(selectAll(ws, s).read).toBe(false);
  });

  rule(
    ws,
    'send without connect is WSAENOTCONN',
    (wine) => {
      const code = wine ? WSAEINVAL : WSAENOTCONN;
      expectError(ws, () => ws.send(udpSocket(ws), Buffer.from('x'), 1, 0), code);
    },
    'UDP send without connect',
  );

  rule(
    ws,
    'sendto without an address is WSAENOTCONN or WSAEDESTADDRREQ',
    (wine) => {
      const s = udpSocket(ws);
      expect(ws.sendto(s, Buffer.from('x'), 1, 0, null, 0)).toBe(-1);
      expect(wine ? [WSAEINVAL] : [WSAENOTCONN, WSAEDESTADDRREQ]).toContain(ws.WSAGetLastError());
    },
    'UDP send without connect',
  );

  rule(ws, 'sendto with a short or overlong address is WSAEFAULT', () => {
    const s = udpSocket(ws);
    expectError(ws, () => ws.sendto(s, Buffer.from('x'), 1, 0, address(9), 15), WSAEFAULT);
    expectError(ws, () => ws.sendto(s, Buffer.from('x'), 1, 0, address(9).subarray(0, 9), 16), WSAEFAULT);
  });

  fact(ws, 'UDP-11', 'sendto binds a socket that was not bound', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    expectSuccess(ws, () => send(s, 'x', to.port), 1);
    const name = nameOf(ws, s);
    expect([name[0], ipOf(name), portOf(name) > 0]).toEqual([2, ANY, true]);
    expect(portOf(receive(to.s).from)).toBe(portOf(name));
  });

  fact(
    ws,
    'UDP-21',
    'a broadcast address needs SO_BROADCAST for sendto, not for connect and send',
    (wine) => {
      const s = udpSocket(ws);
      const everyone = address(12345, '255.255.255.255');
      const toAll = () => ws.sendto(s, Buffer.from('test'), 4, 0, everyone, 16);
      expectError(ws, toAll, WSAEACCES);
      if (wine) return expectError(ws, () => ws.connect(s, everyone, 16), WSAEACCES);
      expectSuccess(ws, () => ws.connect(s, everyone, 16));
      const value = Int32Array.of(1);
      expectSuccess(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_BROADCAST, value, Int32Array.of(4)));
      expect(value[0]).toBe(0);
      expectError(ws, toAll, WSAEACCES);
    },
  );

  fact(ws, 'UDP-22', 'an IPv6 socket sends to ff01::1 without any option', () => {
    const s = track(ws, must(ws, 'socket', ws.socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP)));
    const to = new Uint8Array(28);
    to.set([AF_INET6, 0, 0x30, 0x39]);
    to.set([0xff, 1], 8);
    to[23] = 1;
    expectSuccess(ws, () => ws.sendto(s, Buffer.from('test'), 4, 0, to, 28), 4);
  });

  rule(
    ws,
    'SO_RCVTIMEO ends a blocking recvfrom with WSAETIMEDOUT',
    () => {
      const { s } = boundUdp(ws);
      ws.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, Int32Array.of(100), 4);
      expectError(ws, () => ws.recvfrom(s, Buffer.alloc(4), 4, 0, null, null), WSAETIMEDOUT);
    },
    'SO_RCVTIMEO',
  );

  rule(ws, 'a length beyond the view is WSAEFAULT and the datagram stays', () => {
    const to = boundUdp(ws);
    send(udpSocket(ws), 'stays', to.port);
    waitReadable(ws, to.s);
    const { view, intact } = guarded(4, 0xcc);
    expectError(ws, () => ws.recvfrom(to.s, view, 8, 0, null, null), WSAEFAULT);
    expectError(ws, () => ws.recvfrom(to.s, view, -1, 0, null, null), WSAEFAULT);
    expect(view.every((byte) => byte === 0xcc)).toBe(true);
    intact();
    expect(receive(to.s).text).toBe('stays');
  });

  rule(ws, 'a datagram that was sent right before closesocket arrives', () => {
    const to = boundUdp(ws);
    const s = udpSocket(ws);
    send(s, 'last words', to.port);
    ws.closesocket(s);
    expect(receive(to.s).text).toBe('last words');
  });
});
