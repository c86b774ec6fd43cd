// The portable binding: Winsock's behaviour on Node's own net and dgram, in every thread of the process.
// `calls/` are the functions, as a program calls them; `rules/` is what Winsock decides from a socket's state;
// `arena/` the memory that all threads share; `host/` the one thread that owns the Node sockets.
import { isMainThread } from 'node:worker_threads';
import { type FunctionName, implementedFunctions } from '../../ws2_32/functions.js';
import type { Winsock } from '../../ws2_32/winsock.js';
import { checked } from '../arguments.js';
import * as addressText from './calls/address-text.js';
import * as addrinfo from './calls/addrinfo.js';
import * as buffers from './calls/buffers.js';
import * as connecting from './calls/connect.js';
import * as databases from './calls/databases.js';
import * as duplicates from './calls/duplicates.js';
import * as eventObjects from './calls/event-objects.js';
import * as ioctl from './calls/ioctl.js';
import * as names from './calls/names.js';
import * as networkEvents from './calls/network-events.js';
import * as options from './calls/options.js';
import * as polling from './calls/poll.js';
import * as receiving from './calls/receive.js';
import * as selecting from './calls/select.js';
import * as sending from './calls/send.js';
import * as socketNames from './calls/socket-names.js';
import * as sockets from './calls/sockets.js';
import * as startup from './calls/startup.js';
import * as windows from './calls/windows.js';
import * as wsaConnecting from './calls/wsa-connect.js';
import { arenaOfThread } from './thread.js';

const calls = {
  ...startup,
  ...sockets,
  ...socketNames,
  ...duplicates,
  ...connecting,
  ...wsaConnecting,
  ...sending,
  ...receiving,
  ...buffers,
  ...selecting,
  ...polling,
  ...eventObjects,
  ...networkEvents,
  ...windows,
  ...options,
  ...ioctl,
  ...names,
  ...addressText,
  ...addrinfo,
  ...databases,
} as unknown as Record<FunctionName, (...args: never[]) => unknown>;

/** Node itself is all it needs. */
export function unavailable(): string | undefined {
  return undefined;
}

export function load(): Winsock {
  // The host ends with the thread that started it, so that is best the one that lives longest.
  if (isMainThread) arenaOfThread();
  const functions = implementedFunctions.map((name) => [name, checked(name, calls[name])]);
  return { name: 'net', ...Object.fromEntries(functions) } as Winsock;
}
