// The one table of functions. From it come the `Winsock` interface, the checks of arguments, the FFI
// declarations, the addon's list of names and the reference: `npm run generate` after a change.
import { addresses } from './functions/addresses.js';
import { connecting } from './functions/connect.js';
import { data } from './functions/data.js';
import { names } from './functions/names.js';
import { options } from './functions/options.js';
import { selecting } from './functions/select.js';
import { sockets } from './functions/sockets.js';
import { startup } from './functions/startup.js';
import type { FunctionTable, Stage, WinsockFunction } from './functions/table.js';

export * from './functions/table.js';

/** The families of calls, in the order of the reference. */
export const families = {
  'Starting and errors': startup,
  Sockets: sockets,
  'Connecting and accepting': connecting,
  'Sending and receiving': data,
  'Waiting for sockets': selecting,
  'Options and modes': options,
  'Addresses and byte order': addresses,
  Names: names,
} as const satisfies Record<string, FunctionTable>;

export const functions = {
  ...startup,
  ...sockets,
  ...connecting,
  ...data,
  ...selecting,
  ...options,
  ...addresses,
  ...names,
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
