import { WSAEFAULT, WSAEINVAL, WSAENOTCONN } from '../../../ws2_32/errors/codes.js';
import { decodeAddress, loadAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { waitForSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bytesOf, copyInto, readInt, writeInt } from '../view.js';
import { STREAM } from './sockets.js';

/** Common to getsockname and getpeername: copies an address out, or gives the code. */
function giveName(
  address: Uint8Array,
  name: ArrayBufferView | null,
  namelen: ArrayBufferView | null,
): number {
  const room = readInt(namelen);
  if (name === null || namelen === null || room === undefined) return WSAEFAULT;
  if (room < address.length || bytesOf(name).length < address.length) return WSAEFAULT;
  copyInto(name, address);
  writeInt(namelen, address.length);
  return 0;
}

export function getsockname(
  s: number,
  name: ArrayBufferView | null,
  namelen: ArrayBufferView | null,
): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const address = localAddress(arena, base);
  if (address === undefined) return fail(WSAEINVAL);
  const code = giveName(address, name, namelen);
  return code === 0 ? succeed(0) : fail(code);
}

/** A connect that has just begun gets its local name from the host in a moment: that is waited for. */
function localAddress(arena: Arena, base: number): Uint8Array | undefined {
  const { control } = arena;
  return waitForSocket(arena, base, Number.POSITIVE_INFINITY, () => {
    const address = loadAddress(control, base + L.S_LOCAL);
    const state = Atomics.load(control, base + L.S_STATE);
    if (state === L.STATE_CONNECTING || state === L.STATE_BINDING) {
      if (address === undefined || decodeAddress(address).port === 0) return undefined;
    }
    return { address: state === L.STATE_OPEN ? undefined : address };
  })?.address;
}

export function getpeername(
  s: number,
  name: ArrayBufferView | null,
  namelen: ArrayBufferView | null,
): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const { control } = arena;
  const state = Atomics.load(control, base + L.S_STATE);
  const connected =
    control[base + L.S_TYPE] === STREAM
      ? state === L.STATE_CONNECTED || state === L.STATE_CONNECTING
      : (Atomics.load(control, base + L.S_MODE) & L.MODE_HAS_PEER) !== 0;
  const address = connected ? loadAddress(control, base + L.S_PEER) : undefined;
  if (address === undefined) return fail(WSAENOTCONN);
  const code = giveName(address, name, namelen);
  return code === 0 ? succeed(0) : fail(code);
}
