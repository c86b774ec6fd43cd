import { expect } from 'vitest';
import {
  INVALID_SOCKET,
  IPPROTO_TCP,
  SO_EXCLUSIVEADDRUSE,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDTIMEO,
  SOL_SOCKET,
  TCP_NODELAY,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import {
  accepted,
  address,
  boundUdp,
  closedSocket,
  connected,
  errorAfterSuccess,
  expectError,
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
  track,
  waitReadable,
} from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';

forEachBinding((ws) => {
  rule(ws, 'accept on what is no socket is WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.accept(s, null, null), WSAENOTSOCK);
    }
  });

  rule(ws, 'accept without listen is WSAEINVAL', () => {
    expectError(ws, () => ws.accept(tcpSocket(ws), null, null), WSAEINVAL);
    const s = tcpSocket(ws);
    ws.bind(s, address(0), 16);
    expectError(ws, () => ws.accept(s, null, null), WSAEINVAL);
    expectError(ws, () => ws.accept(tcpPair(ws).client, null, null), WSAEINVAL);
  });

  rule(ws, 'accept on a UDP socket is WSAEOPNOTSUPP', () => {
    expectError(ws, () => ws.accept(boundUdp(ws).s, null, null), WSAEOPNOTSUPP);
  });

  rule(ws, 'a non-blocking accept with nobody waiting is WSAEWOULDBLOCK', () => {
    const { s } = listener(ws);
    nonBlocking(ws, s);
    expectError(ws, () => ws.accept(s, null, null), WSAEWOULDBLOCK);
  });

  fact(ws, 'ACC-01', 'accept without an address gives a socket and sets the last error to 0', () => {
    const { s, port } = listener(ws);
    connected(ws, port);
    ws.WSASetLastError(MARKER);
    const server = track(ws, ws.accept(s, null, null));
    expect({ made: server > 0, error: errorAfterSuccess(ws) }).toEqual({ made: true, error: 0 });
  });

  fact(ws, 'ACC-01', 'a length without an address is not looked at', () => {
    const { s, port } = listener(ws);
    connected(ws, port);
    expect(track(ws, ws.accept(s, null, Int32Array.of(0)))).toBeGreaterThan(0);
  });

  fact(ws, 'ACC-03', 'a longer buffer is filled with the address and the length comes down to 16', (wine) => {
    const { s, port } = listener(ws);
    const client = connected(ws, port);
    const { view, intact } = guarded(128, 0xcc);
    const length = Int32Array.of(128);
    expect(track(ws, ws.accept(s, view, length))).toBeGreaterThan(0);
    expect(length[0]).toBe(16);
    expect([view[0], ipOf(view), portOf(view)]).toEqual([2, LOOPBACK, portOf(nameOf(ws, client))]);
    expect([...view.subarray(8, 16)]).toEqual(Array(8).fill(0));
    expect(view.subarray(16).every((byte) => byte === 0xcc)).toBe(!wine);
    intact();
  });

  rule(ws, 'an address shorter than sockaddr_in is WSAEFAULT', () => {
    const { s, port } = listener(ws);
    connected(ws, port);
    waitReadable(ws, s);
    const { view, intact } = guarded(15, 0xcc);
    expectError(ws, () => ws.accept(s, view, Int32Array.of(15)), WSAEFAULT);
    intact();
  });

  rule(ws, 'a length beyond the view is WSAEFAULT and touches nothing', () => {
    const { s, port } = listener(ws);
    connected(ws, port);
    waitReadable(ws, s);
    const { view, intact } = guarded(8, 0xcc);
    expectError(ws, () => ws.accept(s, view, Int32Array.of(16)), WSAEFAULT);
    expect(view.every((byte) => byte === 0xcc)).toBe(true);
    intact();
  });

  rule(ws, 'connections are accepted in the order of their connects', () => {
    const { s, port } = listener(ws, 200);
    const clients = Array.from({ length: 50 }, () => connected(ws, port));
    for (const client of clients) {
      const name = new Uint8Array(16);
      expect(track(ws, ws.accept(s, name, Int32Array.of(16)))).toBeGreaterThan(0);
      expect(portOf(name)).toBe(portOf(nameOf(ws, client)));
    }
  });

  rule(ws, 'data that was sent before the accept is there', () => {
    const { s, port } = listener(ws);
    sendText(ws, connected(ws, port), 'early');
    expect(recvText(ws, accepted(ws, s))).toBe('early');
  });

  rule(ws, 'a connection that its client has closed can still be accepted and read', () => {
    const { s, port } = listener(ws);
    const client = connected(ws, port);
    sendText(ws, client, 'bye');
    ws.closesocket(client);
    const server = accepted(ws, s);
    expect(recvText(ws, server)).toBe('bye');
    waitReadable(ws, server);
    expect(ws.recv(server, Buffer.alloc(8), 8, 0)).toBe(0);
  });

  rule(ws, 'an accepted socket is as blocking as its listener', () => {
    const { s, port } = listener(ws);
    nonBlocking(ws, s);
    connected(ws, port);
    waitReadable(ws, s);
    const server = accepted(ws, s);
    expectError(ws, () => ws.recv(server, Buffer.alloc(8), 8, 0), WSAEWOULDBLOCK);
  });

  rule(
    ws,
    "an accepted socket inherits the listener's options",
    () => {
      const { s, port } = listener(ws);
      ws.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, Int32Array.of(5000), 4);
      ws.setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, Int32Array.of(7000), 4);
      ws.setsockopt(s, SOL_SOCKET, SO_RCVBUF, Int32Array.of(16384), 4);
      ws.setsockopt(s, IPPROTO_TCP, TCP_NODELAY, Int32Array.of(1), 4);
      connected(ws, port);
      const server = accepted(ws, s);
      const read = (level: number, option: number) => {
        const value = Int32Array.of(0);
        expect(ws.getsockopt(server, level, option, value, Int32Array.of(4))).toBe(0);
        return value[0];
      };
      expect(read(SOL_SOCKET, SO_RCVTIMEO)).toBe(5000);
      expect(read(SOL_SOCKET, SO_SNDTIMEO)).toBe(7000);
      expect(read(IPPROTO_TCP, TCP_NODELAY)).toBe(1);
    },
    'inherited options',
  );

  rule(ws, 'the listener goes on after its first connection is closed', () => {
    const { s, port } = listener(ws);
    for (let i = 0; i < 20; i++) {
      const client = connected(ws, port);
      const server = accepted(ws, s);
      ws.closesocket(server);
      ws.closesocket(client);
    }
    expect(selectAll(ws, s).count).toBe(0);
  });

  rule(ws, 'accepted sockets outlive their listener', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, server, 'still here');
    expect(recvText(ws, client)).toBe('still here');
  });

  rule(ws, 'a blocking accept waits for the connection of another thread', async () => {
    const { s, port } = listener(ws);
    const client = inThread(
      ws,
      (ws, name) => {
        const s = ws.socket(2, 1, 6);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        return ws.connect(s, name, 16) === 0 ? s : -1;
      },
      address(port),
    );
    await client.started;
    expect(track(ws, ws.accept(s, null, null))).toBeGreaterThan(0);
    track(ws, (await client.result).value);
  });

  fact(ws, 'ACC-07', 'closing the listener ends an accept that waits in another thread', async () => {
    const { s } = listener(ws);
    const waiting = inThread(ws, (ws, s) => ws.accept(s, null, null), s);
    await waiting.started;
    await letBlock();
    ws.closesocket(s);
    expect((await waiting.result).value).toBe(INVALID_SOCKET);
  });

  rule(ws, 'SO_EXCLUSIVEADDRUSE on the listener does not keep connections out', () => {
    const s = tcpSocket(ws);
    ws.setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, Int32Array.of(1), 4);
    ws.bind(s, address(0), 16);
    ws.listen(s, 5);
    connected(ws, portOf(nameOf(ws, s)));
    accepted(ws, s);
  });
});
