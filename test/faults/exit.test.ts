import dgram from 'node:dgram';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { program } from './program.js';

const LENGTH = 4 << 20;
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on plain net that counts what it gets, from one connection. */
async function counter(): Promise<{ port: number; total: Promise<number> }> {
  let settle: (total: number) => void;
  const total = new Promise<number>((resolve) => {
    settle = resolve;
  });
  const server = net.createServer((socket) => {
    let count = 0;
    socket.on('data', (data) => {
      count += data.length;
    });
    socket.on('error', () => {});
    socket.on('close', () => settle(count));
  });
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as net.AddressInfo).port, total };
}

/** A plain UDP socket and the first datagram that it gets. Its port has five digits, as all that the system chooses. */
async function inbox(): Promise<{ port: number; first: Promise<Buffer> }> {
  const socket = dgram.createSocket('udp4');
  closing.push(() => socket.close());
  const first = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, first };
}

/** Sends without ever waiting for room, from a thread that has `ws`. */
const send = (port: number): string => `
  const s = ws.socket(2, 1, 6);
  const name = new Uint8Array(16); name.set([2, 0, ${port >> 8}, ${port & 255}, 127, 0, 0, 1]);
  if (ws.connect(s, name, 16) !== 0) throw new Error('connect ' + ws.WSAGetLastError());
  ws.ioctlsocket(s, 0x8004667e, Uint32Array.of(1));
  const sent = ws.send(s, new Uint8Array(${LENGTH}), ${LENGTH}, 0);`;

const inMain = (end: string) => (port: number) => `const ws = start(); ${send(port)}\n${end}`;
const inWorker = (end: string) => (port: number) =>
  `inThread(${JSON.stringify(`${send(port)}\n${end}`)}).on('error', () => {});`;

const endings: [name: string, body: (port: number) => string, status: number][] = [
  ['process.exit() with the socket open', inMain('process.exit(4);'), 4],
  ['the end of the event loop with the socket open', inMain(''), 0],
  ['closesocket', inMain('ws.closesocket(s); process.exit(4);'), 4],
  ['an exception that nobody catches', inMain("throw new Error('over');"), 1],
  ['the end of the only thread that has the binding, a worker', inWorker(''), 0],
  ['process.exit() in the only thread that has the binding, a worker', inWorker('process.exit(4);'), 0],
];

describe('net: the end of a process', () => {
  it.each(endings)('what send took arrives after %s', async (_, body, status) => {
    const { port, total } = await counter();
    const ended = await program(body(port));
    expect(await total).toBe(LENGTH);
    expect(ended.status).toBe(status);
  });

  it('a datagram arrives though the process exits at once, forty times', async () => {
    const inboxes = await Promise.all(Array.from({ length: 40 }, inbox));
    const send = ({ port }: { port: number }) =>
      program(
        `const ws = start();
        const s = ws.socket(2, 2, 17);
        const sent = ws.sendto(s, Buffer.from('${port}'), 5, 0, sockaddr_in.from('127.0.0.1', ${port}), 16);
        ws.closesocket(s);
        process.exit(sent);`,
      );
    for (let i = 0; i < inboxes.length; i += 4) {
      const ended = await Promise.all(inboxes.slice(i, i + 4).map(send));
      expect(ended.map(({ status }) => status)).toEqual([5, 5, 5, 5]);
    }
    for (const { port, first } of inboxes) expect((await first).toString()).toBe(String(port));
  });

  it('an exception that nobody catches is told as ever', async () => {
    const { stderr, status } = await program("start().socket(2, 1, 6); throw new Error('over and out');");
    expect(stderr).toContain('over and out');
    expect(status).toBe(1);
  });

  it.each(['process.exit(5);', 'process.exitCode = 5;'])(
    'waits for a peer that reads nothing only as long as WINSOCK_EXIT_WAIT says: %s',
    async (end) => {
      const { lines, status, at } = await program(
        `const ws = start();
        const { client } = pair(ws);
        nonblocking(ws, client);
        const block = Buffer.alloc(1 << 20);
        for (let i = 0; i < 20; i++) { while (ws.send(client, block, block.length, 0) > 0); await pause(10); }
        console.log(Date.now());
        ${end}`,
        { WINSOCK_EXIT_WAIT: '400' },
      );
      expect(status).toBe(5);
      expect(at - Number(lines[0])).toBeGreaterThanOrEqual(380);
      expect(at - Number(lines[0])).toBeLessThan(8_000);
    },
  );
});
