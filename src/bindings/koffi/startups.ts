// How many WSAStartup calls of this binding are not yet undone. Winsock counts them for the whole process, and so
// must every worker thread: the count lies in a mapping that is named after the process.
import type { Koffi } from './library.js';

const INVALID_HANDLE_VALUE = -1;
const PAGE_READWRITE = 0x04;
const FILE_MAP_ALL_ACCESS = 0xf001f;

export interface Startups {
  started(): boolean;
  add(): void;
  /** Takes one away, if there is one. */
  remove(): boolean;
}

export function openStartups(koffi: Koffi): Startups {
  const count = sharedCount(koffi);
  return {
    started: () => Atomics.load(count, 0) > 0,
    add: () => void Atomics.add(count, 0, 1),
    remove: () => {
      for (let seen = Atomics.load(count, 0); seen > 0; seen = Atomics.load(count, 0)) {
        if (Atomics.compareExchange(count, 0, seen, seen - 1) === seen) return true;
      }
      return false;
    },
  };
}

// The mapping is never closed: it goes with the process.
function sharedCount(koffi: Koffi): Int32Array {
  const kernel32 = koffi.load('kernel32.dll');
  const create = kernel32.func('__stdcall', 'CreateFileMappingW', 'intptr_t', [
    'intptr_t',
    'void *',
    'uint32',
    'uint32',
    'uint32',
    'str16',
  ]);
  const map = kernel32.func('__stdcall', 'MapViewOfFile', 'void *', [
    'intptr_t',
    'uint32',
    'uint32',
    'uint32',
    'size_t',
  ]);
  const size = Int32Array.BYTES_PER_ELEMENT;
  const name = `Local\\winsock-koffi-${process.pid}`;
  const mapping = create(INVALID_HANDLE_VALUE, null, PAGE_READWRITE, 0, size, name);
  const address = mapping === 0 ? null : map(mapping, FILE_MAP_ALL_ACCESS, 0, 0, size);
  if (!address) throw new Error(`koffi: the memory that counts WSAStartup cannot be mapped (${name})`);
  return new Int32Array(koffi.view(address, size));
}
