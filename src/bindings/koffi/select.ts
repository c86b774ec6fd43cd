// select: a long wait goes in slices, between which the end of the thread is noticed.
import type { View } from '../../ws2_32/types.js';
import { deadlineAfter, inSlices, slice } from './deadline.js';
import type { Body, Library } from './library.js';
import { withMemoryChecks } from './memory.js';
import { bytesOf, countOf, setFits, setSize } from './sets.js';

type Sets = [View | null, View | null, View | null];

/** How long it may wait, in milliseconds; 0 for a time that is none, which is Winsock's to judge. */
function patience(time: View | null): number {
  if (time === null) return Infinity;
  if (time.byteLength < 8) return 0;
  const value = new DataView(time.buffer, time.byteOffset, 8);
  const [seconds, microseconds] = [value.getInt32(0, true), value.getInt32(4, true)];
  return seconds < 0 || microseconds < 0 ? 0 : seconds * 1000 + microseconds / 1000;
}

export function selectBody(library: Library): Body {
  const select = withMemoryChecks(library, 'select');
  return (nfds: number, ...[read, write, except, time]: [...Sets, View | null]) => {
    const sets: Sets = [read, write, except];
    const milliseconds = patience(time);
    if (milliseconds <= slice || !sets.every((set) => set === null || setFits(set)))
      return select(nfds, ...sets, time);
    const asked = sets.map((set) => set && bytesOf(set).slice(0, setSize(countOf(set))));
    const now = new Int32Array(2);
    return inSlices(deadlineAfter(milliseconds), 0, (ms) => {
      for (const [i, bytes] of asked.entries()) if (bytes) bytesOf(sets[i]!).set(bytes);
      now[1] = ms * 1000;
      return select(nfds, ...sets, now);
    });
  };
}
