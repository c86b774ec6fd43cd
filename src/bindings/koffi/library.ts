// ws2_32.dll, its functions declared from the table, and the thread's last error.
//
// koffi gives each thread a last error of its own that lasts from one koffi call to the next, so WSAGetLastError is
// right only as the very next koffi call after the one that it asks about. `call` does all three steps, and keeps
// the code in JavaScript: what other users of koffi do in the thread is never seen.
import { createRequire } from 'node:module';
import {
  type FunctionName,
  functionEntry,
  handleTypes,
  implementedFunctions,
  numberTypes,
  type WinsockFunction,
} from '../../ws2_32/functions.js';
import { type BlockingModes, learns, openBlockingModes } from './blocking-mode.js';
import { failureOf } from './failures.js';
import { mayBlock, openInterrupter } from './interrupter.js';
import { openProcessMemory } from './process-memory.js';
import { openStartups, type Startups } from './startups.js';

export type Koffi = typeof import('koffi');
// biome-ignore lint/suspicious/noExplicitAny: the functions of a DLL, typed by the table and not by TypeScript.
export type Foreign = { (...args: any[]): any; async: (...args: any[]) => void };
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type Body = (...args: any[]) => any;

const WSANOTINITIALISED = 10093;

/** Loads koffi, or throws what is missing and how to get it. */
export function requireKoffi(): Koffi {
  if (process.platform !== 'win32') {
    throw new Error(`koffi calls ws2_32.dll, which is on Windows only; this is ${process.platform}.`);
  }
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    throw new Error(`koffi cannot be loaded: \`npm install koffi\` gets it. ${why}`);
  }
}

export class Library {
  readonly #functions: ReadonlyMap<string, Foreign>;
  readonly #getLastError: Foreign;
  readonly #setLastError: Foreign;
  readonly #interrupter: ((s: number) => void) | undefined;
  /** What tells whether a number is a socket. */
  readonly getsockopt: Body;
  /** The last error of this thread, as its last call on this binding left it. */
  lastError = 0;

  constructor(
    readonly koffi: Koffi,
    readonly startups: Startups,
    readonly modes: BlockingModes,
    functions: ReadonlyMap<string, Foreign>,
  ) {
    this.#functions = functions;
    this.#interrupter = openInterrupter(koffi);
    this.#getLastError = functions.get('WSAGetLastError')!;
    this.#setLastError = functions.get('WSASetLastError')!;
    this.getsockopt = this.caller('getsockopt');
  }

  foreign(name: string): Foreign {
    return this.#functions.get(name)!;
  }

  /** A function of the DLL that sees and leaves this thread's last error, and can be ended where it blocks. */
  caller(name: string): Body {
    const foreign = this.foreign(name);
    const setLastError = this.#setLastError;
    const getLastError = this.#getLastError;
    const call: Body = (...args) => {
      setLastError(this.lastError);
      const result = foreign(...args);
      this.lastError = getLastError();
      return result;
    };
    return this.#endable(name, this.#learning(name, call));
  }

  #endable(name: string, call: Body): Body {
    const watch = this.#interrupter;
    if (!watch || !mayBlock.has(name)) return call;
    return (s: number, ...rest) => {
      watch(s);
      return call(s, ...rest);
    };
  }

  #learning(name: string, call: Body): Body {
    const learn = learns[name];
    if (!learn) return call;
    return (...args) => {
      const result = call(...args);
      if (result !== -1) learn(this.modes, result, args);
      return result;
    };
  }

  /** The last error of the asynchronous call whose callback is running. */
  lastErrorOfCallback(): number {
    return this.#getLastError();
  }

  /** The body, once WSAStartup was called in this process; before, its failure with WSANOTINITIALISED. */
  afterStartup(entry: WinsockFunction, body: Body): Body {
    const failure = failureOf(entry);
    const { startups } = this;
    const failed = entry.asyncOf
      ? () => this.#failLater(failure)
      : () => this.fail(WSANOTINITIALISED, failure);
    return (...args) => (startups.started() ? body(...args) : failed());
  }

  fail<T>(code: number, failure: T): T {
    this.lastError = code;
    return failure;
  }

  // An `…Async` function sets the last error right before it resolves, and not when it is called.
  #failLater<T>(failure: T): Promise<T> {
    return new Promise((resolve) => setImmediate(() => resolve(this.fail(WSANOTINITIALISED, failure))));
  }
}

/** How koffi is told a C type: handles are signed, so that INVALID_SOCKET is -1. */
function koffiType(type: string): string {
  if (type === 'void') return 'void';
  if (type === 'char*') return 'str';
  if (type.endsWith('*')) return 'void *';
  if (handleTypes.includes(type)) return 'intptr_t';
  const { bits, signed } = numberTypes[type];
  const width = bits === 64 ? 'intptr_t' : `int${bits}`;
  return signed ? width : `u${width}`;
}

function declare(dll: ReturnType<Koffi['load']>, name: FunctionName): Foreign {
  const { returns, params } = functionEntry(name);
  // A pointer in is memory or NULL, whatever it points to.
  const parameters = params.map(({ type, shape }) =>
    shape || type.endsWith('*') ? 'void *' : koffiType(type),
  );
  return dll.func('__stdcall', name, koffiType(returns), parameters);
}

export function openLibrary(): Library {
  const koffi = requireKoffi();
  const dll = koffi.load('ws2_32.dll');
  const names = implementedFunctions.filter(
    (name) => !functionEntry(name).ours && !functionEntry(name).aliasOf,
  );
  const functions = new Map(names.map((name) => [name, declare(dll, name)]));
  const memory = openProcessMemory(koffi);
  return new Library(koffi, openStartups(memory), openBlockingModes(memory), functions);
}
