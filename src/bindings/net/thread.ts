import { isMainThread, Worker } from 'node:worker_threads';
import { WSAENETDOWN, WSAENOTSOCK, WSAEWOULDBLOCK, WSANOTINITIALISED } from '../../ws2_32/errors/codes.js';
import { type Arena, type ArenaMemory, createMemory, openArena } from './arena/arena.js';
import { glanceAtHost, hostDown } from './arena/events.js';
import * as L from './arena/layout.js';
import { baseOf } from './arena/table.js';
import { flushAtExit } from './exit.js';
import { meet } from './rendezvous.js';

/** This thread's side of the binding: the arena that it shares with all others, and its own last error. */
let attached: Arena | undefined;

/** What WSAGetLastError gives in this thread. */
let lastError = 0;

export function getLastError(): number {
  return lastError;
}

export function setLastError(code: number): void {
  lastError = code;
}

/** SOCKET_ERROR (or INVALID_SOCKET) with the code that says why. */
export function fail(code: number): -1 {
  lastError = code;
  // Who polls would never learn that there is nobody to wait for.
  if (code === WSAEWOULDBLOCK && attached !== undefined) glanceAtHost(attached);
  return -1;
}

/** Success sets the last error to 0. */
export function succeed(value: number): number {
  lastError = 0;
  return value;
}

/** The process's arena; the first call in a thread attaches the thread, the first in the process starts the host. */
export function arenaOfThread(): Arena {
  return attached ?? attach();
}

function attach(): Arena {
  let founder = false;
  const memory = meet(() => {
    founder = true;
    return startHost();
  });
  const arena = openArena(memory);
  attached = arena;
  process.once('exit', () => {
    // The host ends with the thread that started it.
    if (founder || isMainThread) flushAtExit(arena);
    if (founder) hostDown(arena);
  });
  return arena;
}

function startHost(): ArenaMemory {
  const memory = createMemory();
  openArena(memory).control[L.HOST_LASTS] = isMainThread ? 1 : 0;
  const host = new Worker(new URL('./host/main.js', import.meta.url), {
    name: 'winsock host',
    workerData: memory,
    stdin: false,
    execArgv: [],
  });
  host.unref();
  // A host that cannot start has told why on stderr; its exit must not bring the program down.
  host.on('error', () => {});
  host.on('exit', () => hostDown(openArena(memory)));
  return memory;
}

/**
 * The base of an open socket. 0 when the call has to fail, the last error set: not started, host down, no socket.
 */
export function socketBase(arena: Arena, s: number): number {
  const { control } = arena;
  if (Atomics.load(control, L.STARTUPS) <= 0) lastError = WSANOTINITIALISED;
  else if (Atomics.load(control, L.HOST_STATE) === L.HOST_DOWN) lastError = WSAENETDOWN;
  else {
    const base = baseOf(arena, s);
    if (base !== 0) return base;
    lastError = WSAENOTSOCK;
  }
  return 0;
}

/** 0, or the code with which every call fails at the moment. */
export function unavailableNow(arena: Arena): number {
  if (Atomics.load(arena.control, L.STARTUPS) <= 0) return WSANOTINITIALISED;
  return Atomics.load(arena.control, L.HOST_STATE) === L.HOST_DOWN ? WSAENETDOWN : 0;
}
