import { networkInterfaces } from 'node:os';
import { WSAEAFNOSUPPORT, WSAEHOSTUNREACH, WSAEINVAL } from '../../../ws2_32/errors/codes.js';
import {
  AF_INET,
  AF_INET6,
  addressFrom,
  decodeAddress,
  encodeAddress,
  isAny,
  isLoopback,
  sizeOf,
} from '../address.js';

/** This machine's addresses, for the commands that ask for them. */
function addressesOf(family: number, loopback: boolean): Uint8Array[] {
  const wanted = family === AF_INET6 ? 'IPv6' : 'IPv4';
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => entry.family === wanted && entry.internal === loopback)
    .map(({ address }) => encodeAddress(addressFrom(address, 0, family)));
}

/** SIO_ROUTING_INTERFACE_QUERY: the local address from which `destination` is reached, or a code. */
export function interfaceFor(destination: Uint8Array): Uint8Array | number {
  if (destination.length < 2) return WSAEINVAL;
  const family = destination[0] | (destination[1] << 8);
  if (family !== AF_INET && family !== AF_INET6) return destination.length < 16 ? WSAEINVAL : WSAEAFNOSUPPORT;
  if (destination.length < sizeOf(family)) return WSAEINVAL;
  const { bytes } = decodeAddress(destination);
  if (isAny(bytes)) return WSAEINVAL;
  const local = addressesOf(family, isLoopback(bytes));
  return local[0] ?? WSAEHOSTUNREACH;
}

const ENTRY = 16;
const HEADER = 8;

/**
 * SIO_ADDRESS_LIST_QUERY: SOCKET_ADDRESS_LIST, its entries and the addresses that they point to. JavaScript has no
 * addresses of memory: a pointer is given as the distance from the buffer's start.
 */
export function addressList(family: number): Uint8Array {
  const found = addressesOf(family, false);
  const addresses = found.length > 0 ? found : addressesOf(family, true);
  const size = sizeOf(family);
  const list = new Uint8Array(HEADER + addresses.length * (ENTRY + size));
  const view = new DataView(list.buffer);
  view.setInt32(0, addresses.length, true);
  addresses.forEach((address, i) => {
    const at = HEADER + addresses.length * ENTRY + i * size;
    view.setUint32(HEADER + i * ENTRY, at, true);
    view.setInt32(HEADER + i * ENTRY + 8, size, true);
    list.set(address, at);
  });
  return list;
}
