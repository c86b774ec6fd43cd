import { describe, expect, it } from 'vitest';
import { program } from './program.js';

describe('net: a limit is reached', () => {
  const small = { WINSOCK_NET_ARENA_BYTES: String(4 << 20), WINSOCK_EXIT_WAIT: '0' };

  it('memory that is used up is WSAENOBUFS, and what is open lives on', async () => {
    const { lines } = await program(
      `const ws = start();
      const { s, name } = bound(ws, 1);
      ws.listen(s, 5);
      const client = ws.socket(2, 1, 6);
      ws.connect(client, name, 16);
      const server = ws.accept(s, null, null);
      nonblocking(ws, client);
      const much = Buffer.alloc(64 << 20);
      const sent = ws.send(client, much, much.length, 0);
      console.log(sent > 0 && sent < much.length ? 'short' : ws.WSAGetLastError());
      const code = ws.send(client, much, much.length, 0) === -1 ? ws.WSAGetLastError() : 0;
      console.log(code === 10055 || code === 0);
      const other = ws.socket(2, 1, 6);
      ws.connect(other, name, 16);
      const there = ws.accept(s, null, null);
      console.log(ws.send(other, Buffer.from('lives'), 5, 0));
      const buffer = Buffer.alloc(5);
      console.log(ws.recv(there, buffer, 5, 0), buffer.toString());
      process.exit(0);`,
      small,
    );
    expect(lines).toEqual(['short', 'true', '5', '5 lives']);
  });

  it('what arrives while memory is used up waits, and is all there later', async () => {
    const { lines } = await program(
      `const ws = start();
      const { s, name } = bound(ws, 1);
      ws.listen(s, 20);
      const block = Buffer.alloc(1 << 20).map((_, i) => i % 251);
      const pairs = Array.from({ length: 12 }, () => {
        const client = ws.socket(2, 1, 6);
        ws.connect(client, name, 16);
        const server = ws.accept(s, null, null);
        nonblocking(ws, client);
        return { client, server, sent: Math.max(0, ws.send(client, block, block.length, 0)) };
      });
      await pause(100);
      const buffer = Buffer.alloc(50_000);
      const open = new Set(pairs);
      for (const pair of pairs) { pair.at = 0; ws.closesocket(pair.client); nonblocking(ws, pair.server); }
      while (open.size > 0) {
        await pause(0);
        for (const pair of open) {
          const n = ws.recv(pair.server, buffer, buffer.length, 0);
          if (n === -1 && ws.WSAGetLastError() !== 10035) throw new Error('recv: ' + ws.WSAGetLastError());
          if (n > 0 && !buffer.subarray(0, n).equals(block.subarray(pair.at, pair.at + n)))
            throw new Error('not what was sent');
          if (n > 0) pair.at += n;
          if (n === 0) open.delete(pair);
        }
      }
      const lost = pairs.filter(({ at, sent }) => at !== sent);
      console.log(pairs.some(({ sent }) => sent > 0), lost.length);
      process.exit(0);`,
      small,
    );
    expect(lines).toEqual(['true 0']);
  });

  it('a full table is WSAEMFILE; what is open lives on, and a socket that is closed makes room', async () => {
    const { lines } = await program(`
      const ws = start();
      const { client, server } = pair(ws);
      const sockets = [];
      for (let s; (s = ws.socket(2, 1, 6)) !== -1; ) sockets.push(s);
      console.log(ws.WSAGetLastError(), sockets.length);
      console.log(ws.send(client, Buffer.from('lives'), 5, 0), ws.recv(server, Buffer.alloc(9), 9, 0));
      ws.closesocket(sockets.pop());
      const until = performance.now() + 5000;
      let s = -1;
      while (s === -1 && performance.now() < until) { await pause(1); s = ws.socket(2, 1, 6); }
      console.log(s > 0, new Set(sockets).size);
      process.exit(0);`);
    const most = 65_536 - 3;
    expect(lines).toEqual([`10024 ${most}`, '5 5', `true ${most - 1}`]);
  });

  it('too many look-ups at once are WSATRY_AGAIN; those of threads that were terminated make room', async () => {
    const { lines } = await program(`
      const ws = start();
      const { control } = arenaOfThread();
      const leave = (secondsAgo) => {
        for (let i = 0; i < L.MAILBOX_COUNT; i++) {
          const box = L.MAILBOXES + i * L.MAILBOX_WORDS;
          control[box + L.M_ANSWERED_AT] = Date.now() / 1000 - secondsAgo;
          Atomics.store(control, box + L.M_STATE, L.MAILBOX_ANSWERED);
        }
      };
      leave(1);
      console.log(ws.gethostbyname('localhost'), ws.WSAGetLastError());
      leave(60);
      console.log(ws.gethostbyname('localhost').h_addr_list[0].join('.'), ws.WSAGetLastError());
      process.exit(0);`);
    expect(lines).toEqual(['null 11002', '127.0.0.1 0']);
  });
});
