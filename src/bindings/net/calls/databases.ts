import { hostname } from 'node:os';
import {
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOBUFS,
  WSANO_DATA,
} from '../../../ws2_32/errors/codes.js';
import type { Hostent, Protoent, Servent } from '../../../ws2_32/types.js';
import { AF_INET, AF_INET6 } from '../address.js';
import { swap16 } from '../rules/inet.js';
import { describeProtocol, protocols } from '../rules/protocol-info.js';
import { protocolByName, protocolByNumber } from '../rules/protocols.js';
import { serviceByName, serviceByPort } from '../rules/services.js';
import { charactersOf, writeString } from '../strings.js';
import { arenaOfThread, fail, setLastError, succeed, unavailableNow } from '../thread.js';
import { bytesOf, readInt, sizeOfView, writeInt } from '../view.js';
import { reverse } from './name-info.js';

/** The databases of hosts, services and protocols, and which protocols there are. */
type View = ArrayBufferView | null;

function nothing(code: number): null {
  setLastError(code);
  return null;
}

/** What a database has, or NULL with WSANO_DATA; `find` may also give the code. */
function answer<T>(find: () => T | number | undefined): T | null {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return nothing(unavailable);
  const found = find();
  if (found === undefined) return nothing(WSANO_DATA);
  if (typeof found === 'number') return nothing(found);
  setLastError(0);
  return found;
}

export function gethostbyaddr(addr: View, len: number, type: number): Hostent | null {
  return answer(() => {
    if (type !== AF_INET && type !== AF_INET6) return WSAEAFNOSUPPORT;
    const size = type === AF_INET ? 4 : 16;
    if (type === AF_INET6 && len !== size) return WSAEINVAL;
    if (addr === null || len < size || sizeOfView(addr) < size) return WSAEFAULT;
    // A copy: a Buffer's own slice would be the caller's memory.
    const bytes = new Uint8Array(bytesOf(addr).subarray(0, size));
    const name = reverse({ family: type, bytes, port: 0, flow: 0, scope: 0 });
    if (typeof name === 'number') return name;
    return { h_name: name, h_aliases: [], h_addrtype: type, h_length: size, h_addr_list: [bytes] };
  });
}

export function getservbyname(name: string | null, proto: string | null): Servent | null {
  return answer(() => (name === null ? WSAEFAULT : serviceByName(name, proto)));
}

/** `port` in network byte order, of which 16 bits count. */
export function getservbyport(port: number, proto: string | null): Servent | null {
  return answer(() => serviceByPort(swap16(port & 0xffff), proto));
}

export function getprotobyname(name: string | null): Protoent | null {
  return answer(() => (name === null ? WSAEFAULT : protocolByName(name)));
}

export function getprotobynumber(number: number): Protoent | null {
  return answer(() => protocolByNumber(number));
}

export function GetHostNameW(name: View, namelen: number): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return fail(unavailable);
  const text = hostname();
  if (name === null || namelen < charactersOf(text, true)) return fail(WSAEFAULT);
  return writeString(name, text, true) ? succeed(0) : fail(WSAEFAULT);
}

/** The numbers of a list that ends in 0; undefined when it does not end inside its memory. */
function readList(list: ArrayBufferView): number[] | undefined {
  const bytes = bytesOf(list);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const number = view.getInt32(at, true);
    if (number === 0) return numbers;
    numbers.push(number);
  }
  return undefined;
}

function enumProtocols(wide: boolean, list: View, into: View, length: View): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return fail(unavailable);
  const numbers = list === null ? null : readList(list);
  const room = readInt(length);
  if (length === null || room === undefined || numbers === undefined) return fail(WSAEFAULT);
  const entries = protocols
    .filter(({ protocol }) => numbers === null || numbers.includes(protocol))
    .map(({ family, protocol }) => describeProtocol(family, protocol, wide));
  const bytes = Buffer.concat(entries);
  if (into === null || room >>> 0 < bytes.length) {
    writeInt(length, bytes.length);
    return fail(WSAENOBUFS);
  }
  if (sizeOfView(into) < bytes.length) return fail(WSAEFAULT);
  bytesOf(into).set(bytes);
  writeInt(length, bytes.length);
  return succeed(entries.length);
}

type EnumProtocols = (list: View, into: View, length: View) => number;

export const WSAEnumProtocolsA: EnumProtocols = (list, into, length) =>
  enumProtocols(false, list, into, length);
export const WSAEnumProtocolsW: EnumProtocols = (list, into, length) =>
  enumProtocols(true, list, into, length);
export const WSAEnumProtocols = WSAEnumProtocolsW;
