// accept of a socket that blocks: a wait in slices for a connection, then the call. Between two slices the end of the
// thread is noticed.

import { slice } from './deadline.js';
import type { Body, Library } from './library.js';
import { setSize } from './sets.js';

const SOL_SOCKET = 0xffff;
const SO_ACCEPTCONN = 0x0002;
const WSAEINTR = 10004;
const WSAENOTSOCK = 10038;
const WSATRY_AGAIN = 11002;

/** Makes `accept`, a call of the DLL, one that waits so. */
export function acceptInSlices(library: Library, accept: Body): Body {
  const select = library.foreign('select');
  const time = Int32Array.of(0, slice * 1000);
  const [listening, size] = [new Int32Array(1), new Int32Array(1)];
  /** Nothing ever comes to one that does not listen: accept says so at once. */
  const listens = (s: number): boolean => {
    size[0] = listening.byteLength;
    const before = library.lastError;
    const known = library.getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, listening, size) === 0;
    library.lastError = before;
    return known && listening[0] !== 0;
  };
  /** Whether it had to wait. */
  const waitFor = (s: number): boolean => {
    const set = new DataView(new ArrayBuffer(setSize(1)));
    for (let waited = false; ; waited = true) {
      set.setUint32(0, 1, true);
      if (set.byteLength === 16) set.setBigInt64(8, BigInt(s), true);
      else set.setInt32(4, s, true);
      if (select(0, set, null, null, time) !== 0) return waited;
    }
  };
  return (s: number, ...rest: unknown[]) => {
    const waited = library.modes.blocks(s) && listens(s) && waitFor(s);
    const accepted = accept(s, ...rest);
    // Put back by a condition function: Wine's select does not show it, so nobody may wait for another one.
    if (accepted === -1 && library.lastError === WSATRY_AGAIN) library.modes.set(s, false);
    // Closed while it waited, which a call that is being made is told so.
    if (waited && accepted === -1 && library.lastError === WSAENOTSOCK) return library.fail(WSAEINTR, -1);
    return accepted;
  };
}
