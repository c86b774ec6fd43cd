import { type Address, AF_INET, AF_INET6 } from '../address.js';
import { number } from './inet.js';
import { scanIpv4 } from './ipv4-address.js';
import { scanIpv6 } from './ipv6-address.js';

/** Addresses as text, in the form that `inet_ntop` and `WSAAddressToString` write (facts PTN-19, PTN-20). */
export function addressText(family: number, bytes: Uint8Array): string {
  return family === AF_INET ? bytes.join('.') : ipv6Text(bytes);
}

/** With scope and port, where they are not 0. */
export function endpointText({ family, bytes, port, scope }: Address): string {
  const address = addressText(family, bytes) + (scope === 0 ? '' : `%${scope}`);
  if (port === 0) return address;
  return family === AF_INET ? `${address}:${port}` : `[${address}]:${port}`;
}

function ipv6Text(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, i) => (bytes[i * 2] << 8) | bytes[i * 2 + 1]);
  const dotted = endsInIpv4(words);
  const shown = dotted ? words.slice(0, 6) : words;
  const { start, length } = longestZeros(shown);
  const groups = shown.map((word) => word.toString(16));
  if (dotted) groups.push(bytes.subarray(12).join('.'));
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** IPv4-compatible, mapped and translated addresses, and those of ISATAP interfaces. */
function endsInIpv4(w: readonly number[]): boolean {
  const zeros = (count: number) => w.slice(0, count).every((word) => word === 0);
  const isatap = (w[4] & 0xfdff) === 0 && w[5] === 0x5efe;
  const compatible = zeros(6) || (zeros(5) && w[5] === 0xffff) || (zeros(4) && w[4] === 0xffff && w[5] === 0);
  return isatap || (compatible && w[6] !== 0);
}

/** The first of the longest runs of zero groups. */
function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** What `WSAStringToAddress` made of a text; an address that is followed by junk is kept, though it counts as none. */
export interface ParsedEndpoint extends Address {
  readonly valid: boolean;
}

export function parseEndpoint(text: string, family: number): ParsedEndpoint {
  return family === AF_INET ? parseIpv4Endpoint(text) : parseIpv6Endpoint(text);
}

/** Parts as in `inet_addr`, then perhaps a port (PTN-22 to PTN-26). */
function parseIpv4Endpoint(text: string): ParsedEndpoint {
  const scan = scanIpv4(text, false);
  const result = { family: AF_INET, bytes: scan?.bytes ?? new Uint8Array(4), flow: 0, scope: 0 };
  if (scan === undefined) return { ...result, port: 0, valid: false };
  const port = portAfter(text.slice(scan.end));
  return { ...result, port: port ?? 0, valid: port !== undefined };
}

/** `address`, `address%scope`, `[address%scope]` or `[address%scope]:port`. */
function parseIpv6Endpoint(text: string): ParsedEndpoint {
  const inBrackets = text.startsWith('[');
  const inside = inBrackets ? text.slice(1) : text;
  const scan = scanIpv6(inside);
  const result = { family: AF_INET6, bytes: scan.bytes, flow: 0 };
  const refused = { ...result, port: 0, scope: 0, valid: false };
  if (scan.end === undefined) return refused;
  const [, digits, rest] = /^(?:%(\d+))?(.*)$/s.exec(inside.slice(scan.end)) as RegExpExecArray;
  const scope = Number(digits ?? 0);
  const closed = inBrackets ? rest.startsWith(']') : rest === '';
  const port = closed ? portAfter(rest.slice(1)) : undefined;
  if (port === undefined || scope > 0xffff_ffff) return refused;
  return { ...result, port, scope, valid: true };
}

/** What stands behind an address: nothing, or a colon and a port from 1 to 65535. Undefined: neither. */
function portAfter(text: string): number | undefined {
  if (text === '') return 0;
  const port = text.startsWith(':') ? number(text.slice(1)) : undefined;
  return port === undefined || port === 0 || port > 0xffff ? undefined : port;
}
