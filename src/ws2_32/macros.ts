// The macros of the headers, as functions.
export { FD_CLR, FD_ISSET, FD_SET, FD_SETSIZE, FD_ZERO } from './structs/fd-set.js';

/** Two bytes as a WORD: `MAKEWORD(2, 2)` is 0x0202. */
export function MAKEWORD(low: number, high: number): number {
  return (low & 0xff) | ((high & 0xff) << 8);
}

/** Two WORDs as a LONG. */
export function MAKELONG(low: number, high: number): number {
  return (low & 0xffff) | ((high & 0xffff) << 16);
}

export function LOBYTE(word: number): number {
  return word & 0xff;
}

export function HIBYTE(word: number): number {
  return (word >> 8) & 0xff;
}

export function LOWORD(long: number): number {
  return long & 0xffff;
}

export function HIWORD(long: number): number {
  return (long >>> 16) & 0xffff;
}

/** The FD_ event in a WSAAsyncSelect message's lParam. */
export const WSAGETSELECTEVENT = LOWORD;
/** The error code in a WSAAsyncSelect message's lParam; 0 is success. */
export const WSAGETSELECTERROR = HIWORD;
/** The length in the lParam of a WSAAsyncGetXByY message. */
export const WSAGETASYNCBUFLEN = LOWORD;
/** The error code in the lParam of a WSAAsyncGetXByY message. */
export const WSAGETASYNCERROR = HIWORD;

/** The lParam of a WSAAsyncSelect message. */
export function WSAMAKESELECTREPLY(event: number, error: number): number {
  return MAKELONG(event, error);
}

/** The lParam of a WSAAsyncGetXByY message. */
export function WSAMAKEASYNCREPLY(length: number, error: number): number {
  return MAKELONG(length, error);
}

/** A backlog for listen: exactly this many, between 200 and 65535. */
export function SOMAXCONN_HINT(backlog: number): number {
  return -backlog;
}

/** Whether a timeval is not zero. */
export function timerisset(tvp: ArrayBufferView): boolean {
  const { seconds, micros } = timeOf(tvp);
  return seconds !== 0 || micros !== 0;
}

/** Sets a timeval to zero. */
export function timerclear(tvp: ArrayBufferView): void {
  new Uint8Array(tvp.buffer, tvp.byteOffset, 8).fill(0);
}

/** Compares two timevals: `timercmp(a, b, '<')`. */
export function timercmp(
  tvp: ArrayBufferView,
  uvp: ArrayBufferView,
  cmp: '<' | '>' | '==' | '!=' | '<=' | '>=',
): boolean {
  const [a, b] = [timeOf(tvp), timeOf(uvp)];
  const order = Math.sign(a.seconds - b.seconds || a.micros - b.micros);
  if (cmp === '!=') return order !== 0;
  return (order === 0 && cmp.includes('=')) || (order < 0 && cmp[0] === '<') || (order > 0 && cmp[0] === '>');
}

function timeOf(tvp: ArrayBufferView): { seconds: number; micros: number } {
  const view = new DataView(tvp.buffer, tvp.byteOffset, tvp.byteLength);
  return { seconds: view.getInt32(0, true), micros: view.getInt32(4, true) };
}

/** A code of WSAIoctl that neither reads nor writes: `_WSAIO(IOC_VENDOR, n)`. */
export function _WSAIO(vendor: number, code: number): number {
  return (0x20000000 | vendor | code) >>> 0;
}

/** A code of WSAIoctl that writes to the caller. */
export function _WSAIOR(vendor: number, code: number): number {
  return (0x40000000 | vendor | code) >>> 0;
}

/** A code of WSAIoctl that reads from the caller. */
export function _WSAIOW(vendor: number, code: number): number {
  return (0x80000000 | vendor | code) >>> 0;
}

/** A code of WSAIoctl that does both. */
export function _WSAIORW(vendor: number, code: number): number {
  return (0xc0000000 | vendor | code) >>> 0;
}
