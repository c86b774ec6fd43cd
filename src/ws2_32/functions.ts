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

export interface Family {
  readonly title: string;
  readonly functions: FunctionTable;
}

/** The families of calls, in the order of the reference; each has a file of the interface. */
export const families = {
  startup: { title: 'Starting and errors', functions: startup },
  sockets: { title: 'Sockets', functions: sockets },
  connect: { title: 'Connecting and accepting', functions: connecting },
  data: { title: 'Sending and receiving', functions: data },
  buffers: { title: 'Several buffers, and overlapped', functions: scattered },
  select: { title: 'Waiting for sockets', functions: selecting },
  poll: { title: 'Polling', functions: polling },
  events: { title: 'Network events', functions: events },
  windows: { title: 'Message windows', functions: windows },
  options: { title: 'Options and modes', functions: options },
  addresses: { title: 'Addresses and byte order', functions: addresses },
  'address-text': { title: 'Addresses as text', functions: addressTexts },
  names: { title: 'Names', functions: names },
  addrinfo: { title: 'Names and addresses of any family', functions: addrinfo },
  databases: { title: 'Databases and providers', functions: databases },
} as const satisfies Record<string, Family>;

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
export const implementedStages: readonly Stage[] = ['core', 'extended', 'events'];

/** A function's entry by a name that is only known at run time. */
export function functionEntry(name: FunctionName): WinsockFunction {
  return functions[name];
}

/** The names of the functions that every binding implements, in the table's order. */
export const implementedFunctions: readonly FunctionName[] = (
  Object.keys(functions) as FunctionName[]
).filter((name) => implementedStages.includes(functionEntry(name).stage));
