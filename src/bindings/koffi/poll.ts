// WSAPoll, and its form that leaves the event loop running.
import type { FunctionName } from '../../ws2_32/functions.js';
import { sizeof } from '../../ws2_32/structs/layouts.js';
import type { View } from '../../ws2_32/types.js';
import { deadlineAfter, inSlices } from './deadline.js';
import type { Body, Library } from './library.js';
import { holds } from './memory.js';
import { bytesOf } from './sets.js';
import { failLater, slicedWaits } from './sliced-waits.js';

const WSAEFAULT = 10014;
const WSAEINVAL = 10022;

/** `revents` follows the handle and `events`. */
const entry = sizeof('WSAPOLLFD');
const revents = entry / 2 + 2;

/** What is wrong before any socket is looked at, or 0. */
function wrongArray(array: View | null, count: number): number {
  if (count === 0) return WSAEINVAL;
  return holds(array, count * entry) ? 0 : WSAEFAULT;
}

const patience = (timeout: number) => deadlineAfter(timeout < 0 ? Infinity : timeout);

export function pollBodies(library: Library): Partial<Record<FunctionName, Body>> {
  const call = library.caller('WSAPoll');
  const wait = slicedWaits(library, 'WSAPoll', 0, -1);
  return {
    WSAPoll: (array: View | null, count: number, timeout: number) => {
      const wrong = wrongArray(array, count);
      if (wrong !== 0) return library.fail(wrong, -1);
      return inSlices(patience(timeout), 0, (ms) => call(array, count, ms));
    },
    WSAPollAsync: (array: View | null, count: number, timeout: number) => {
      const wrong = wrongArray(array, count);
      if (wrong !== 0) return failLater(library, wrong, -1);
      const copy = bytesOf(array!).slice(0, count * entry);
      return wait({
        deadline: patience(timeout),
        args: (ms) => [copy, count, ms],
        finish: () => writeBack(array!, copy),
      });
    },
  };
}

/** Each `revents`, if the view is still there and long enough. */
function writeBack(array: View, answered: Uint8Array): void {
  if (array.byteLength < answered.length) return;
  const bytes = bytesOf(array);
  for (let at = revents; at < answered.length; at += entry) bytes.set(answered.subarray(at, at + 2), at);
}
