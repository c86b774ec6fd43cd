// Parameters that many calls share.
import { sizeof } from '../structs/layouts.js';
import type { Parameter } from './table.js';

export const s = { name: 's', type: 'SOCKET' } as const satisfies Parameter;
export const len = { name: 'len', type: 'int' } as const satisfies Parameter;
export const flags = { name: 'flags', type: 'int' } as const satisfies Parameter;
export const af = { name: 'af', type: 'int' } as const satisfies Parameter;
export const type = { name: 'type', type: 'int' } as const satisfies Parameter;
export const protocol = { name: 'protocol', type: 'int' } as const satisfies Parameter;

/** A number of C's type `int`. */
export function int<const N extends string>(name: N) {
  return { name, type: 'int' } as const satisfies Parameter;
}

/** A number of C's type `DWORD`. */
export function dword<const N extends string>(name: N) {
  return { name, type: 'DWORD' } as const satisfies Parameter;
}

/** Memory that the call reads: `size` bytes. */
export function input<const N extends string>(name: N, type: string, size: number | string) {
  return { name, type: `const ${type}*`, dir: 'in', size } as const satisfies Parameter;
}

/** Memory that the call writes: `size` bytes. */
export function output<const N extends string>(name: N, type: string, size: number | string) {
  return { name, type: `${type}*`, dir: 'out', size } as const satisfies Parameter;
}

/** Memory that the call reads and then writes: `size` bytes. */
export function inout<const N extends string>(name: N, type: string, size: number | string) {
  return { name, type: `${type}*`, dir: 'inout', size } as const satisfies Parameter;
}

/** An ANSI string. */
export function text<const N extends string>(name: N) {
  return { name, type: 'const char*', dir: 'in', string: true } as const satisfies Parameter;
}

/** A UTF-16 string. */
export function wideText<const N extends string>(name: N) {
  return { name, type: 'const WCHAR*', dir: 'in', string: 'wide' } as const satisfies Parameter;
}

/** Memory in units of `unit` bytes: `parameter.size` counts those. */
export function inUnits<const P extends Parameter, const U extends number>(parameter: P, unit: U) {
  return { ...parameter, unit } as const;
}

/** The same parameter, which may also be NULL for "none". */
export function optional<const P extends Parameter>(parameter: P) {
  return { ...parameter, optional: true } as const;
}

/** An array of buffers, and how many of them. */
export const buffers = [
  { name: 'lpBuffers', type: 'WSABUF*', shape: 'WSABUF[]' },
  { name: 'dwBufferCount', type: 'DWORD' },
] as const satisfies readonly Parameter[];

/** What makes a call overlapped: its state, and what runs when it has ended. */
export const overlapped = [
  optional(inout('lpOverlapped', 'WSAOVERLAPPED', sizeof('WSAOVERLAPPED'))),
  optional({
    name: 'lpCompletionRoutine',
    type: 'LPWSAOVERLAPPED_COMPLETION_ROUTINE',
    shape: 'CompletionRoutine',
  }),
] as const satisfies readonly Parameter[];
