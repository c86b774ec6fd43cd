// What Windows' headers declare for Winsock: everything here is the same for every binding.
export * from './functions.js';
export * from './structs/layouts.js';
export type * from './winsock.js';
