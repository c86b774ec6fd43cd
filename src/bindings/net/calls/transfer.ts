import { WSAENETDOWN, WSAETIMEDOUT } from '../../../ws2_32/errors/codes.js';
import * as L from '../arena/layout.js';
import { bytesOf, sizeOfView } from '../view.js';

/** What sending and receiving share: their memory, their time limits. */
export type View = ArrayBufferView | null;

/** The buffer's first `len` bytes, or undefined when not all of them are there. */
export function memoryOf(buf: View, len: number): Uint8Array | undefined {
  if (len < 0 || len > sizeOfView(buf)) return undefined;
  if (buf === null) return new Uint8Array(0);
  const bytes = bytesOf(buf);
  return bytes.length === len ? bytes : bytes.subarray(0, len);
}

/** When a blocking call gives up: SO_RCVTIMEO or SO_SNDTIMEO, 0 being never. */
export function deadlineOf(control: Int32Array, base: number, option: number): number {
  const milliseconds = control[base + L.S_OPTIONS + option] >>> 0;
  return milliseconds === 0 ? Number.POSITIVE_INFINITY : performance.now() + milliseconds;
}

/** Why a wait ended without a result. */
export function timedOut(control: Int32Array): number {
  return Atomics.load(control, L.HOST_STATE) === L.HOST_DOWN ? WSAENETDOWN : WSAETIMEDOUT;
}
