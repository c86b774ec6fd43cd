import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { forEachBinding, rule } from '../support/bindings.js';
import { pattern } from '../support/memory.js';
import { programFor } from '../support/programs.js';
import { accepted, listener, recvAll } from '../support/sockets.js';

/** A client that sends a pattern of so many bytes and then ends in some way. */
const client = (port: number, length: number, ending: string) => `
  ws.WSAStartup(0x0202, new WSADATA());
  const bytes = new Uint8Array(${length});
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + (i >>> 8) * 17 + (i >>> 16)) & 0xff;
  const s = ws.socket(2, 1, 6);
  const name = new Uint8Array([2, 0, ${port >> 8}, ${port & 255}, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (ws.connect(s, name, 16) !== 0) process.exit(9);
  let sent = 0;
  while (sent < bytes.length) {
    const n = ws.send(s, bytes.subarray(sent), bytes.length - sent, 0);
    if (n === -1) process.exit(8);
    sent += n;
  }
  ${ending}`;

const endings: [title: string, code: string, exit: number][] = [
  ['closesocket and process.exit()', 'ws.closesocket(s); process.exit(7);', 7],
  [
    'shutdown, closesocket, WSACleanup and process.exit()',
    'ws.shutdown(s, 2); ws.closesocket(s); ws.WSACleanup(); process.exit(0);',
    0,
  ],
  ['closesocket and the end of the event loop', 'ws.closesocket(s);', 0],
  ['WSACleanup and the end of the event loop', 'ws.closesocket(s); ws.WSACleanup();', 0],
];

forEachBinding((ws) => {
  for (const [title, ending, exit] of endings) {
    for (const length of [1000, 8 << 20]) {
      rule(ws, `${length} bytes sent before ${title} all arrive`, async () => {
        const { s, port } = listener(ws);
        const child = spawn(process.execPath, programFor(ws, client(port, length, ending)), {
          stdio: 'ignore',
        });
        const ended = once(child, 'exit');
        const server = accepted(ws, s);
        const got = recvAll(ws, server);
        expect(got.length).toBe(length);
        expect(got.equals(pattern(length))).toBe(true);
        expect((await ended)[0]).toBe(exit);
      });
    }
  }

  rule(ws, 'an uncaught exception right after closesocket loses nothing either', async () => {
    const { s, port } = listener(ws);
    const body = client(port, 1 << 20, "ws.closesocket(s); throw new Error('over');");
    const child = spawn(process.execPath, programFor(ws, body), { stdio: 'ignore' });
    const ended = once(child, 'exit');
    expect(recvAll(ws, accepted(ws, s)).length).toBe(1 << 20);
    expect((await ended)[0]).toBe(1);
  });

  rule(ws, 'a process with nothing but open sockets ends by itself', async () => {
    const body = `
      ws.WSAStartup(0x0202, new WSADATA());
      const s = ws.socket(2, 1, 6);
      ws.bind(s, new Uint8Array([2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), 16);
      ws.listen(s, 5);
      process.exitCode = 5;`;
    const child = spawn(process.execPath, programFor(ws, body), { stdio: 'ignore' });
    expect((await once(child, 'exit'))[0]).toBe(5);
  });
});
