// The public surface: what Windows' headers declare, the choice of a binding, every Winsock function bound to the
// binding that this machine has, and what programs build on them.
export * from './bindings/index.js';
export * from './io-models/index.js';
export * from './winsock-functions.js';
export * from './ws2_32/index.js';
