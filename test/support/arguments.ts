import {
  type FunctionName,
  functionEntry,
  type Parameter,
  parameterKind,
} from '../../src/ws2_32/functions.js';

export type AnyFunction = (...args: unknown[]) => unknown;

/** Some value of each parameter's kind, for calls of which only the error matters. */
export function anyArguments(name: FunctionName): unknown[] {
  return functionEntry(name).params.map(anyArgument);
}

function anyArgument(parameter: Parameter): unknown {
  switch (parameterKind(parameter)) {
    case 'number':
      return 0;
    case 'handle':
      return 4242;
    case 'string':
      return 'localhost';
    case 'view':
      return new Uint8Array(1024);
    case 'WSABUF[]':
      return [{ len: 16, buf: new Uint8Array(16) }];
    case 'WSABUF':
      return { len: 16, buf: new Uint8Array(16) };
    case 'ADDRINFO':
      return null;
    case 'ADDRINFO[]':
    case 'HANDLE[]':
      return [];
    default:
      return null;
  }
}

/** Values of the wrong kind for a parameter: each must throw a TypeError. */
export function wrongArguments(parameter: Parameter): unknown[] {
  switch (parameterKind(parameter)) {
    case 'number':
    case 'handle':
      return [undefined, null, '1', {}, [], 1n, true, new Uint8Array(8), Symbol('s'), () => 0];
    case 'string':
      return [undefined, 1, {}, [], true, 1n, new Uint8Array(8)];
    case 'view':
      return [undefined, 1, 'text', {}, [], true, 1n, new ArrayBuffer(16)];
    default:
      return [1, 'text', true, 1n];
  }
}
