// fd_set in a caller's memory: a count, then as many sockets.
import { pointerSize } from '../../ws2_32/structs/layouts.js';
import type { View } from '../../ws2_32/types.js';

export function countOf(set: View): number {
  return new DataView(set.buffer, set.byteOffset, 4).getUint32(0, true);
}

/** The bytes that a set with `count` sockets takes: the sockets begin where a pointer may. */
export function setSize(count: number): number {
  return count === 0 ? 4 : pointerSize() * (1 + count);
}

/** Whether the set is as long as it says it is. */
export function setFits(set: View): boolean {
  return set.byteLength >= 4 && setSize(countOf(set)) <= set.byteLength;
}

export function bytesOf(view: View): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
