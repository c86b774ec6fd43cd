// A set of sockets for select: a count and then that many handles, not a bitmap, so a longer set is only longer.
import { offsetof, pointerSize } from './layouts.js';
import { getHandle, Struct, setPointer } from './struct.js';

/** How many sockets `new fd_set()` holds. */
export const FD_SETSIZE = 64;

const first = offsetof('fd_set', 'fd_array');
const width = pointerSize();

function dataView(set: ArrayBufferView): DataView {
  return set instanceof Struct
    ? Struct.viewOf(set)
    : new DataView(set.buffer, set.byteOffset, set.byteLength);
}

/** How many sockets the memory has room for, whatever its count says. */
function capacityOf(view: DataView): number {
  return Math.max(0, Math.floor((view.byteLength - first) / width));
}

/** The count, no further than the memory goes. */
function countOf(view: DataView): number {
  return view.byteLength < 4 ? 0 : Math.min(view.getUint32(0, true), capacityOf(view));
}

// Compares the words in memory, not numbers: any handle that was put in is found again, negative ones too.
function indexOf(view: DataView, s: number, count: number): number {
  const [low, high] = [s >>> 0, Math.floor(s / 2 ** 32) >>> 0];
  for (let i = 0, at = first; i < count; i++, at += width) {
    const matches = view.getUint32(at, true) === low;
    if (matches && (width === 4 || view.getUint32(at + 4, true) === high)) return i;
  }
  return -1;
}

/** Empties the set. */
export function FD_ZERO(set: ArrayBufferView): void {
  dataView(set).setUint32(0, 0, true);
}

/** Adds a socket. As in C, one that is in the set already, or for which there is no room, is silently left out. */
export function FD_SET(fd: number, set: ArrayBufferView): void {
  const view = dataView(set);
  const count = countOf(view);
  if (count >= capacityOf(view) || indexOf(view, fd, count) >= 0) return;
  setPointer(view, first + count * width, fd);
  view.setUint32(0, count + 1, true);
}

/** Removes a socket, moving those after it down; one that is not there is ignored. */
export function FD_CLR(fd: number, set: ArrayBufferView): void {
  const view = dataView(set);
  const count = countOf(view);
  const at = indexOf(view, fd, count);
  if (at < 0) return;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  bytes.copyWithin(first + at * width, first + (at + 1) * width, first + count * width);
  view.setUint32(0, count - 1, true);
}

/** Whether a socket is in the set: 1 or 0. */
export function FD_ISSET(fd: number, set: ArrayBufferView): number {
  const view = dataView(set);
  return indexOf(view, fd, countOf(view)) < 0 ? 0 : 1;
}

/** The sockets in a set. */
export function fdSockets(set: ArrayBufferView): number[] {
  const view = dataView(set);
  return Array.from({ length: countOf(view) }, (_, i) => getHandle(view, first + i * width));
}

/**
 * `fd_set`: `u_int fd_count`, padding on x64, then the SOCKETs. `new fd_set()` holds FD_SETSIZE (64) of them,
 * `new fd_set(1000)` more; select takes any size.
 */
export class fd_set extends Struct {
  constructor(capacity: number = FD_SETSIZE) {
    super(first + capacity * width);
  }

  /** How many sockets there is room for. */
  get capacity(): number {
    return capacityOf(Struct.viewOf(this));
  }

  /** How many sockets are in the set. */
  get fd_count(): number {
    return Struct.viewOf(this).getUint32(0, true);
  }

  set fd_count(count: number) {
    Struct.viewOf(this).setUint32(0, count, true);
  }

  /** The sockets in the set, copied out. */
  get fd_array(): number[] {
    return fdSockets(this);
  }

  /** Goes over the sockets in the set, not over its bytes. */
  override [Symbol.iterator](): ArrayIterator<number> {
    return fdSockets(this).values();
  }
}
