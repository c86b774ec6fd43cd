import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import {
  AF_INET,
  FIONREAD,
  INVALID_SOCKET,
  IPPROTO_TCP,
  SD_SEND,
  SO_KEEPALIVE,
  SOCK_STREAM,
  SOL_SOCKET,
  WSAEINVAL,
  WSAENOTSOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  address,
  boundUdp,
  close,
  expectError,
  expectSuccess,
  lastError,
  MARKER,
  tcpPair,
  tcpSocket,
  track,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';
import { inThread } from '../support/threads.js';

forEachBinding((ws) => {
  rule(ws, 'WSASetLastError stores a C int', () => {
    for (const [set, got] of [
      [0, 0],
      [10048, 10048],
      [-1, -1],
      [0xdeadbeef, 0xdeadbeef | 0],
      [2 ** 32 + 5, 5],
    ]) {
      ws.WSASetLastError(set);
      expect(lastError(ws)).toBe(got);
      expect(lastError(ws)).toBe(got);
    }
  });

  fact(ws, 'ERR-02', 'a call that succeeds sets the last error to 0', () => {
    const s = tcpSocket(ws);
    const value = Int32Array.of(1);
    expectSuccess(ws, () => ws.setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value, 4));
    expectSuccess(ws, () => ws.getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value, Int32Array.of(4)));
    expectSuccess(ws, () => ws.ioctlsocket(s, FIONREAD, Uint32Array.of(0)));
    const { client, server } = tcpPair(ws);
    expectSuccess(ws, () => ws.send(client, Buffer.from('ab'), 2, 0), 2);
    waitReadable(ws, server);
    expectSuccess(ws, () => ws.recv(server, Buffer.alloc(2), 2, 0), 2);
    const to = boundUdp(ws);
    const from = udpSocket(ws);
    expectSuccess(ws, () => ws.sendto(from, Buffer.from('x'), 1, 0, address(to.port), 16), 1);
    waitReadable(ws, to.s);
    const name = new Uint8Array(16);
    expectSuccess(ws, () => ws.recvfrom(to.s, Buffer.alloc(2), 2, 0, name, Int32Array.of(16)), 1);
    ws.WSASetLastError(MARKER);
    track(ws, ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
    expect(lastError(ws)).toBe(0);
  });

  fact(ws, 'ERR-03', 'so do bind, listen, shutdown and getsockname', () => {
    const s = tcpSocket(ws);
    expectSuccess(ws, () => ws.bind(s, address(0), 16));
    expectSuccess(ws, () => ws.getsockname(s, new Uint8Array(16), Int32Array.of(16)));
    expectSuccess(ws, () => ws.listen(s, 5));
    const { client } = tcpPair(ws);
    expectSuccess(ws, () => ws.shutdown(client, SD_SEND));
  });

  for (const [name, call] of [
    ['closesocket', (s: number) => ws.closesocket(s)],
    ['gethostname', () => ws.gethostname(Buffer.alloc(256), 256)],
    ['connect of UDP', (s: number) => ws.connect(s, address(9), 16)],
  ] as const) {
    rule(
      ws,
      `so does ${name}`,
      (wine) => {
        const s = udpSocket(ws);
        ws.WSASetLastError(MARKER);
        expect(call(s)).toBe(0);
        expect(lastError(ws)).toBe(wine ? MARKER : 0);
      },
      'success clears the last error',
    );
  }

  fact(ws, 'ERR-05', 'recv at the end of the stream sets the last error to 0', () => {
    const { client, server } = tcpPair(ws);
    close(ws, client);
    waitReadable(ws, server);
    expectSuccess(ws, () => ws.recv(server, Buffer.alloc(4), 4, 0), 0);
  });

  fact(ws, 'ERR-09', 'a bad handle is told before bad pointers', () => {
    const bad = null as never;
    expectError(ws, () => ws.getpeername(INVALID_SOCKET, bad, bad), WSAENOTSOCK);
    expectError(ws, () => ws.getsockname(INVALID_SOCKET, bad, bad), WSAENOTSOCK);
    expectError(ws, () => ws.getsockopt(INVALID_SOCKET, SOL_SOCKET, SO_KEEPALIVE, bad, bad), WSAENOTSOCK);
    expectError(ws, () => ws.setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_KEEPALIVE, bad, 4), WSAENOTSOCK);
    expectError(ws, () => ws.bind(INVALID_SOCKET, bad, 16), WSAENOTSOCK);
    expectError(ws, () => ws.connect(INVALID_SOCKET, bad, 16), WSAENOTSOCK);
    expectError(ws, () => ws.send(INVALID_SOCKET, bad, 4, 0), WSAENOTSOCK);
    expectError(ws, () => ws.ioctlsocket(INVALID_SOCKET, FIONREAD, bad), WSAENOTSOCK);
  });

  rule(ws, 'the last error survives what Node does in between', async () => {
    expectError(ws, () => ws.listen(tcpSocket(ws), 5), WSAEINVAL);
    const file = fileURLToPath(import.meta.url);
    readFileSync(file);
    statSync(file);
    try {
      readFileSync(`${file}.not-there`);
    } catch {}
    Array.from({ length: 200_000 }, (_, i) => ({ i })).map(({ i }) => [i]);
    await delay(20);
    await import('node:dns').then(({ promises }) => promises.lookup('localhost'));
    expect(lastError(ws)).toBe(WSAEINVAL);
  });

  rule(ws, 'the last error survives garbage collection', async () => {
    const { setFlagsFromString } = await import('node:v8');
    const { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    for (let i = 0; i < 20; i++) {
      ws.WSASetLastError(MARKER + i);
      gc();
      expect(lastError(ws)).toBe(MARKER + i);
    }
  });

  rule(ws, "the last error is the thread's own", async () => {
    ws.WSASetLastError(MARKER);
    const other = inThread(ws, (ws) => {
      const before = ws.WSAGetLastError();
      ws.closesocket(-1);
      return before;
    });
    expect(await other.result).toEqual({ value: 0, error: WSAENOTSOCK });
    expect(lastError(ws)).toBe(MARKER);
  });

  rule(ws, 'a TypeError leaves the last error alone', () => {
    ws.WSASetLastError(MARKER);
    expect(() => ws.closesocket('1' as never)).toThrow(TypeError);
    expect(lastError(ws)).toBe(MARKER);
  });
});
