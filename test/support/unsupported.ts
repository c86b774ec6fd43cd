import type { BindingName } from '../../src/bindings/index.js';

/** What a binding cannot do. `keys` are fact ids, or the feature names that a test asks for. */
export interface Unsupported {
  readonly feature: string;
  readonly binding: BindingName;
  readonly keys: readonly string[];
  readonly reason: string;
}

/** Where Wine answers otherwise than Windows; `source` says how that is known. */
export interface WineDiffers {
  readonly fact: string;
  readonly answer: string;
  readonly source: string;
}

export const unsupported: readonly Unsupported[] = [
  {
    feature: 'urgent data',
    binding: 'net',
    keys: ['urgent data', 'OOB-04', 'OOB-06', 'OOB-07', 'OOB-08'],
    reason: 'Node offers no way to send or receive it',
  },
  {
    feature: 'delivery among several listeners of one port',
    binding: 'net',
    keys: ['BND-15', 'BND-16', 'BND-18'],
    reason: 'a port is listened on once by Node, so the kernel has no choice between sockets',
  },
  {
    feature: 'abort told by recv after a send to a peer that is gone',
    binding: 'net',
    keys: ['SRV-29'],
    reason: 'the end of the stream has been taken already, and Node reads no further',
  },
];

const todo = 'todo_wine in dlls/ws2_32/tests/sock.c';
const todoProtocol = 'todo_wine in dlls/ws2_32/tests/protocol.c';

export const wineDiffers: readonly WineDiffers[] = [
  { fact: 'STA-15', answer: 'WSACleanup leaves the last error as it was', source: todoProtocol },
];

export function unsupportedOn(binding: string, key: string): Unsupported | undefined {
  return unsupported.find((row) => row.binding === binding && row.keys.includes(key));
}

export function wineAnswer(fact: string): WineDiffers | undefined {
  return wineDiffers.find((row) => row.fact === fact);
}

void todo;
