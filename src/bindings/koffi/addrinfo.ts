// getaddrinfo, freeaddrinfo, getnameinfo.
import type { FunctionName } from '../../ws2_32/functions.js';
import { ADDRINFO } from '../../ws2_32/structs/dll.js';
import { layoutOf } from '../../ws2_32/structs/layouts.js';
import type { Addrinfo, View } from '../../ws2_32/types.js';
import { queued } from './async-calls.js';
import type { Body, Koffi, Library } from './library.js';
import { ansi, fits, holds, unmapped, wide } from './memory.js';
import { bytesOf } from './sets.js';

const WSAEFAULT = 10014;
const WSANO_RECOVERY = 11003;
const WSANOTINITIALISED = 10093;

type Texts = typeof ansi;
type Results = Addrinfo[] | null;

export function addrinfoBodies(library: Library): Partial<Record<FunctionName, Body>> {
  const empty = (results: Results) => {
    // The DLL's list is gone already: the entries are JavaScript's.
    if (results !== null) results.length = 0;
  };
  const { string, string16 } = library.koffi.decode;
  return {
    getaddrinfo: lookUp(library, 'getaddrinfo', 'freeaddrinfo', ansi, string),
    GetAddrInfoW: lookUp(library, 'GetAddrInfoW', 'FreeAddrInfoW', wide, string16),
    getaddrinfoAsync: lookUpAsync(library),
    freeaddrinfo: empty,
    FreeAddrInfoW: empty,
    getnameinfo: nameOf(library, 'getnameinfo', 1),
    GetNameInfoW: nameOf(library, 'GetNameInfoW', 2),
  };
}

/** What goes to the DLL, or the code with which it would fail. */
function prepare(library: Library, hints: object | null, results: Results): Uint8Array | null | number {
  if (results !== null) results.length = 0;
  if (!library.startups.started()) return WSANOTINITIALISED;
  const bytes = hintsAsBytes(hints);
  if (bytes === undefined || results === null) return WSAEFAULT;
  return hints !== null && isResult(hints) ? WSANO_RECOVERY : bytes;
}

/** The fields that only results have. Pointers never get to the DLL: Wine follows them. */
const ofResults = ['ai_addrlen', 'ai_canonname', 'ai_addr', 'ai_next'];

function isResult(hints: object): boolean {
  const fields = (ArrayBuffer.isView(hints) ? new ADDRINFO(hints) : hints) as Record<string, unknown>;
  return ofResults.some((name) => fields[name]);
}

function hintsAsBytes(hints: object | null): Uint8Array | null | undefined {
  if (hints === null) return null;
  if (ArrayBuffer.isView(hints))
    return hints.byteLength < ADDRINFO.size ? undefined : bytesOf(hints).slice(0, ADDRINFO.size);
  const fields = hints as Record<string, unknown>;
  const field = (name: string) => Number(fields[name] ?? 0) | 0;
  return new ADDRINFO({
    ai_flags: field('ai_flags'),
    ai_family: field('ai_family'),
    ai_socktype: field('ai_socktype'),
    ai_protocol: field('ai_protocol'),
  });
}

function lookUp(
  library: Library,
  name: FunctionName,
  freeName: FunctionName,
  encode: Texts,
  text: (at: bigint) => string,
): Body {
  const call = library.caller(name);
  const free = library.foreign(freeName);
  return (node: string | null, service: string | null, given: object | null, results: Results) => {
    const hints = prepare(library, given, results);
    if (typeof hints === 'number') return library.fail(hints, hints);
    const list = new BigUint64Array(1);
    const code = call(encode(node), encode(service), hints, list);
    if (code === 0) take(library.koffi, list[0], free, results!, text);
    return code;
  };
}

function lookUpAsync(library: Library): Body {
  const call = queued(library.foreign('getaddrinfo'), 64);
  const free = library.foreign('freeaddrinfo');
  return (node: string | null, service: string | null, given: object | null, results: Results) => {
    const hints = prepare(library, given, results);
    if (typeof hints === 'number') {
      return new Promise((resolve) => setImmediate(() => resolve(library.fail(hints, hints))));
    }
    return new Promise<number>((resolve, reject) => {
      const list = new BigUint64Array(1);
      call([ansi(node), ansi(service), hints, list], (error, code) => {
        if (error) return reject(error);
        const lastError = code === 0 ? 0 : library.lastErrorOfCallback();
        // Something else may have filled it meanwhile.
        results!.length = 0;
        if (code === 0) take(library.koffi, list[0], free, results!, library.koffi.decode.string);
        library.lastError = lastError;
        resolve(code);
      });
    });
  };
}

/** Copies the DLL's list into the array, in order, and gives it back. */
function take(
  koffi: Koffi,
  list: bigint,
  free: Body,
  results: Addrinfo[],
  text: (at: bigint) => string,
): void {
  const { fields } = layoutOf('ADDRINFOW');
  for (let at: bigint | null = list; at; ) {
    const from: bigint = at;
    const offset = (field: string) => from + BigInt(fields[field].offset);
    const int = (field: string) => koffi.decode.int32(offset(field));
    const pointer = (field: string) => koffi.decode(offset(field), 'void *') as bigint | null;
    const length = int('ai_addrlen');
    const address = pointer('ai_addr');
    const name = pointer('ai_canonname');
    results.push({
      ai_flags: int('ai_flags'),
      ai_family: int('ai_family'),
      ai_socktype: int('ai_socktype'),
      ai_protocol: int('ai_protocol'),
      ai_addrlen: length,
      ai_addr: address ? new Uint8Array(koffi.view(address, length)).slice() : new Uint8Array(0),
      ai_canonname: name ? text(name) : null,
    });
    at = pointer('ai_next');
  }
  free(list);
}

function nameOf(library: Library, name: FunctionName, unit: number): Body {
  const call = library.caller(name);
  return (
    address: View | null,
    length: number,
    node: View | null,
    nodeSize: number,
    service: View | null,
    serviceSize: number,
    flags: number,
  ) => {
    if (!library.startups.started()) return library.fail(WSANOTINITIALISED, WSANOTINITIALISED);
    const right = holds(address, length) && fits(node, nodeSize * unit) && fits(service, serviceSize * unit);
    if (!right) return unmapped(library, WSAEFAULT);
    return call(address, length, node, nodeSize, service, serviceSize, flags);
  };
}
