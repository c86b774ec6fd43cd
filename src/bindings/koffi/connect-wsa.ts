// WSAConnect, and WSAAccept with its condition function.
import type { FunctionName } from '../../ws2_32/functions.js';
import { offsetof, pointerSize, sizeof } from '../../ws2_32/structs/layouts.js';
import type { ConditionProc, View, WSABUF } from '../../ws2_32/types.js';
import { acceptInSlices } from './accept.js';
import { bufferAsBytes } from './buffers.js';
import type { Body, Library } from './library.js';
import { holds, intAt, unmapped } from './memory.js';
import { bytesOf } from './sets.js';

type Pointer = bigint | null;

const CF_DEFER = 2;
const SOCKADDR_STORAGE = 128;

export function connectingBodies(library: Library): Partial<Record<FunctionName, Body>> {
  return { WSAConnect: connecting(library), WSAAccept: accepting(library) };
}

function connecting(library: Library): Body {
  const connect = library.caller('WSAConnect');
  return (
    s: number,
    name: View | null,
    length: number,
    caller: WSABUF | null,
    callee: WSABUF | null,
    sqos: View | null,
    gqos: View | null,
  ) => {
    const data = [caller, callee].map((buffer) => bufferAsBytes(library, buffer));
    const qualities = [sqos, gqos].map(quality);
    const missing = [...data, ...qualities].includes(undefined);
    if (missing || !holds(name, length)) return unmapped(library, -1, s);
    return connect(s, name, length, ...data, ...qualities);
  };
}

/** A copy with nothing that is for a provider: what it points to is no memory that a view covers. */
function quality(view: View | null): Uint8Array | null | undefined {
  if (view === null) return null;
  if (!holds(view, sizeof('QOS'))) return undefined;
  return bytesOf(view).slice(0, sizeof('QOS')).fill(0, offsetof('QOS', 'ProviderSpecific'));
}

function accepting(library: Library): Body {
  const { koffi } = library;
  const accept = acceptInSlices(library, library.caller('WSAAccept'));
  const pointers = Array<string>(7).fill('void *');
  const type = koffi.pointer(koffi.proto('__stdcall', 'int', [...pointers, 'intptr_t']));
  return (
    s: number,
    addr: View | null,
    addrlen: View | null,
    condition: ConditionProc | null,
    data: number,
  ) => {
    const size = addrlen === null ? 0 : (intAt(addrlen) ?? -1);
    const writable =
      addrlen === null || (addr === null ? size >= 0 || intAt(addrlen) !== undefined : holds(addr, size));
    if (!writable) return unmapped(library, -1, s);
    if (condition === null) return accept(s, addr, addrlen, null, 0);
    // The function is script, which may detach the caller's memory: Winsock writes to memory of our own meanwhile.
    const name = addr && new Uint8Array(SOCKADDR_STORAGE);
    const length = addrlen && Int32Array.of(Math.min(size, SOCKADDR_STORAGE));
    const question = new Question(library, condition, data);
    const pointer = koffi.register(question.ask, type);
    try {
      const accepted = accept(s, name, length, pointer, 0);
      if (accepted !== -1) writeBack(addr, name, addrlen, length);
      question.rethrow();
      return accepted;
    } finally {
      koffi.unregister(pointer);
    }
  };
}

function writeBack(
  addr: View | null,
  name: Uint8Array | null,
  addrlen: View | null,
  length: Int32Array | null,
) {
  if (length === null) return;
  if (addr !== null && name !== null && holds(addr, length[0]))
    bytesOf(addr).set(name.subarray(0, length[0]));
  if (holds(addrlen, 4)) bytesOf(addrlen!).set(new Uint8Array(length.buffer));
}

/** One call of a condition function. An exception is thrown once WSAAccept has returned; the connection waits on. */
class Question {
  #thrown: { error: unknown } | undefined;

  constructor(
    readonly library: Library,
    readonly condition: ConditionProc,
    readonly data: number,
  ) {}

  readonly ask = (
    caller: Pointer,
    callerData: Pointer,
    _s: Pointer,
    _g: Pointer,
    callee: Pointer,
  ): number => {
    try {
      const buffer = (at: Pointer) => this.#buffer(at);
      const [id, data, own] = [caller, callerData, callee].map(buffer);
      return this.condition(id, data, null, null, own, null, null, this.data) | 0;
    } catch (error) {
      this.#thrown = { error };
      return CF_DEFER;
    }
  };

  rethrow(): void {
    if (this.#thrown) throw this.#thrown.error;
  }

  /** A copy of what Winsock shows for as long as the function runs; null where there is nothing. */
  #buffer(at: Pointer): WSABUF | null {
    if (!at) return null;
    const { koffi } = this.library;
    const len = koffi.decode.uint32(at);
    const buf = koffi.decode(at + BigInt(pointerSize()), 'void *') as Pointer;
    if (len === 0 || !buf) return null;
    return { len, buf: new Uint8Array(koffi.view(buf, len)).slice() };
  }
}
