import { type Address, AF_INET6, isAny, isMapped } from '../address.js';

/** WSAEADDRINUSE and WSAEACCES. */
const IN_USE = 10048;
const ACCESS = 10013;

/** A local address that a socket holds or wants. */
export interface Claim {
  readonly address: Address;
  /** IPPROTO_TCP or IPPROTO_UDP: the port spaces are apart. */
  readonly protocol: number;
  readonly v6only: boolean;
  /** SO_REUSEADDR at the time of the bind. */
  readonly reuse: boolean;
  /** SO_EXCLUSIVEADDRUSE at the time of the bind. */
  readonly exclusive: boolean;
}

/** Which addresses a claim covers: `width` 0 one address, 1 all of a family, 2 both families. */
function coverage({ address, v6only }: Claim): { width: number; family: number; host: string } {
  const { bytes } = address;
  if (address.family !== AF_INET6) return { width: isAny(bytes) ? 1 : 0, family: 4, host: bytes.join('.') };
  if (isMapped(bytes)) {
    const v4 = bytes.subarray(12);
    return { width: isAny(v4) ? 1 : 0, family: 4, host: v4.join('.') };
  }
  if (!isAny(bytes)) return { width: 0, family: 6, host: bytes.join('.') };
  return { width: v6only ? 1 : 2, family: 6, host: '' };
}

/**
 * The bind matrix of plain, SO_REUSEADDR and SO_EXCLUSIVEADDRUSE, wildcard and specific, for one user: 0 when
 * `second` may be bound beside `first`, else the WSA code (facts BND-07 to BND-39).
 */
export function bindConflict(first: Claim, second: Claim): number {
  if (first.protocol !== second.protocol || first.address.port !== second.address.port) return 0;
  const a = coverage(first);
  const b = coverage(second);
  if (a.family !== b.family && a.width < 2 && b.width < 2) return 0;
  if (a.width === b.width) {
    if (a.width === 0 && a.host !== b.host) return 0;
    if (first.reuse && second.reuse) return 0;
    return second.reuse ? ACCESS : IN_USE;
  }
  if (a.width > b.width) return first.exclusive ? ACCESS : 0;
  return second.exclusive ? IN_USE : 0;
}
