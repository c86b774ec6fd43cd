// A little memory that every thread of the process sees: a mapping that is named after the process.
import type { Koffi } from './library.js';

const INVALID_HANDLE_VALUE = -1;
const PAGE_READWRITE = 0x04;
const FILE_MAP_ALL_ACCESS = 0xf001f;

/** Handles are multiples of 4; those of sockets are small. */
export const mostHandles = 1 << 20;

/** Word 0 counts WSAStartup calls; of the rest, bit `handle / 4` is a socket's (blocking-mode.ts). All are 0 at first. */
const size = 4 + mostHandles / 8;

export interface ProcessMemory {
  readonly startups: Int32Array;
  readonly blocking: Int32Array;
}

// The mapping is never closed: it goes with the process.
export function openProcessMemory(koffi: Koffi): ProcessMemory {
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
  const name = `Local\\winsock-koffi-${process.pid}`;
  const mapping = create(INVALID_HANDLE_VALUE, null, PAGE_READWRITE, 0, size, name);
  const address = mapping === 0 ? null : map(mapping, FILE_MAP_ALL_ACCESS, 0, 0, size);
  if (!address) throw new Error(`koffi: the memory that its threads share cannot be mapped (${name})`);
  const memory = koffi.view(address, size);
  return { startups: new Int32Array(memory, 0, 1), blocking: new Int32Array(memory, 4) };
}
