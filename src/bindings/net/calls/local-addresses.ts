import { hostname, networkInterfaces } from 'node:os';
import { type Address, AF_INET, AF_INET6, addressFrom, isLoopback } from '../address.js';
import { isGlobal } from '../rules/addrinfo.js';

/** This machine's name and addresses, IPv6 before IPv4 as Windows sorts them. */
const LOOPBACK_V6 = addressFrom('::1', 0);
const LOOPBACK_V4 = addressFrom('127.0.0.1', 0);

function sorted(addresses: readonly Address[]): Address[] {
  return [AF_INET6, AF_INET].flatMap((family) => addresses.filter((address) => address.family === family));
}

function interfaceAddresses(): Address[] {
  return sorted(
    Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map((entry) => ({
        ...addressFrom(entry.address, 0),
        scope: (entry as { scopeid?: number }).scopeid ?? 0,
      })),
  );
}

/** IPv6 only where this machine has it, or where it was asked for by name. */
function withV6(asked: number, v6: Address, v4: Address): Address[] {
  const has = asked === AF_INET6 || interfaceAddresses().some(({ family }) => family === AF_INET6);
  return has ? [v6, v4] : [v4];
}

/** What `localhost` is. */
export function loopbackAddresses(family: number): Address[] {
  return withV6(family, LOOPBACK_V6, LOOPBACK_V4);
}

/** What a server binds that takes connections from everywhere. */
export function anyAddresses(family: number): Address[] {
  return withV6(family, addressFrom('::', 0), addressFrom('0.0.0.0', 0));
}

/** What this machine's own name is. */
export function ownAddresses(family: number): Address[] {
  const found = interfaceAddresses().filter(({ bytes }) => !isLoopback(bytes));
  return found.length > 0 ? found : loopbackAddresses(family);
}

/** Whether this machine has an address of this family that others can reach. */
export function hasGlobal(family: number): boolean {
  return interfaceAddresses().some((address) => address.family === family && isGlobal(address));
}

/** The addresses of the names that mean this machine; undefined for any other name. */
export function addressesOfOwnName(name: string, family: number): Address[] | undefined {
  const lower = name.toLowerCase();
  if (lower === 'localhost') return loopbackAddresses(family);
  const own = ['', '..localmachine', hostname().toLowerCase()];
  return own.includes(lower) ? ownAddresses(family) : undefined;
}

/** This machine's name, if the address is its own; Windows does not ask for those either. */
export function ownName({ family, bytes }: Address): string | undefined {
  const own = [LOOPBACK_V4, LOOPBACK_V6, ...interfaceAddresses()].some(
    (address) => address.family === family && Buffer.compare(address.bytes, bytes) === 0,
  );
  return own ? hostname() : undefined;
}
