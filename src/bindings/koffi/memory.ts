// No call may touch a byte outside a view. What lies beyond counts as memory that is not mapped, and the answer is
// the one that Windows gives there: it looks at the handle first, then WSAEFAULT. Which memory a call touches, and
// how much of it, is in the function table.
import { type FunctionName, functionEntry, type Parameter, parameterKind } from '../../ws2_32/functions.js';
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { setFits } from './sets.js';

const WSAEFAULT = 10014;
const SOL_SOCKET = 0xffff;
const SO_TYPE = 0x1008;
const NATURAL_OPTION_BYTES = 8;
export const SOCK_STREAM = 1;

/** The int at a view's start, which need not be aligned; undefined when the view is too short. */
export function intAt(view: View | null): number | undefined {
  if (view === null || view.byteLength < 4) return undefined;
  return new DataView(view.buffer, view.byteOffset, 4).getInt32(0, true);
}

/** Whether `length` bytes, as C would count them, lie inside; NULL has none. */
export function holds(view: View | null, length: number): boolean {
  return view !== null && length >= 0 && length <= view.byteLength;
}

/** The same where NULL is passed on: it means none, or Winsock refuses it by itself. */
export function fits(view: View | null, length: number): boolean {
  return view === null || holds(view, length);
}

/** The same for a buffer of which NULL is as good as any when nothing is asked of it. */
export function holdsOrEmpty(view: View | null, length: number): boolean {
  return length === 0 || holds(view, length);
}

const type = new Int32Array(1);
const typeLength = new Int32Array(1);

/** What a socket is, or 0 with the last error set when it is none. */
export function socketType(library: Library, s: number): number {
  typeLength[0] = type.byteLength;
  return library.getsockopt(s, SOL_SOCKET, SO_TYPE, type, typeLength) === 0 ? type[0] : 0;
}

/** Fails as Windows does for memory that is not mapped: with WSAENOTSOCK if `s` is none, else WSAEFAULT. */
export function unmapped<T>(library: Library, failure: T, s?: number): T {
  if (s !== undefined && socketType(library, s) === 0) return failure;
  return library.fail(WSAEFAULT, failure);
}

/** A call of the DLL that is made only when every view holds what the call would touch. */
export function withMemoryChecks(library: Library, name: FunctionName): Body {
  const { params, returns } = functionEntry(name);
  const call = library.caller(name);
  const checks = params.flatMap((parameter, index) =>
    parameterKind(parameter) === 'view' ? [memoryCheck(params, parameter, index)] : [],
  );
  if (checks.length === 0) return textBody(call, params);
  const socketFirst = params[0].type === 'SOCKET';
  const failure = returns.endsWith('*') ? null : -1;
  return (...args) => {
    for (const check of checks) {
      if (!check(args)) return unmapped(library, failure, socketFirst ? args[0] : undefined);
    }
    return call(...args);
  };
}

// A length comes before the memory that it measures is looked at, wherever it stands among the parameters.
function memoryCheck(
  params: readonly Parameter[],
  { size, unit = 1, optional, name }: Parameter,
  index: number,
) {
  const empty = name === 'buf';
  const needed = bytesNeeded(params, size);
  return (args: unknown[]): boolean => {
    const view = args[index] as View | null;
    if (view === null && optional) return true;
    if (size === 'fd_set') return setFits(view!);
    const units = needed(args);
    if (units === undefined) return false;
    const bytes = units * unit;
    // A negative length goes to Winsock as it is: it then takes the option's natural size.
    if (name === 'optval' && bytes < 0) return holds(view, NATURAL_OPTION_BYTES);
    return empty ? holdsOrEmpty(view, bytes) : holds(view, bytes);
  };
}

function bytesNeeded(params: readonly Parameter[], size: number | string | undefined) {
  if (typeof size !== 'string') return () => size ?? 0;
  const pointed = size.startsWith('*');
  const at = params.findIndex(({ name }) => name === (pointed ? size.slice(1) : size));
  if (!pointed) return (args: unknown[]) => args[at] as number;
  // No length at all: nothing is written where both may be NULL (accept).
  const absent = params[at].optional ? 0 : undefined;
  return (args: unknown[]) => (args[at] === null ? absent : intAt(args[at] as View));
}

/** Strings go in as ANSI with the NUL that C wants. */
function textBody(call: Body, params: readonly Parameter[]): Body {
  if (!params.some(({ string }) => string)) return call;
  return (...args) => call(...args.map((value) => (typeof value === 'string' ? ansi(value) : value)));
}

/** A string as C has it, with its NUL. */
export function ansi(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(`${text}\0`, 'latin1');
}

/** The same in UTF-16. */
export function wide(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(`${text}\0`, 'utf16le');
}
