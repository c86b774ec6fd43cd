/** IPv4 addresses in text as `inet_pton` and `WSAStringToAddress` read them (facts PTN-05 to PTN-07, PTN-22 to PTN-26). */

/** An address at the start of a text, and the index at which it ends. */
export interface Ipv4Scan {
  readonly bytes: Uint8Array;
  readonly end: number;
}

/** By the length of the prefix: none, 0, 0x. */
const BASES = [
  { digits: /^\d*/, radix: 10 },
  { digits: /^[0-7]*/, radix: 8 },
  { digits: /^[0-9a-fA-F]*/, radix: 16 },
] as const;

/** The largest last part when there are one, two, three or four of them. */
const LIMITS = [0xffff_ffff, 0xff_ffff, 0xffff, 0xff];

/**
 * The address with which `text` begins; what follows it may be anything. Strict: four decimal parts without leading
 * zeros. Otherwise one to four parts, each decimal, octal or hexadecimal.
 */
export function scanIpv4(text: string, strict: boolean): Ipv4Scan | undefined {
  const parts: number[] = [];
  let at = 0;
  for (;;) {
    const part = scanPart(text, at, strict);
    if (part === undefined || parts.push(part.value) > 4) return undefined;
    at = part.end;
    if (text[at] !== '.') break;
    at++;
  }
  const last = parts.length - 1;
  if (strict && last !== 3) return undefined;
  if (parts[last] > LIMITS[last] || parts.slice(0, last).some((value) => value > 255)) return undefined;
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, parts[last]);
  bytes.set(parts.slice(0, last));
  return { bytes, end: at };
}

function scanPart(text: string, at: number, strict: boolean): { value: number; end: number } | undefined {
  const prefix = /^0(?:[xX]|(?=\d))/.exec(text.slice(at))?.[0].length ?? 0;
  if (strict && prefix > 0) return undefined;
  const { digits, radix } = BASES[prefix];
  const found = digits.exec(text.slice(at + prefix))?.[0] ?? '';
  const value = found === '' ? undefined : wrapping(found, radix);
  return value === undefined ? undefined : { value, end: at + prefix + found.length };
}

/** 32 bits. One digit too many is noticed only when it makes the number smaller: 0x123456789 is 0x23456789 (PTN-26). */
function wrapping(digits: string, radix: number): number | undefined {
  let value = 0;
  for (const digit of digits) {
    const next = (value * radix + Number.parseInt(digit, radix)) % 2 ** 32;
    if (next < value) return undefined;
    value = next;
  }
  return value;
}
