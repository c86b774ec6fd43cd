// ws2_32.dll through koffi: no compiler, no prebuild of our own. koffi is an optional dependency.
import { type FunctionName, functionEntry, implementedFunctions } from '../ws2_32/functions.js';
import type { Winsock } from '../ws2_32/winsock.js';
import { checked } from './arguments.js';
import { specialBodies } from './koffi/bodies.js';
import { openLibrary, requireKoffi } from './koffi/library.js';
import { withMemoryChecks } from './koffi/memory.js';

/** Why koffi cannot be had here, or undefined. */
export function unavailable(): string | undefined {
  try {
    requireKoffi();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Functions that work without WSAStartup: they touch no socket. */
const needNoStartup: ReadonlySet<string> = new Set([
  'WSAStartup',
  'WSACleanup',
  'WSAGetLastError',
  'WSASetLastError',
  '__WSAFDIsSet',
  'inet_addr',
  'inet_ntoa',
  'htons',
  'htonl',
  'ntohs',
  'ntohl',
  'createMessageWindow',
  'PostMessage',
  'inet_pton',
  'InetPtonW',
  'InetPton',
  'inet_ntop',
  'InetNtopW',
  'InetNtop',
  'freeaddrinfo',
  'FreeAddrInfoW',
  'FreeAddrInfo',
  // These say it themselves: their return value is the code.
  'getaddrinfo',
  'getaddrinfoAsync',
  'GetAddrInfoW',
  'GetAddrInfo',
  'getnameinfo',
  'GetNameInfoW',
  'GetNameInfo',
]);

/** Declares the functions of the table over ws2_32.dll. */
export function load(): Winsock {
  const library = openLibrary();
  const special = specialBodies(library);
  const build = (name: FunctionName) => {
    const target = (functionEntry(name).aliasOf ?? name) as FunctionName;
    const body = special[target] ?? withMemoryChecks(library, target);
    return checked(name, needNoStartup.has(name) ? body : library.afterStartup(functionEntry(name), body));
  };
  const functions = Object.fromEntries(implementedFunctions.map((name) => [name, build(name)]));
  return { ...functions, name: 'koffi' } as unknown as Winsock;
}
