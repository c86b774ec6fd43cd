import { isIPv4 } from 'node:net';
import { hostname } from 'node:os';
import {
  WSAEFAULT,
  WSAENETDOWN,
  WSAHOST_NOT_FOUND,
  WSANO_DATA,
  WSANO_RECOVERY,
  WSATRY_AGAIN,
} from '../../../ws2_32/errors/codes.js';
import type { Hostent } from '../../../ws2_32/types.js';
import { askName } from '../mail.js';
import { inetAddr, inetNtoa, swap16, swap32 } from '../rules/inet.js';
import { parseIPv4 } from '../rules/text.js';
import { arenaOfThread, fail, setLastError, succeed, unavailableNow } from '../thread.js';
import { bytesOf } from '../view.js';

type View = ArrayBufferView | null;

export function gethostname(name: View, namelen: number): number {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return fail(unavailable);
  const text = Buffer.from(`${hostname()}\0`);
  if (name === null || namelen < text.length) return fail(WSAEFAULT);
  const bytes = bytesOf(name);
  if (bytes.length < text.length) return fail(WSAEFAULT);
  bytes.set(text);
  return succeed(0);
}

const CODES: Record<string, number> = {
  ENOTFOUND: WSAHOST_NOT_FOUND,
  ENODATA: WSANO_DATA,
  EAI_AGAIN: WSATRY_AGAIN,
  EAI_FAIL: WSANO_RECOVERY,
};

export function nameCode(error: string): number {
  return CODES[error] ?? WSAHOST_NOT_FOUND;
}

/** IPv4 only, as it always was. The empty name and NULL mean this machine. */
export function gethostbyname(name: string | null): Hostent | null {
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return none(unavailable);
  const wanted = name === null || name === '' ? hostname() : name;
  const numeric = inetAddr(wanted);
  if (numeric !== 0xffff_ffff) return found(wanted, [inetNtoa(numeric)]);
  const answer = askName({ operation: 'lookup', name: wanted, family: 4 });
  if (answer === undefined) return none(WSAENETDOWN);
  if (answer.error !== undefined) return none(nameCode(answer.error));
  const addresses = (answer.addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => isIPv4(address));
  return addresses.length === 0 ? none(WSANO_DATA) : found(wanted, [...new Set(addresses)]);
}

function none(code: number): null {
  setLastError(code);
  return null;
}

function found(h_name: string, addresses: string[]): Hostent {
  setLastError(0);
  return {
    h_name,
    h_aliases: [],
    h_addrtype: 2,
    h_length: 4,
    h_addr_list: addresses.map((address) => parseIPv4(address) as Uint8Array),
  };
}

/** Leaves the last error alone, whatever comes. NULL is no address, and the one case with a code. */
export function inet_addr(cp: string | null): number {
  if (cp !== null) return inetAddr(cp);
  setLastError(WSAEFAULT);
  return 0xffff_ffff;
}

export function inet_ntoa(address: number): string {
  return inetNtoa(address);
}

export const htons = swap16;
export const ntohs = swap16;
export const htonl = swap32;
export const ntohl = swap32;
