import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { FD_ISSET, WSAEINVAL, WSAENOTSOCK } from '../../src/ws2_32/index.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { programFor } from '../support/programs.js';
import {
  closedSocket,
  connected,
  lastError,
  listener,
  MARKER,
  milliseconds,
  sendText,
  setOf,
  tcpPair,
} from '../support/sockets.js';

forEachBinding((ws) => {
  rule(ws, 'selectAsync leaves the event loop running and resolves when something is ready', async () => {
    const { s, port } = listener(ws);
    const read = setOf(s);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const waiting = ws.selectAsync(0, read, null, null, milliseconds(10_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
    connected(ws, port);
    expect(await waiting).toBe(1);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    expect(FD_ISSET(s, read)).toBe(1);
  });

  rule(ws, 'selectAsync resolves to 0 when the time is over, the sets emptied', async () => {
    const { s } = listener(ws);
    const read = setOf(s);
    const begin = performance.now();
    expect(await ws.selectAsync(0, read, null, null, milliseconds(150))).toBe(0);
    expect(performance.now() - begin).toBeGreaterThan(120);
    expect(read.fd_count).toBe(0);
  });

  rule(ws, 'selectAsync fails as select does, with the last error set when it resolves', async () => {
    ws.WSASetLastError(MARKER);
    expect(await ws.selectAsync(0, null, null, null, milliseconds(10))).toBe(-1);
    expect(lastError(ws)).toBe(WSAEINVAL);
    const closed = closedSocket(ws);
    expect(await ws.selectAsync(0, setOf(closed), null, null, milliseconds(10))).toBe(-1);
    expect(lastError(ws)).toBe(WSAENOTSOCK);
  });

  rule(ws, 'the last error is 0 when selectAsync resolves to a count', async () => {
    const { client } = tcpPair(ws);
    const waiting = ws.selectAsync(0, null, setOf(client), null, milliseconds(1000));
    ws.WSASetLastError(MARKER);
    expect(await waiting).toBe(1);
    expect(lastError(ws)).toBe(0);
  });

  rule(ws, 'no two selectAsync resolve in one turn: each awaiter reads its own error', async () => {
    const { client } = tcpPair(ws);
    const closed = closedSocket(ws);
    const errors = await Promise.all([
      ws.selectAsync(0, null, null, null, null).then(() => lastError(ws)),
      ws.selectAsync(0, setOf(closed), null, null, null).then(() => lastError(ws)),
      ws.selectAsync(0, null, setOf(client), null, null).then(() => lastError(ws)),
    ]);
    expect(errors).toEqual([WSAEINVAL, WSAENOTSOCK, 0]);
  });

  rule(ws, 'twenty selectAsync at once each see their own socket', async () => {
    const pairs = Array.from({ length: 20 }, () => tcpPair(ws));
    const waiting = pairs.map(({ server }) => {
      const read = setOf(server);
      return ws.selectAsync(0, read, null, null, milliseconds(5000)).then((count) => [count, [...read]]);
    });
    for (const { client } of pairs.toReversed()) sendText(ws, client, 'x');
    expect(await Promise.all(waiting)).toEqual(pairs.map(({ server }) => [1, [server]]));
  });

  rule(ws, 'calls work while a selectAsync is under way', async () => {
    const { client, server } = tcpPair(ws);
    const waiting = ws.selectAsync(0, setOf(server), null, null, milliseconds(5000));
    expect(ws.select(0, null, setOf(client), null, milliseconds(1000))).toBe(1);
    sendText(ws, client, 'x');
    expect(await waiting).toBe(1);
  });

  rule(ws, 'a selectAsync under way keeps the process alive until it resolves', async () => {
    const child = spawn(
      process.execPath,
      programFor(
        ws,
        `ws.WSAStartup(0x0202, new WSADATA());
        const s = ws.socket(2, 1, 6);
        ws.bind(s, new Uint8Array([2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), 16);
        ws.listen(s, 5);
        const set = new fd_set();
        FD_SET(s, set);
        ws.selectAsync(0, set, null, null, Int32Array.of(0, 300000)).then((n) => process.exit(n === 0 ? 42 : 1));`,
      ),
      { stdio: 'ignore' },
    );
    const [code] = await once(child, 'exit');
    expect(code).toBe(42);
  });
});
