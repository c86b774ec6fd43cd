import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBinding } from '../../src/bindings/index.js';
import { slotsInUse } from '../../src/bindings/net/arena/table.js';
import { arenaOfThread } from '../../src/bindings/net/thread.js';
import { sockaddr_in, WSADATA, WSAECONNRESET, WSAEWOULDBLOCK } from '../../src/ws2_32/index.js';

// Peers that are plain net and behave badly, and what the program on our side then sees.
const ws = loadBinding('net');
ws.WSAStartup(0x0202, new WSADATA());
const FIONBIO = 0x8004667e;
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on plain net; gives a socket of ours that is connected to it, non-blocking. */
async function connectedTo(onConnection: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const s = ws.socket(2, 1, 6);
  const { port } = server.address() as net.AddressInfo;
  expect(ws.connect(s, sockaddr_in.from('127.0.0.1', port), 16)).toBe(0);
  ws.ioctlsocket(s, FIONBIO, Uint32Array.of(1));
  closing.push(() => server.close());
  return s;
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
}

describe('net: a bad peer', () => {
  it('that never reads: send is WSAEWOULDBLOCK, and what waits has a bound', async () => {
    const peers: net.Socket[] = [];
    const s = await connectedTo((socket) => peers.push(socket.pause()));
    const block = Buffer.alloc(1 << 16);
    let taken = 0;
    for (let sent = ws.send(s, block, block.length, 0); sent > 0; sent = ws.send(s, block, block.length, 0))
      taken += sent;
    expect(ws.WSAGetLastError()).toBe(WSAEWOULDBLOCK);
    expect(taken).toBeLessThan(64 << 20);
    await until(() => peers.length > 0);
    peers[0].destroy();
    ws.closesocket(s);
  });

  it('that resets in the middle of a transfer: recv gives what came, then WSAECONNRESET, for ever', async () => {
    const s = await connectedTo((socket) => {
      socket.write(Buffer.alloc(1000, 'x'), () => socket.resetAndDestroy());
    });
    const buffer = Buffer.alloc(4096);
    let received = 0;
    await until(() => {
      const count = ws.recv(s, buffer, buffer.length, 0);
      if (count > 0) received += count;
      return count === -1 && ws.WSAGetLastError() === WSAECONNRESET;
    });
    expect(received).toBeLessThanOrEqual(1000);
    expect([ws.recv(s, buffer, 1, 0), ws.WSAGetLastError()]).toEqual([-1, WSAECONNRESET]);
    expect([ws.send(s, buffer, 1, 0), ws.WSAGetLastError()]).toEqual([-1, WSAECONNRESET]);
    ws.closesocket(s);
  });

  it('that never closes: closesocket returns, the bytes arrive, the connection ends', async () => {
    const received: Buffer[] = [];
    let ended = false;
    const s = await connectedTo((socket) => {
      socket.on('data', (data) => received.push(data));
      socket.on('end', () => (ended = true));
      socket.on('error', () => {});
    });
    expect(ws.send(s, Buffer.from('the last words'), 14, 0)).toBe(14);
    expect(ws.closesocket(s)).toBe(0);
    await until(() => ended);
    expect(Buffer.concat(received).toString()).toBe('the last words');
  });

  it('that is reset right after a shutdown: it is told the end, and nothing is left in the table', async () => {
    let ended = false;
    let peer: net.Socket | undefined;
    const s = await connectedTo((socket) => {
      peer = socket.on('error', () => {}).on('close', () => (ended = true));
      socket.resume();
    });
    await until(() => peer !== undefined);
    const arena = arenaOfThread();
    const before = [...slotsInUse(arena)].length;
    ws.setsockopt(s, 0xffff, 0x80, Uint8Array.of(1, 0, 0, 0), 4);
    expect([ws.shutdown(s, 2), ws.closesocket(s)]).toEqual([0, 0]);
    await until(() => ended && [...slotsInUse(arena)].length < before);
  });

  it('that waits in the queue of a listener which is closed: it is reset', async () => {
    const listener = ws.socket(2, 1, 6);
    const name = sockaddr_in.from('127.0.0.1', 0);
    ws.bind(listener, name, 16);
    ws.getsockname(listener, name, Int32Array.of(16));
    ws.listen(listener, 5);
    const peer = net.connect(ws.ntohs(name.sin_port), '127.0.0.1');
    await new Promise((resolve) => peer.once('connect', resolve));
    const error = new Promise<NodeJS.ErrnoException>((resolve) => peer.once('error', resolve));
    const set = new Uint8Array(16);
    const view = new DataView(set.buffer);
    view.setUint32(0, 1, true);
    view.setUint32(8, listener, true);
    expect(ws.select(0, set, null, null, null)).toBe(1);
    ws.closesocket(listener);
    expect((await error).code).toBe('ECONNRESET');
  });
});
