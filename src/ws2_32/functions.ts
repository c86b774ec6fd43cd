// The one table of functions. From it come the `Winsock` interface, the checks of arguments, the FFI
// declarations, the addon's list of names and the reference: `node scripts/generate.mjs` after a change.
import { addressTexts } from './functions/address-text.js';
import { addresses } from './functions/addresses.js';
import { addrinfo } from './functions/addrinfo.js';
import { scattered } from './functions/buffers.js';
import { connecting } from './functions/connect.js';
import { data } from './functions/data.js';
import { databases } from './functions/databases.js';
import { events } from './functions/events.js';
import { names } from './functions/names.js';
import { options } from './functions/options.js';
import { polling } from './functions/poll.js';
import { selecting } from './functions/select.js';
import { sockets } from './functions/sockets.js';
import { startup } from './functions/startup.js';
import type { FunctionTable, Stage, WinsockFunction } from './functions/table.js';
import { windows } from './functions/windows.js';

export * from './functions/table.js';

/** The families of calls, in the order of the reference. */
export const families = {
  'Starting and errors': startup,
  Sockets: sockets,
  'Connecting and accepting': connecting,
  'Sending and receiving': data,
  'Several buffers, and overlapped': scattered,
  'Waiting for sockets': selecting,
  Polling: polling,
  'Network events': events,
  'Message windows': windows,
  'Options and modes': options,
  'Addresses and byte order': addresses,
  'Addresses as text': addressTexts,
  Names: names,
  'Names and addresses of any family': addrinfo,
  'Databases and providers': databases,
} as const satisfies Record<string, FunctionTable>;

export const functions = {
  ...startup,
  ...sockets,
  ...connecting,
  ...data,
  ...scattered,
  ...selecting,
  ...polling,
  ...events,
  ...windows,
  ...options,
  ...addresses,
  ...addressTexts,
  ...names,
  ...addrinfo,
  ...databases,
} as const satisfies FunctionTable;

export type FunctionName = keyof typeof functions;

/** The stages that all three bindings implement: these functions make up the `Winsock` interface. */
export const implementedStages: readonly Stage[] = ['core'];

/** A function's entry by a name that is only known at run time. */
export function functionEntry(name: FunctionName): WinsockFunction {
  return functions[name];
}

/** The names of the functions that every binding implements, in the table's order. */
export const implementedFunctions: readonly FunctionName[] = (
  Object.keys(functions) as FunctionName[]
).filter((name) => implementedStages.includes(functionEntry(name).stage));
