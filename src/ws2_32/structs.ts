// The struct classes: Uint8Arrays with C's field names, in the memory layout of the running Windows process
// (a 64-bit one where there is no Windows).
export * from './structs/addresses.js';
export * from './structs/dll.js';
export * from './structs/fd-set.js';
export * from './structs/layouts.js';
export * from './structs/options.js';
