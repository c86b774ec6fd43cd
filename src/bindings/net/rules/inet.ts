/** `inet_addr` and `inet_ntoa`: the classic text form of IPv4 addresses (facts INA-06 to INA-18). */
const INADDR_NONE = 0xffff_ffff;
const LIMITS = [0xffff_ffff, 0xff_ffff, 0xffff, 0xff];

/** The address in network order as a little-endian machine sees it, or INADDR_NONE. */
export function inetAddr(text: string): number {
  if (text === ' ') return 0;
  // Only what stands before white space counts; white space may not stand first or right after a dot.
  const address = /^[^ \t\n\v\f\r]*/.exec(text)?.[0] ?? '';
  if (address === '') return INADDR_NONE;
  const parts = address.split('.');
  if (parts.length > 4) return INADDR_NONE;
  let host = 0;
  for (const [i, part] of parts.entries()) {
    const value = number(part);
    const last = i === parts.length - 1;
    if (value === undefined || value > (last ? LIMITS[i] : 255)) return INADDR_NONE;
    host += last ? value : value * 2 ** (24 - 8 * i);
  }
  return swap32(host);
}

/** Decimal, octal after a leading 0, hexadecimal after 0x. */
export function number(part: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(part)) return Number.parseInt(part.slice(2), 16);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d*$/.test(part) ? Number(part) : undefined;
}

export function inetNtoa(address: number): string {
  return [address & 255, (address >>> 8) & 255, (address >>> 16) & 255, address >>> 24].join('.');
}

export function swap16(value: number): number {
  return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
}

export function swap32(value: number): number {
  return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}
