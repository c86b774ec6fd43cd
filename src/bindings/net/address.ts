import { isIPv4 } from 'node:net';
import { AF_INET, AF_INET6 } from '../../ws2_32/constants.js';
import { parseIPv4, parseIPv6 } from './rules/text.js';

/** Socket addresses: sockaddr bytes as Windows lays them out, their text forms, and their place in the arena. */
export { AF_INET, AF_INET6 };
export const SOCKADDR_IN = 16;
export const SOCKADDR_IN6 = 28;

export interface Address {
  /** AF_INET or AF_INET6. */
  readonly family: number;
  /** 4 or 16 bytes in network order. */
  readonly bytes: Uint8Array;
  readonly port: number;
  readonly flow: number;
  readonly scope: number;
}

export function sizeOf(family: number): number {
  return family === AF_INET6 ? SOCKADDR_IN6 : SOCKADDR_IN;
}

export function decodeAddress(sockaddr: Uint8Array): Address {
  const view = new DataView(sockaddr.buffer, sockaddr.byteOffset, sockaddr.byteLength);
  const family = view.getUint16(0, true);
  const port = view.getUint16(2, false);
  if (family === AF_INET) return { family, port, bytes: sockaddr.slice(4, 8), flow: 0, scope: 0 };
  return {
    family,
    port,
    bytes: sockaddr.slice(8, 24),
    flow: view.getUint32(4, true),
    scope: view.getUint32(24, true),
  };
}

export function encodeAddress({ family, port, bytes, flow, scope }: Address): Uint8Array {
  const sockaddr = new Uint8Array(sizeOf(family));
  const view = new DataView(sockaddr.buffer);
  view.setUint16(0, family, true);
  view.setUint16(2, port, false);
  if (family === AF_INET) {
    sockaddr.set(bytes, 4);
    return sockaddr;
  }
  view.setUint32(4, flow, true);
  sockaddr.set(bytes, 8);
  view.setUint32(24, scope, true);
  return sockaddr;
}

/** From Node's `{ address, port }`; for a dual-stack socket's IPv4 peer give AF_INET6. */
export function addressFrom(text: string, port: number, family = isIPv4(text) ? AF_INET : AF_INET6): Address {
  const [host, zone] = text.split('%');
  const scope = Number(zone ?? 0) || 0;
  const v4 = parseIPv4(host);
  if (family === AF_INET) return { family, port, bytes: v4 ?? new Uint8Array(4), flow: 0, scope: 0 };
  const bytes = v4 === undefined ? (parseIPv6(host) ?? new Uint8Array(16)) : mapped(v4);
  return { family, port, bytes, flow: 0, scope };
}

/** ::ffff:a.b.c.d */
export function mapped(v4: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[10] = bytes[11] = 0xff;
  bytes.set(v4, 12);
  return bytes;
}

export function isMapped(bytes: Uint8Array): boolean {
  return (
    bytes.length === 16 &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff &&
    bytes.subarray(0, 10).every((b) => b === 0)
  );
}

export function isAny(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104 */
export function isLoopback(bytes: Uint8Array): boolean {
  if (bytes.length === 4) return bytes[0] === 127;
  if (isMapped(bytes)) return bytes[12] === 127;
  return bytes[15] === 1 && isAny(bytes.subarray(0, 15));
}

/** The text that Node's net and dgram take. */
export function hostText({ family, bytes, scope }: Address): string {
  if (family === AF_INET) return bytes.join('.');
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[i] << 8) | bytes[i + 1]).toString(16));
  return groups.join(':') + (scope === 0 ? '' : `%${scope}`);
}

/** Writes length and bytes at `word` of the arena. */
export function storeAddress(control: Int32Array, word: number, sockaddr: Uint8Array): void {
  new Uint8Array(control.buffer, (word + 1) * 4, 28).set(sockaddr);
  Atomics.store(control, word, sockaddr.length);
}

/** The sockaddr at `word`, or undefined when none was stored. */
export function loadAddress(control: Int32Array, word: number): Uint8Array | undefined {
  const length = Atomics.load(control, word);
  return length === 0 ? undefined : new Uint8Array(control.buffer, (word + 1) * 4, length).slice();
}
