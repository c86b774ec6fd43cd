// The databases of hosts, services and protocols, and the list of what protocols there are.
import type { FunctionName } from '../../ws2_32/functions.js';
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { ansi, fits, holds, intAt, unmapped } from './memory.js';
import { decodeHostent, decodeProtoent, decodeServent } from './structures.js';

const AF_INET6 = 23;

export function databaseBodies(library: Library): Partial<Record<FunctionName, Body>> {
  return {
    gethostbyaddr: hostByAddress(library),
    ...services(library),
    ...protocols(library),
    WSAEnumProtocolsA: protocolList(library, 'WSAEnumProtocolsA'),
    WSAEnumProtocolsW: protocolList(library, 'WSAEnumProtocolsW'),
  };
}

function hostByAddress(library: Library): Body {
  const call = library.caller('gethostbyaddr');
  return (address: View | null, length: number, family: number) => {
    const needed = family === AF_INET6 ? 16 : 4;
    if (!holds(address, length) || !holds(address, needed)) return unmapped(library, null);
    return decodeHostent(library.koffi, call(address, length, family));
  };
}

function services(library: Library): Partial<Record<FunctionName, Body>> {
  const byName = library.caller('getservbyname');
  const byPort = library.caller('getservbyport');
  return {
    getservbyname: (name: string | null, protocol: string | null) =>
      name === null
        ? unmapped(library, null)
        : decodeServent(library.koffi, byName(ansi(name), ansi(protocol))),
    getservbyport: (port: number, protocol: string | null) =>
      decodeServent(library.koffi, byPort(port, ansi(protocol))),
  };
}

function protocols(library: Library): Partial<Record<FunctionName, Body>> {
  const byName = library.caller('getprotobyname');
  const byNumber = library.caller('getprotobynumber');
  return {
    getprotobyname: (name: string | null) =>
      name === null ? unmapped(library, null) : decodeProtoent(library.koffi, byName(ansi(name))),
    getprotobynumber: (number: number) => decodeProtoent(library.koffi, byNumber(number)),
  };
}

/** Whether the list ends in its memory; NULL asks for all. */
function listEnds(list: View | null): boolean {
  if (list === null) return true;
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  for (let at = 0; at + 4 <= view.byteLength; at += 4) if (view.getInt32(at) === 0) return true;
  return false;
}

function protocolList(library: Library, name: FunctionName): Body {
  const call = library.caller(name);
  return (list: View | null, into: View | null, length: View | null) => {
    const room = intAt(length);
    const right = listEnds(list) && room !== undefined && fits(into, room >>> 0);
    return right ? call(list, into, length) : unmapped(library, -1);
  };
}
