import { expect } from 'vitest';
import {
  FD_ISSET,
  FD_SET,
  FD_ZERO,
  fd_set,
  INVALID_SOCKET,
  SO_LINGER,
  SOL_SOCKET,
  WSAECONNRESET,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { pattern } from '../support/memory.js';
import {
  address,
  boundUdp,
  close,
  closedSocket,
  connected,
  expectError,
  expectSuccess,
  listener,
  nonBlocking,
  recvAll,
  sendText,
  tcpPair,
  tcpSocket,
  waitReadable,
} from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';

/** fd_set of one socket, in a thread that has no import of ours. */
function setBytes(s: number): Uint8Array {
  const set = new fd_set();
  FD_ZERO(set);
  FD_SET(s, set);
  return new Uint8Array(set);
}

forEachBinding((ws) => {
  rule(ws, 'closesocket of what is no socket is WSAENOTSOCK', () => {
    for (const s of [0, -1, INVALID_SOCKET, 0xdeac]) expectError(ws, () => ws.closesocket(s), WSAENOTSOCK);
  });

  rule(ws, 'a second closesocket is WSAENOTSOCK', () => {
    const s = closedSocket(ws);
    expectError(ws, () => ws.closesocket(s), WSAENOTSOCK);
  });

  rule(ws, 'closesocket succeeds in every state', () => {
    const { client } = tcpPair(ws);
    for (const s of [tcpSocket(ws), boundUdp(ws).s, listener(ws).s, client]) {
      expectSuccess(ws, () => ws.closesocket(s));
    }
  });

  fact(
    ws,
    'CLS-02',
    'closing a socket that another thread selects for reading makes it readable',
    async () => {
      const { client } = tcpPair(ws);
      const waiting = inThread(
        ws,
        (ws, read, except) => [
          ws.select(0, read, null, except, new Int32Array([5, 0])),
          new DataView(read.buffer).getUint32(0, true),
        ],
        setBytes(client),
        setBytes(client),
      );
      await waiting.started;
      await letBlock();
      close(ws, client);
      expect((await waiting.result).value).toEqual([1, 1]);
    },
  );

  fact(
    ws,
    'CLS-03',
    'closing a socket that another thread selects in exceptfds alone is WSAENOTSOCK',
    async () => {
      const { client } = tcpPair(ws);
      const waiting = inThread(
        ws,
        (ws, except) => [
          ws.select(0, null, null, except, new Int32Array([5, 0])),
          new DataView(except.buffer).getUint32(0, true),
        ],
        setBytes(client),
      );
      await waiting.started;
      await letBlock();
      close(ws, client);
      expect(await waiting.result).toEqual({ value: [-1, 0], error: WSAENOTSOCK });
    },
  );

  rule(ws, 'closing a socket ends a recv that waits in another thread', async () => {
    const { client } = tcpPair(ws);
    const waiting = inThread(ws, (ws, s) => ws.recv(s, new Uint8Array(8), 8, 0), client);
    await waiting.started;
    await letBlock();
    close(ws, client);
    expect((await waiting.result).value).toBe(-1);
  });

  fact(ws, 'CLS-05', 'what was sent before closesocket is delivered, then the end of the stream', () => {
    const { client, server } = tcpPair(ws);
    const data = pattern(3 << 20);
    nonBlocking(ws, client);
    expect(ws.send(client, data, data.length, 0)).toBe(data.length);
    expectSuccess(ws, () => ws.closesocket(client));
    expect(recvAll(ws, server).equals(data)).toBe(true);
  });

  rule(ws, 'a blocking send of 3 MiB followed by closesocket loses nothing', async () => {
    const { client, server } = tcpPair(ws);
    const sending = inThread(
      ws,
      (ws, s) => {
        const block = new Uint8Array(3 << 20).fill(7);
        const sent = ws.send(s, block, block.length, 0);
        return ws.closesocket(s) === 0 ? sent : -1;
      },
      client,
    );
    await sending.started;
    const all = recvAll(ws, server);
    expect(all.length).toBe(3 << 20);
    expect(all.every((byte) => byte === 7)).toBe(true);
    expect((await sending.result).value).toBe(3 << 20);
  });

  fact(ws, 'CLS-06', 'SO_LINGER {1, 0} makes closesocket a reset', (wine) => {
    const { client, server } = tcpPair(ws);
    expectSuccess(ws, () => ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0), 4));
    close(ws, client);
    waitReadable(ws, server);
    if (wine) return expectSuccess(ws, () => ws.recv(server, Buffer.alloc(8), 8, 0), 0);
    expectError(ws, () => ws.recv(server, Buffer.alloc(8), 8, 0), WSAECONNRESET);
  });

  rule(ws, 'SO_LINGER {1, 5} delivers what was sent before closesocket returns', () => {
    const { client, server } = tcpPair(ws);
    ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 5), 4);
    sendText(ws, client, 'lingering');
    expectSuccess(ws, () => ws.closesocket(client));
    expect(recvAll(ws, server).toString()).toBe('lingering');
  });

  rule(
    ws,
    'a non-blocking socket with a time to linger and data unsent stays open: WSAEWOULDBLOCK',
    (wine) => {
      const { client, server } = tcpPair(ws);
      nonBlocking(ws, client);
      ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 5), 4);
      const block = pattern(8 << 20);
      const sent = ws.send(client, block, block.length, 0);
      if (wine) return expectSuccess(ws, () => ws.closesocket(client));
      expectError(ws, () => ws.closesocket(client), WSAEWOULDBLOCK);
      for (let received = 0; received < sent; ) {
        const n = ws.recv(server, block, block.length, 0);
        expect(n).toBeGreaterThan(0);
        received += n;
      }
      // "The application must call closesocket again": the last acknowledgement may still be on its way.
      while (ws.closesocket(client) !== 0) expect(ws.WSAGetLastError()).toBe(WSAEWOULDBLOCK);
      expect(ws.recv(server, block, 1, 0)).toBe(0);
    },
    'closesocket with a time to linger, non-blocking',
  );

  rule(ws, 'a listener closed with connections waiting gives them up', () => {
    const { s, port } = listener(ws);
    const clients = Array.from({ length: 5 }, () => connected(ws, port));
    close(ws, s);
    for (const client of clients) {
      waitReadable(ws, client);
      expect(ws.recv(client, Buffer.alloc(8), 8, 0)).toBeLessThanOrEqual(0);
    }
  });

  rule(ws, 'every call on a closed socket is WSAENOTSOCK', () => {
    const s = closedSocket(ws);
    const view = address(9);
    const length = Int32Array.of(16);
    for (const call of [
      () => ws.bind(s, view, 16),
      () => ws.listen(s, 1),
      () => ws.accept(s, null, null),
      () => ws.connect(s, view, 16),
      () => ws.send(s, view, 1, 0),
      () => ws.sendto(s, view, 1, 0, view, 16),
      () => ws.recv(s, view, 1, 0),
      () => ws.recvfrom(s, view, 1, 0, null, null),
      () => ws.shutdown(s, 2),
      () => ws.getsockname(s, view, length),
      () => ws.getpeername(s, view, length),
      () => ws.getsockopt(s, SOL_SOCKET, SO_LINGER, view, length),
      () => ws.setsockopt(s, SOL_SOCKET, SO_LINGER, view, 4),
      () => ws.ioctlsocket(s, 0x4004667f, view),
    ]) {
      expectError(ws, call, WSAENOTSOCK);
    }
  });

  rule(ws, 'the number of a closed socket is not answered for by its successor', () => {
    const s = closedSocket(ws);
    const next = tcpSocket(ws);
    if (next !== s) expectError(ws, () => ws.listen(s, 1), WSAENOTSOCK);
    expect(FD_ISSET(next, setBytesView(next))).toBeTruthy();
  });

  function setBytesView(s: number): fd_set {
    const set = new fd_set();
    FD_SET(s, set);
    return set;
  }
});
