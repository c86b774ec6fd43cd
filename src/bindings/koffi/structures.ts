// The structures that the DLL owns, decoded.
import { layoutOf, pointerSize } from '../../ws2_32/structs/layouts.js';
import type { Hostent, Protoent, Servent } from '../../ws2_32/types.js';
import type { Koffi } from './library.js';

type Address = bigint;

/** Copies a hostent out of the DLL's memory, which the thread's next such call reuses. */
export function decodeHostent(koffi: Koffi, at: Address | null): Hostent | null {
  if (!at) return null;
  const { fields } = layoutOf('hostent');
  const offset = (field: string) => at + BigInt(fields[field].offset);
  const pointer = (field: string) => koffi.decode(offset(field), 'void *') as Address | null;
  const length = koffi.decode.int16(offset('h_length'));
  const addresses = pointers(koffi, pointer('h_addr_list'));
  return {
    h_name: text(koffi, pointer('h_name')),
    h_aliases: pointers(koffi, pointer('h_aliases')).map((alias) => text(koffi, alias)),
    h_addrtype: koffi.decode.int16(offset('h_addrtype')),
    h_length: length,
    h_addr_list: addresses.map((address) => new Uint8Array(koffi.view(address, length)).slice()),
  };
}

/** Copies a servent out of the DLL's memory. */
export function decodeServent(koffi: Koffi, at: Address | null): Servent | null {
  if (!at) return null;
  const { fields } = layoutOf('servent');
  const offset = (field: string) => at + BigInt(fields[field].offset);
  const pointer = (field: string) => koffi.decode(offset(field), 'void *') as Address | null;
  return {
    s_name: text(koffi, pointer('s_name')),
    s_aliases: pointers(koffi, pointer('s_aliases')).map((alias) => text(koffi, alias)),
    s_port: koffi.decode.uint16(offset('s_port')),
    s_proto: text(koffi, pointer('s_proto')),
  };
}

/** Copies a protoent out of the DLL's memory. */
export function decodeProtoent(koffi: Koffi, at: Address | null): Protoent | null {
  if (!at) return null;
  const { fields } = layoutOf('protoent');
  const offset = (field: string) => at + BigInt(fields[field].offset);
  const pointer = (field: string) => koffi.decode(offset(field), 'void *') as Address | null;
  return {
    p_name: text(koffi, pointer('p_name')),
    p_aliases: pointers(koffi, pointer('p_aliases')).map((alias) => text(koffi, alias)),
    p_proto: koffi.decode.int16(offset('p_proto')),
  };
}

function text(koffi: Koffi, at: Address | null): string {
  return at ? koffi.decode.string(at) : '';
}

/** The pointers of an array that ends with NULL. */
function pointers(koffi: Koffi, list: Address | null): Address[] {
  const found: Address[] = [];
  if (!list) return found;
  for (let at = list; ; at += BigInt(pointerSize())) {
    const entry = koffi.decode(at, 'void *') as Address | null;
    if (!entry) return found;
    found.push(entry);
  }
}
