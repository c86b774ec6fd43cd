// What Windows' headers declare for Winsock: everything here is the same for every binding.
export * from './constants.js';
export * from './errors.js';
export * from './functions.js';
export * from './macros.js';
export * from './structs.js';
export type * from './winsock.js';
