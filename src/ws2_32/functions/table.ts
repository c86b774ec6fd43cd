// The shape of the function table: enough to derive the checks of arguments, FFI declarations,
// the `Winsock` interface and the reference from one place.

/** When bindings take a function up: see `implementedStages` in `../functions.ts`. */
export type Stage = 'core' | 'extended' | 'events';

/** How a value that is not plain memory, text or a number is given. */
export type Shape =
  | 'WSABUF[]'
  | 'WSABUF'
  | 'ADDRINFO'
  | 'ADDRINFO[]'
  | 'HANDLE[]'
  | 'ConditionProc'
  | 'CompletionRoutine'
  | 'WNDPROC';

export interface Parameter {
  /** C's name, from Microsoft's reference. */
  readonly name: string;
  /** C's type, without the struct keyword: `int`, `SOCKET`, `const sockaddr*`. A pointer ends in `*`. */
  readonly type: string;
  /** For a pointer: whether the call reads the memory, writes it, or both. */
  readonly dir?: 'in' | 'out' | 'inout';
  /**
   * For a pointer, how many bytes the call touches: a number; the name of the parameter that holds the
   * number; `*name` for the int that another pointer points to; or one of these words: `fd_set`, a set as long
   * as it says it is; `address`, 4 bytes or, when `Family` is AF_INET6, 16; `terminated`, ints up to a 0.
   */
  readonly size?: number | string;
  /** Bytes in each unit of `size`, when that is not 1: 2 for wide characters, a struct's size for an array. */
  readonly unit?: number;
  /** NULL is allowed and means "none". Where this is not set, NULL is an error that C reports as C does. */
  readonly optional?: true;
  /** A NUL-terminated string that goes in as a JavaScript string: ANSI, or UTF-16 when `wide`. */
  readonly string?: true | 'wide';
  /** A pointer that is not given as memory but as the value named here. */
  readonly shape?: Shape;
}

/** The values of `Parameter.size` that name no parameter. */
export const sizeWords: readonly string[] = ['fd_set', 'address', 'terminated'];

export interface WinsockFunction {
  readonly header: 'winsock2.h' | 'ws2tcpip.h' | 'mswsock.h' | 'winuser.h' | 'winsock';
  /** C's type. `hostent*`, `servent*`, `protoent*` and `char*` come back decoded. */
  readonly returns: string;
  readonly params: readonly Parameter[];
  /** What it returns when it fails, as C writes it. Absent: it cannot fail. */
  readonly failure?: string;
  /** What it does, in sentences; the first one names the act. */
  readonly does: string;
  readonly errors: readonly string[];
  readonly source: string;
  readonly stage: Stage;
  /** The function of which this is the form that leaves the event loop running: it returns a promise. */
  readonly asyncOf?: string;
  /** The bare name of an A/W pair: the same function as the one named here. */
  readonly aliasOf?: string;
  /** Not a function of ws2_32.dll: each binding brings its own. */
  readonly ours?: true;
}

export type FunctionTable = Readonly<Record<string, WinsockFunction>>;

/** What a C number type holds. */
export interface NumberType {
  readonly bits: 16 | 32 | 64;
  readonly signed: boolean;
}

export const numberTypes: Readonly<Record<string, NumberType>> = {
  int: { bits: 32, signed: true },
  long: { bits: 32, signed: true },
  INT: { bits: 32, signed: true },
  BOOL: { bits: 32, signed: true },
  u_int: { bits: 32, signed: false },
  u_long: { bits: 32, signed: false },
  UINT: { bits: 32, signed: false },
  ULONG: { bits: 32, signed: false },
  DWORD: { bits: 32, signed: false },
  GROUP: { bits: 32, signed: false },
  in_addr: { bits: 32, signed: false },
  u_short: { bits: 16, signed: false },
  WORD: { bits: 16, signed: false },
  WPARAM: { bits: 64, signed: false },
  LPARAM: { bits: 64, signed: true },
  DWORD_PTR: { bits: 64, signed: false },
  size_t: { bits: 64, signed: false },
};

/** The types of handles: pointer-sized, given as any number; -1 is all ones. */
export const handleTypes: readonly string[] = ['SOCKET', 'WSAEVENT', 'HWND', 'HANDLE'];

export type ParameterKind = 'number' | 'handle' | 'string' | 'view' | Shape;

/** How an argument is given: what a binding has to decode. */
export function parameterKind(parameter: Parameter): ParameterKind {
  if (parameter.shape) return parameter.shape;
  if (parameter.string) return 'string';
  if (parameter.type.endsWith('*')) return 'view';
  return handleTypes.includes(parameter.type) ? 'handle' : 'number';
}

/** The bare name of an A/W pair, which is the W function's. */
export function alias<const E extends WinsockFunction, const N extends string>(entry: E, of: N) {
  return { ...entry, does: `Is ${of}.`, aliasOf: of } as const;
}

const reference = 'https://learn.microsoft.com/windows/win32/api';

/** The address of a function's page in Microsoft's reference. */
export function page(header: 'winsock2' | 'ws2tcpip' | 'mswsock' | 'winuser', name: string): string {
  return `${reference}/${header}/nf-${header}-${name.toLowerCase()}`;
}
