// What message windows need of user32.dll.
import type { Foreign, Koffi } from './library.js';

export const HWND_MESSAGE = -3;
export const WM_CLOSE = 0x0010;

const handle = 'intptr_t';
const message = [handle, 'uint32', 'uintptr_t', 'intptr_t'];
const position = ['int', 'int', 'int', 'int'];

const prototypes = {
  CreateWindowExW: {
    returns: handle,
    params: ['uint32', 'str16', 'str16', 'uint32', ...position, handle, handle, handle, 'void *'],
  },
  GetMessageW: { returns: 'int', params: ['void *', handle, 'uint32', 'uint32'] },
  IsWindow: { returns: 'int', params: [handle] },
  PostMessageW: { returns: 'int', params: message },
  SendMessageW: { returns: 'intptr_t', params: message },
  SetTimer: { returns: 'uintptr_t', params: [handle, 'uintptr_t', 'uint32', 'void *'] },
} as const;

export type User32 = Readonly<Record<keyof typeof prototypes, Foreign>>;

export function openUser32(koffi: Koffi): User32 {
  const dll = koffi.load('user32.dll');
  const entries = Object.entries(prototypes).map(([name, { returns, params }]) => [
    name,
    dll.func('__stdcall', name, returns, [...params]),
  ]);
  return Object.fromEntries(entries) as User32;
}
