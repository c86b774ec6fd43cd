// Winsock's errors: their numbers, names, messages and usual causes, and the class that carries one.
export * from './errors/codes.js';
export type { Cause, ErrorEntry } from './errors/entry.js';
export * from './errors/table.js';
export * from './errors/winsock-error.js';
