import { bytesOf } from '../view.js';

/**
 * An `fd_set` in memory: a 32-bit count, 4 bytes of padding, then that many SOCKETs of 8 bytes. `select` reads all
 * sets before it writes any, so that one set may be given for two purposes.
 */
const HEADER = 8;
const SOCKET_BYTES = 8;

export interface FdSet {
  readonly view: DataView;
  readonly sockets: readonly number[];
}

/** The sockets in a set, or undefined when it says that it is longer than its memory. NULL is an empty set. */
export function readSet(set: ArrayBufferView | null): FdSet | undefined {
  if (set === null) return { view: new DataView(new ArrayBuffer(HEADER)), sockets: [] };
  const bytes = bytesOf(set);
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(0, true);
  if (count > 0 && HEADER + count * SOCKET_BYTES > bytes.length) return undefined;
  const sockets: number[] = [];
  for (let i = 0, at = HEADER; i < count; i++, at += SOCKET_BYTES) {
    const low = view.getUint32(at, true);
    // No socket of this binding needs more than 31 bits: what does is none.
    sockets.push(view.getUint32(at + 4, true) === 0 && low <= 0x7fffffff ? low : -1);
  }
  return { view, sockets };
}

/** Keeps only `ready`: the count and that many entries are written, the rest stays as it was. */
export function writeSet({ view }: FdSet, ready: readonly number[]): void {
  view.setUint32(0, ready.length, true);
  for (let i = 0, at = HEADER; i < ready.length; i++, at += SOCKET_BYTES) {
    view.setUint32(at, ready[i], true);
    view.setUint32(at + 4, 0, true);
  }
}
