// Ends a call that blocks when its thread ends: worker.terminate(), or process.exit() in the main thread. Without it
// the thread would sit in the call for ever, and with it the exit of the whole process.
//
// Winsock waits alertably while it blocks: procedures that timers queue for the thread run in the middle of the call.
// Two timers make a dead man's switch. The first runs JavaScript every `tick`, which puts the second off. Once
// JavaScript may not run any more, the second comes due: its procedure is CancelIo of the socket, and the call returns
// to a thread that ends. A thread that lives never meets it, and a call that does not wait costs a look at the clock.
//
// accept waits in slices instead (accept.ts): Wine's does not wait alertably.
import { isMainThread } from 'node:worker_threads';
import type { Koffi } from './library.js';

const tick = 40; // milliseconds, as all here
const fuse = 180;
/** A fuse that burns for longer is laid anew before a call, so that it is never due before a tick. */
const stale = 60;

/** The calls in which a thread may sit. Their first argument is the socket. */
export const mayBlock: ReadonlySet<string> = new Set([
  ...['connect', 'send', 'sendto', 'recv', 'recvfrom', 'accept'],
  ...['WSAConnect', 'WSASend', 'WSASendTo', 'WSARecv', 'WSARecvFrom', 'WSAAccept'],
  ...['WSASendDisconnect', 'WSARecvDisconnect', 'WSAIoctl'],
]);

/** To be called with the socket of a call that may block; undefined on the main thread, which nothing ends. */
export function openInterrupter(koffi: Koffi): ((s: number) => void) | undefined {
  if (isMainThread) return undefined;
  let interrupter: Interrupter | undefined;
  return (s) => {
    interrupter ??= new Interrupter(koffi);
    interrupter.watch(s);
  };
}

class Interrupter {
  readonly #ticking: number;
  readonly #switch: number;
  readonly #setTimer: (...args: unknown[]) => number;
  readonly #cancelIo: unknown;
  readonly #due = after(fuse);
  #socket = -1;
  #laid = Number.NEGATIVE_INFINITY;

  constructor(koffi: Koffi) {
    const kernel32 = koffi.load('kernel32.dll');
    const handle = 'intptr_t';
    const create = kernel32.func('__stdcall', 'CreateWaitableTimerW', handle, ['void *', 'int', 'void *']);
    const moduleOf = kernel32.func('__stdcall', 'GetModuleHandleW', handle, ['str16']);
    const addressOf = kernel32.func('__stdcall', 'GetProcAddress', 'void *', [handle, 'str']);
    const close = kernel32.func('__stdcall', 'CloseHandle', 'int', [handle]);
    const timer = [handle, 'void *', 'int32', 'void *', handle, 'int'];
    this.#setTimer = kernel32.func('__stdcall', 'SetWaitableTimer', 'int', timer);
    this.#cancelIo = addressOf(moduleOf('kernel32.dll'), 'CancelIo');
    this.#ticking = create(null, 0, null);
    this.#switch = create(null, 0, null);
    const procedure = koffi.pointer(koffi.proto('__stdcall', 'void', [handle, 'uint32', 'uint32']));
    const procedureOfTick = koffi.register(() => this.#lay(performance.now()), procedure);
    this.#setTimer(this.#ticking, after(tick), tick, procedureOfTick, 0, 0);
    // What is queued goes with the timers.
    process.once('exit', () => [this.#ticking, this.#switch].map(close));
  }

  watch(s: number): void {
    const now = performance.now();
    if (s === this.#socket && now - this.#laid < stale) return;
    this.#socket = s;
    this.#lay(now);
  }

  #lay(now: number): void {
    this.#laid = now;
    this.#setTimer(this.#switch, this.#due, 0, this.#cancelIo, this.#socket, 0);
  }
}

/** A LARGE_INTEGER: so long from now, in units of 100 ns. */
function after(milliseconds: number): BigInt64Array {
  return BigInt64Array.of(BigInt(-10_000 * milliseconds));
}
