import {
  AI_ALL,
  AI_CANONNAME,
  AI_FQDN,
  AI_NUMERICSERV,
  AI_V4MAPPED,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
} from '../../../ws2_32/constants.js';
import {
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAESOCKTNOSUPPORT,
  WSAHOST_NOT_FOUND,
  WSANO_RECOVERY,
  WSATYPE_NOT_FOUND,
} from '../../../ws2_32/errors/codes.js';
import { ADDRINFO } from '../../../ws2_32/structs.js';
import type { Addrinfo } from '../../../ws2_32/types.js';
import { type Address, AF_INET, AF_INET6, encodeAddress, isAny, isLoopback, mapped } from '../address.js';
import { parseEndpoint } from './address-string.js';
import { swap16 } from './inet.js';
import { scanIpv4 } from './ipv4-address.js';
import { serviceByName } from './services.js';

/** What `getaddrinfo` makes of its arguments, apart from looking names up (facts GAI-02 to GAI-19). */
export interface Hints {
  readonly flags: number;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
}

const NO_HINTS: Hints = { flags: 0, family: 0, type: 0, protocol: 0 };
/** The fields that must be 0 or NULL. */
const EMPTY = ['ai_addrlen', 'ai_canonname', 'ai_addr', 'ai_next'] as const;
/** SOCK_STREAM to SOCK_SEQPACKET, and 0 for any. */
const LAST_TYPE = 5;

/** The hints, from bytes or an object, or the code with which the call fails. */
export function readHints(given: object | null, node: string | null): Hints | number {
  if (given === null) return NO_HINTS;
  if (ArrayBuffer.isView(given) && given.byteLength < ADDRINFO.size) return WSAEFAULT;
  const fields = (ArrayBuffer.isView(given) ? new ADDRINFO(given) : given) as Record<string, unknown>;
  const field = (name: string): number => Number(fields[name] ?? 0) | 0;
  if (EMPTY.some((name) => fields[name])) return WSANO_RECOVERY;
  const hints = {
    flags: field('ai_flags'),
    family: field('ai_family'),
    type: field('ai_socktype'),
    protocol: field('ai_protocol'),
  };
  return flawOf(hints, node) || hints;
}

function flawOf({ flags, family, type }: Hints, node: string | null): number {
  if ((flags & AI_CANONNAME) !== 0 && (flags & AI_FQDN) !== 0) return WSAEINVAL;
  if ((flags & (AI_CANONNAME | AI_FQDN)) !== 0 && node === null) return WSANO_RECOVERY;
  if (family !== 0 && family !== AF_INET && family !== AF_INET6) return WSAEAFNOSUPPORT;
  return type < 0 || type > LAST_TYPE ? WSAESOCKTNOSUPPORT : 0;
}

/** A service's port in host order, or the code with which the call fails. */
export function portOfService(
  service: string | null,
  { flags, type }: Hints,
): { port: number } | { code: number } {
  if (service === null || service === '') return { port: 0 };
  // As C's strtoul reads numbers; of a larger one a port keeps the lower 16 bits.
  if (/^\s*[+-]?\d+$/.test(service)) return { port: Number(service) & 0xffff };
  if ((flags & AI_NUMERICSERV) !== 0) return { code: WSAHOST_NOT_FOUND };
  const protocol = type === SOCK_STREAM ? 'tcp' : type === SOCK_DGRAM ? 'udp' : null;
  const found = type === SOCK_RAW ? undefined : serviceByName(service, protocol);
  return found === undefined ? { code: WSATYPE_NOT_FOUND } : { port: swap16(found.s_port) };
}

/** The address that a node's name spells, if it does: IPv4 as in `inet_addr`; IPv6, also in brackets with a port. */
export function numericNode(node: string): Address | undefined {
  const v4 = scanIpv4(node, false);
  if (v4 !== undefined && v4.end === node.length)
    return { family: AF_INET, bytes: v4.bytes, port: 0, flow: 0, scope: 0 };
  const v6 = parseEndpoint(node, AF_INET6);
  return v6.valid ? { family: AF_INET6, bytes: v6.bytes, port: 0, flow: 0, scope: v6.scope } : undefined;
}

/** Those that the hints want, in their order; an IPv4 address mapped to IPv6 where AI_V4MAPPED allows it. */
export function wanted(addresses: readonly Address[], { flags, family }: Hints): Address[] {
  if (family === 0) return [...addresses];
  const fitting = addresses.filter((address) => address.family === family);
  const maps = family === AF_INET6 && (flags & AI_V4MAPPED) !== 0;
  if (!maps || (fitting.length > 0 && (flags & AI_ALL) === 0)) return fitting;
  const others = addresses.filter((address) => address.family === AF_INET);
  return [...fitting, ...others.map((v4) => ({ ...v4, family: AF_INET6, bytes: mapped(v4.bytes) }))];
}

/** Reaches beyond this machine and its links. */
export function isGlobal({ family, bytes }: Address): boolean {
  if (isLoopback(bytes) || isAny(bytes)) return false;
  return family === AF_INET || bytes[0] !== 0xfe || (bytes[1] & 0xc0) !== 0x80;
}

/** One entry: type and protocol are the hints', whatever they are (GAI-16). */
export function entryOf(address: Address, port: number, hints: Hints, name: string | null): Addrinfo {
  const ai_addr = encodeAddress({ ...address, port });
  return {
    ai_flags: 0,
    ai_family: address.family,
    ai_socktype: hints.type,
    ai_protocol: hints.protocol,
    ai_addrlen: ai_addr.length,
    ai_addr,
    ai_canonname: name,
  };
}
