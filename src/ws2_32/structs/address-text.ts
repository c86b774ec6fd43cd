import { isIPv4, isIPv6 } from 'node:net';

/** The bytes of an IPv4 (4) or IPv6 (16) address in text. For what Winsock makes of text, use inet_pton. */
export function addressBytes(address: string, size: 4 | 16): Uint8Array {
  if (!(size === 4 ? isIPv4(address) : isIPv6(address)))
    throw new TypeError(`'${address}' is not an ${size === 4 ? 'IPv4' : 'IPv6'} address`);
  if (size === 4) return Uint8Array.from(address.split('.'), Number);
  return ipv6Bytes(address.replace(/%.*$/, ''));
}

function ipv6Bytes(address: string): Uint8Array {
  const dotted = address.match(/[^:]*\.[^:]*$/)?.[0];
  if (dotted) {
    const [a, b, c, d] = dotted.split('.').map(Number);
    const words = [(a << 8) | b, (c << 8) | d].map((word) => word.toString(16));
    address = address.slice(0, -dotted.length) + words.join(':');
  }
  const [head, tail] = address.split('::').map((part) => (part ? part.split(':') : []));
  const zeros = tail ? 8 - head.length - tail.length : 0;
  const words = [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  return Uint8Array.from(
    words.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16)]),
  );
}
