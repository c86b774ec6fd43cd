import { expect, test } from 'vitest';
import {
  type FunctionName,
  functionEntry,
  type HWND,
  implementedFunctions,
  type MessageWindow,
  type SOCKET,
  type Winsock,
  type WNDPROC,
} from '../../src/ws2_32/index.js';
import type { AnyFunction } from '../support/arguments.js';
import { forEachBinding } from '../support/bindings.js';
import type { Extended } from '../support/extended.js';
import { Arena, type Pool, type Random, randomArguments, randomNumbers } from '../support/random.js';
import {
  boundUdp,
  connected,
  listener,
  nameOf,
  nonBlocking,
  portOf,
  tcpPair,
  tcpSocket,
} from '../support/sockets.js';

/** A window takes a thread, and a thread takes a while to start. */
const listsFor = (name: FunctionName) => (name === 'createMessageWindow' ? 50 : 10_000);
const seed = 20050817;

/** Sockets in every state, all non-blocking, on addresses of their own. */
function makePool(ws: Winsock): Pool {
  const listening = listener(ws);
  const { client, server } = tcpPair(ws);
  const udp = boundUdp(ws);
  const waiting = connected(ws, listening.port);
  const sockets = [listening.s, client, server, udp.s, waiting, tcpSocket(ws)];
  for (const s of sockets) nonBlocking(ws, s);
  const { WSACreateEvent } = ws as unknown as Extended;
  return {
    sockets,
    ports: [listening.port, udp.port, portOf(nameOf(ws, waiting))],
    events: WSACreateEvent ? [WSACreateEvent(), WSACreateEvent()] : [],
    windows: windowsOf(ws),
  };
}

const windows = new Map<Winsock, MessageWindow>();

/** One window for all. */
function windowsOf(ws: Winsock): HWND[] {
  const { createMessageWindow } = ws as unknown as Record<string, (proc: WNDPROC) => MessageWindow>;
  if (!createMessageWindow) return [];
  const window = windows.get(ws) ?? createMessageWindow(() => undefined).unref();
  windows.set(ws, window);
  return [window.hwnd];
}

function closePool(ws: Winsock, pool: Pool): void {
  for (const s of pool.sockets) ws.closesocket(s);
  for (const event of pool.events) (ws as unknown as Extended).WSACloseEvent(event);
}

// What a call made is undone at once, so that 10,000 of them need no 10,000 sockets. closesocket gets sockets that
// were made for it or numbers that are no handles: Node's own handles are not the test's to close.
function prepare(ws: Winsock, name: FunctionName, args: unknown[], random: Random): void {
  if (name === 'WSACleanup') ws.WSAStartup(0x0202, new Uint8Array(408));
  if (name === 'closesocket' && typeof args[0] === 'number' && random.chance(20)) {
    args[0] = ws.socket(2, 1 + random.below(2), 0);
  }
  if (name === 'WSACloseEvent' && typeof args[0] === 'number' && random.chance(20)) {
    args[0] = (ws as unknown as Extended).WSACreateEvent();
  }
}

function undo(ws: Winsock, name: FunctionName, args: unknown[], result: unknown): void {
  if (name === 'createMessageWindow') (result as MessageWindow).close();
  if (name === 'WSACreateEvent') (ws as unknown as Extended).WSACloseEvent(result);
  if (name === 'WSAStartup' && result === 0) ws.WSACleanup();
  if (functionEntry(name).returns === 'SOCKET' && (result as SOCKET) >= 0) ws.closesocket(result as SOCKET);
  if (name.startsWith('WSADuplicateSocket') && result === 0) {
    // The description owns a handle, which the socket that is made of it takes.
    const make = name.endsWith('A') ? ws.WSASocketA : ws.WSASocketW;
    ws.closesocket(make(-1, -1, -1, args[2] as ArrayBufferView, 0, 0));
  }
}

async function throwArguments(ws: Winsock, name: FunctionName): Promise<void> {
  const random = randomNumbers(seed);
  const arenas = [new Arena(random, false), new Arena(random, true)];
  let pool = makePool(ws);
  for (let i = 0; i < listsFor(name); i++) {
    if (i % 1000 === 999) {
      closePool(ws, pool);
      pool = makePool(ws);
    }
    const arena = arenas[i % 2];
    // Node's own sockets are in no pool, and a pool's socket is closed by nobody but closePool.
    const nothing = [-1, 0, 2 ** 40 + 4];
    const closing = /^closesocket|^WSACloseEvent/.test(name)
      ? { ...pool, sockets: nothing, events: nothing }
      : pool;
    const args = randomArguments(name, arena, closing);
    prepare(ws, name, args, random);
    try {
      undo(ws, name, args, await (ws as unknown as Record<string, AnyFunction>)[name](...args));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (!arena.intact()) {
      throw new Error(`${name} wrote outside its views, call ${i} of seed ${seed}: ${String(args)}`);
    }
  }
  closePool(ws, pool);
}

forEachBinding((ws) => {
  // Another name is the same function.
  for (const name of implementedFunctions.filter((name) => functionEntry(name).aliasOf === undefined)) {
    test(`${ws.name}: ${name} survives ${listsFor(name)} random argument lists and keeps to its views`, async () => {
      await throwArguments(ws, name);
      // The binding works as before.
      const { client, server } = tcpPair(ws);
      expect(ws.send(client, Uint8Array.of(7), 1, 0)).toBe(1);
      const byte = new Uint8Array(1);
      expect(ws.recv(server, byte, 1, 0)).toBe(1);
      expect(byte[0]).toBe(7);
    }, 120_000);
  }
});
