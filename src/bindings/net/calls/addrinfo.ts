import { lookup } from 'node:dns/promises';
import {
  AI_ADDRCONFIG,
  AI_CANONNAME,
  AI_FQDN,
  AI_NUMERICHOST,
  AI_PASSIVE,
} from '../../../ws2_32/constants.js';
import { WSAEFAULT, WSAENETDOWN, WSAHOST_NOT_FOUND, WSANO_DATA } from '../../../ws2_32/errors/codes.js';
import type { Addrinfo } from '../../../ws2_32/types.js';
import { type Address, AF_INET6, addressFrom } from '../address.js';
import type { NameAnswer } from '../host/mailboxes.js';
import { askName } from '../mail.js';
import {
  entryOf,
  type Hints,
  isGlobal,
  numericNode,
  portOfService,
  readHints,
  wanted,
} from '../rules/addrinfo.js';
import { arenaOfThread, setLastError, unavailableNow } from '../thread.js';
import { addressesOfOwnName, anyAddresses, hasGlobal, loopbackAddresses } from './local-addresses.js';
import { nameCode } from './names.js';
import { settle } from './settle.js';

export { GetNameInfo, GetNameInfoW, getnameinfo } from './name-info.js';

/** Names of hosts and services to socket addresses. */
interface Question {
  readonly node: string | null;
  readonly port: number;
  readonly hints: Hints;
}

/** What was found, or a code. */
type Found = readonly Address[] | number;

const isCode = (value: unknown): value is number => typeof value === 'number';

/** Checks the arguments: what to look for, or the code with which the call fails. */
function prepare(
  node: string | null,
  service: string | null,
  given: object | null,
  result: Addrinfo[] | null,
): Question | number {
  if (result !== null) result.length = 0;
  const unavailable = unavailableNow(arenaOfThread());
  if (unavailable !== 0) return unavailable;
  if (result === null) return WSAEFAULT;
  if (node === null && service === null) return WSAHOST_NOT_FOUND;
  const hints = readHints(given, node);
  if (isCode(hints)) return hints;
  const named = portOfService(service, hints);
  return 'code' in named ? named.code : { node, port: named.port, hints };
}

/** The answer where nothing has to be asked for; undefined for a name that only a look-up can tell. */
function known({ node, hints }: Question): Found | undefined {
  if (node === null) {
    return someOf(
      (hints.flags & AI_PASSIVE) !== 0 ? anyAddresses(hints.family) : loopbackAddresses(hints.family),
      hints,
      WSANO_DATA,
    );
  }
  const numeric = numericNode(node);
  if (numeric !== undefined) return someOf([numeric], hints, WSAHOST_NOT_FOUND);
  if ((hints.flags & AI_NUMERICHOST) !== 0) return WSAHOST_NOT_FOUND;
  const own = addressesOfOwnName(node, hints.family);
  return own && someOf(own, hints, WSANO_DATA);
}

/** What a look-up brought. IPv6 is left out where this machine could not reach it (GAI-19). */
function foundBy(answer: NameAnswer | undefined, { hints }: Question): Found {
  if (answer === undefined) return WSAENETDOWN;
  if (answer.error !== undefined) return nameCode(answer.error);
  const addresses = (answer.addresses ?? []).map(({ address }) => addressFrom(address, 0));
  if (addresses.length === 0) return WSAHOST_NOT_FOUND;
  const checked = (family: number) => family === AF_INET6 || (hints.flags & AI_ADDRCONFIG) !== 0;
  const usable = addresses.filter(
    (address) => !isGlobal(address) || !checked(address.family) || hasGlobal(address.family),
  );
  return someOf(usable, hints, WSANO_DATA);
}

function someOf(addresses: readonly Address[], hints: Hints, otherwise: number): Found {
  const some = wanted(addresses, hints);
  return some.length > 0 ? some : otherwise;
}

/** Fills the array and gives the return value, which is the last error too. */
function report(found: Found, question: Question, result: Addrinfo[]): number {
  if (isCode(found)) return returned(found);
  const { node, port, hints } = question;
  const named = (hints.flags & (AI_CANONNAME | AI_FQDN)) !== 0;
  found.forEach((address, i) => {
    result.push(entryOf(address, port, hints, named && i === 0 ? node : null));
  });
  return returned(0);
}

function returned(code: number): number {
  setLastError(code);
  return code;
}

type GetAddrInfo<R> = (
  node: string | null,
  service: string | null,
  hints: object | null,
  result: Addrinfo[] | null,
) => R;

export const getaddrinfo: GetAddrInfo<number> = (node, service, hints, result) => {
  const question = prepare(node, service, hints, result);
  if (isCode(question)) return returned(question);
  const found = known(question) ?? foundBy(askName({ operation: 'lookup', name: node as string }), question);
  return report(found, question, result as Addrinfo[]);
};

export const GetAddrInfoW = getaddrinfo;
export const GetAddrInfo = getaddrinfo;

/** Asks in this thread, whose event loop is free to hear the answer. */
export const getaddrinfoAsync: GetAddrInfo<Promise<number>> = async (node, service, hints, result) => {
  const question = prepare(node, service, hints, result);
  if (isCode(question)) return settle(() => returned(question));
  const found = known(question) ?? foundBy(await ask(node as string), question);
  return settle(() => report(found, question, result as Addrinfo[]));
};

async function ask(name: string): Promise<NameAnswer> {
  try {
    return { addresses: await lookup(name, { all: true }) };
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN' };
  }
}

/** JavaScript frees the entries; the array is emptied, as if they were gone. */
export function freeaddrinfo(result: Addrinfo[] | null): void {
  if (result !== null) result.length = 0;
}

export const FreeAddrInfoW = freeaddrinfo;
export const FreeAddrInfo = freeaddrinfo;
