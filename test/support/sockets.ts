import { expect } from 'vitest';
import {
  AF_INET,
  FD_ISSET,
  FD_SET,
  FIONBIO,
  fd_set,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_STREAM,
  type SOCKET,
  SOCKET_ERROR,
  SOMAXCONN,
  type Winsock,
} from '../../src/ws2_32/index.js';
import { overWine } from './wine.js';

/** Stored as the last error before a call, to see whether the call writes it. */
export const MARKER = 424242;
export const LOOPBACK = '127.0.0.1';
export const ANY = '0.0.0.0';
/** How long a test waits for what must happen. */
export const DEADLINE = 5_000;

const open = new Map<string, Set<SOCKET>>();

/** Closed after the test, whatever becomes of it. */
export function track(ws: Winsock, s: SOCKET): SOCKET {
  if (!open.has(ws.name)) open.set(ws.name, new Set());
  open.get(ws.name)?.add(s);
  return s;
}

export function closeAll(ws: Winsock): void {
  for (const s of open.get(ws.name) ?? []) ws.closesocket(s);
  open.get(ws.name)?.clear();
}

export function lastError(ws: Winsock): number {
  return ws.WSAGetLastError();
}

/** A step that a test rests on: throws with the code when it fails. */
export function must(ws: Winsock, what: string, result: number): number {
  if (result === SOCKET_ERROR) throw new Error(`${what} failed with ${ws.WSAGetLastError()}`);
  return result;
}

/** sockaddr_in: family in host order, port in network order, address, eight zero bytes. */
export function address(port: number, ip: string = LOOPBACK): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET, true);
  view.setUint16(2, port);
  bytes.set(ip.split('.').map(Number), 4);
  return bytes;
}

export function portOf(name: Uint8Array): number {
  return (name[2] << 8) | name[3];
}

export function ipOf(name: Uint8Array): string {
  return name.subarray(4, 8).join('.');
}

export function nameOf(ws: Winsock, s: SOCKET): Uint8Array {
  const name = new Uint8Array(16);
  must(ws, 'getsockname', ws.getsockname(s, name, Int32Array.of(16)));
  return name;
}

export function tcpSocket(ws: Winsock): SOCKET {
  return track(ws, must(ws, 'socket', ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)));
}

export function udpSocket(ws: Winsock): SOCKET {
  return track(ws, must(ws, 'socket', ws.socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)));
}

/** Bound to a port of the system's choice, which is returned. */
export function bindAny(ws: Winsock, s: SOCKET, ip: string = LOOPBACK): number {
  must(ws, 'bind', ws.bind(s, address(0, ip), 16));
  return portOf(nameOf(ws, s));
}

export function boundUdp(ws: Winsock): { s: SOCKET; port: number } {
  const s = udpSocket(ws);
  return { s, port: bindAny(ws, s) };
}

export function listener(ws: Winsock, backlog: number = SOMAXCONN): { s: SOCKET; port: number } {
  const s = tcpSocket(ws);
  const port = bindAny(ws, s);
  must(ws, 'listen', ws.listen(s, backlog));
  return { s, port };
}

export function connected(ws: Winsock, port: number): SOCKET {
  const s = tcpSocket(ws);
  must(ws, 'connect', ws.connect(s, address(port), 16));
  return s;
}

export function accepted(ws: Winsock, listening: SOCKET): SOCKET {
  return track(ws, must(ws, 'accept', ws.accept(listening, null, null)));
}

export interface Pair {
  readonly client: SOCKET;
  readonly server: SOCKET;
  readonly port: number;
}

/** Two connected TCP sockets; connect returns once queued, so one thread can do both ends. */
export function tcpPair(ws: Winsock): Pair {
  const { s, port } = listener(ws);
  const client = connected(ws, port);
  const server = accepted(ws, s);
  close(ws, s);
  return { client, server, port };
}

export function close(ws: Winsock, s: SOCKET): void {
  open.get(ws.name)?.delete(s);
  must(ws, 'closesocket', ws.closesocket(s));
}

/** A port on which nobody listens: it was free a moment ago. */
export function deadPort(ws: Winsock): number {
  const s = tcpSocket(ws);
  const port = bindAny(ws, s);
  close(ws, s);
  return port;
}

export function nonBlocking(ws: Winsock, s: SOCKET, on = 1): SOCKET {
  must(ws, 'ioctlsocket', ws.ioctlsocket(s, FIONBIO, Uint32Array.of(on)));
  return s;
}

/** timeval */
export function milliseconds(ms: number): Int32Array {
  return Int32Array.of(Math.trunc(ms / 1000), Math.round((ms % 1000) * 1000));
}

export function setOf(...sockets: SOCKET[]): fd_set {
  const set = new fd_set(Math.max(64, sockets.length));
  for (const s of sockets) FD_SET(s, set);
  return set;
}

export interface Selected {
  readonly count: number;
  readonly read: boolean;
  readonly write: boolean;
  readonly except: boolean;
}

/** One socket in all three sets. */
export function selectAll(ws: Winsock, s: SOCKET, ms = 0): Selected {
  const [read, write, except] = [setOf(s), setOf(s), setOf(s)];
  const count = ws.select(0, read, write, except, milliseconds(ms));
  return {
    count,
    read: FD_ISSET(s, read) !== 0,
    write: FD_ISSET(s, write) !== 0,
    except: FD_ISSET(s, except) !== 0,
  };
}

export function waitReadable(ws: Winsock, s: SOCKET): void {
  const count = ws.select(0, setOf(s), null, null, milliseconds(DEADLINE));
  if (count !== 1) throw new Error(`socket ${s} was not readable in ${DEADLINE} ms: ${count}`);
}

export function waitWritable(ws: Winsock, s: SOCKET): void {
  const count = ws.select(0, null, setOf(s), null, milliseconds(DEADLINE));
  if (count !== 1) throw new Error(`socket ${s} was not writable in ${DEADLINE} ms: ${count}`);
}

export function waitExcept(ws: Winsock, s: SOCKET): void {
  const count = ws.select(0, null, null, setOf(s), milliseconds(DEADLINE));
  if (count !== 1) throw new Error(`socket ${s} had no exception in ${DEADLINE} ms: ${count}`);
}

/** The call fails with this code, whatever the last error was before. */
export function expectError(ws: Winsock, call: () => number, code: number): void {
  ws.WSASetLastError(MARKER);
  const result = call();
  expect({ result, error: ws.WSAGetLastError() }).toEqual({ result: SOCKET_ERROR, error: code });
}

/**
 * The last error after a success: 0. Wine leaves it alone in some calls (accept, closesocket, gethostname,
 * connect of UDP); there only a code that the call has set itself counts, and err.test.ts names the rule.
 */
export function errorAfterSuccess(ws: Winsock): number {
  const error = ws.WSAGetLastError();
  return overWine(ws) && error === MARKER ? 0 : error;
}

/** The call gives this value and clears the last error. */
export function expectSuccess(ws: Winsock, call: () => number, value = 0): void {
  ws.WSASetLastError(MARKER);
  const result = call();
  expect({ result, error: errorAfterSuccess(ws) }).toEqual({ result: value, error: 0 });
}

export function sendText(ws: Winsock, s: SOCKET, text: string): number {
  const bytes = Buffer.from(text);
  return must(ws, 'send', ws.send(s, bytes, bytes.length, 0));
}

export function recvText(ws: Winsock, s: SOCKET, length = 4096): string {
  waitReadable(ws, s);
  const buffer = Buffer.alloc(length);
  return buffer.toString('utf8', 0, must(ws, 'recv', ws.recv(s, buffer, length, 0)));
}

/** Everything up to the end of the stream. */
export function recvAll(ws: Winsock, s: SOCKET): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    waitReadable(ws, s);
    const chunk = Buffer.alloc(65536);
    const n = must(ws, 'recv', ws.recv(s, chunk, chunk.length, 0));
    if (n === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, n));
  }
}

/**
 * A socket that was open and is not any more. Its number is the last of several, for Windows gives numbers
 * that are free to whatever the process opens next.
 */
export function closedSocket(ws: Winsock): SOCKET {
  const sockets = Array.from({ length: 16 }, () => tcpSocket(ws));
  for (const s of sockets) close(ws, s);
  return Math.max(...sockets);
}
