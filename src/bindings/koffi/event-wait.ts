// WSAWaitForMultipleEvents, and its form that leaves the event loop running.
import type { FunctionName } from '../../ws2_32/functions.js';
import { pointerSize } from '../../ws2_32/structs/layouts.js';
import type { View } from '../../ws2_32/types.js';
import { deadlineAfter, inSlices } from './deadline.js';
import type { Body, Library } from './library.js';
import { bytesOf } from './sets.js';
import { failLater, slicedWaits } from './sliced-waits.js';

const WSA_INVALID_PARAMETER = 87;
const WSA_WAIT_FAILED = 0xffff_ffff;
const WSA_WAIT_IO_COMPLETION = 0xc0;
const WSA_WAIT_TIMEOUT = 0x102;
const WSA_INFINITE = 0xffff_ffff;
const WSA_MAXIMUM_WAIT_EVENTS = 64;

type Handles = View | readonly number[] | null;

/** The handles as memory, copied; undefined when there are none, too many, or fewer than `count`. */
function handlesIn(handles: Handles, count: number): Uint8Array | undefined {
  if (handles === null || count < 1 || count > WSA_MAXIMUM_WAIT_EVENTS) return undefined;
  const bytes = ArrayBuffer.isView(handles) ? bytesOf(handles) : bytesOf(listed(handles));
  const size = count * pointerSize();
  return bytes.length < size ? undefined : bytes.slice(0, size);
}

function listed(handles: readonly number[]): View {
  if (pointerSize() === 4) return Int32Array.from(handles);
  return BigInt64Array.from(handles, (handle) => BigInt(Number.isFinite(handle) ? Math.trunc(handle) : 0));
}

const patience = (time: number) => deadlineAfter(time === WSA_INFINITE ? Infinity : time);

export function eventWaitBodies(library: Library): Partial<Record<FunctionName, Body>> {
  const call = library.caller('WSAWaitForMultipleEvents');
  const wait = slicedWaits(library, 'WSAWaitForMultipleEvents', WSA_WAIT_TIMEOUT, WSA_WAIT_FAILED);
  return {
    WSAWaitForMultipleEvents: (
      count: number,
      events: Handles,
      all: number,
      time: number,
      alertable: number,
    ) => {
      const handles = handlesIn(events, count);
      if (handles === undefined) return library.fail(WSA_INVALID_PARAMETER, WSA_WAIT_FAILED);
      const once = (ms: number) => call(count, handles, all, ms, alertable);
      // No completion routine is koffi's: what ran in this thread was another's.
      return inSlices(patience(time), WSA_WAIT_TIMEOUT, once, WSA_WAIT_IO_COMPLETION);
    },
    // Not alertable: a completion routine runs in the thread that started the operation, and no other.
    WSAWaitForMultipleEventsAsync: (count: number, events: Handles, all: number, time: number) => {
      const handles = handlesIn(events, count);
      if (handles === undefined) return failLater(library, WSA_INVALID_PARAMETER, WSA_WAIT_FAILED);
      return wait({ deadline: patience(time), args: (ms) => [count, handles, all, ms, 0] });
    },
  };
}
