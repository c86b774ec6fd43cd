// WSAIoctl: a command with data in and out.
import { SIO_BASE_HANDLE, SIO_GET_EXTENSION_FUNCTION_POINTER } from '../../ws2_32/constants.js';
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { holds, unmapped } from './memory.js';
import { refuseOverlapped } from './scattered.js';

// What lies beyond a view is not shown to Winsock, which then answers as each command does for too few bytes: some
// commands do not look at the one memory or the other at all.
const within = (view: View | null, size: number) => Math.min(view?.byteLength ?? 0, size);

// Winsock answers too few bytes itself, but for these two: Wine reads and writes them without a look.
const least = new Map<number, { readonly input: number; readonly output: number }>([
  [SIO_BASE_HANDLE, { input: 0, output: 8 }],
  [SIO_GET_EXTENSION_FUNCTION_POINTER, { input: 16, output: 8 }],
]);

export function ioctlBody(library: Library): Body {
  const ioctl = library.caller('WSAIoctl');
  return (
    s: number,
    code: number,
    input: View | null,
    inputSize: number,
    output: View | null,
    outputSize: number,
    returned: View | null,
    overlapped: View | null,
  ) => {
    if (overlapped !== null) return refuseOverlapped(library, s);
    if (!holds(returned, 4)) return unmapped(library, -1, s);
    const [inside, outside] = [within(input, inputSize), within(output, outputSize)];
    const needs = least.get(code >>> 0);
    if (needs && (inside < needs.input || outside < needs.output)) return unmapped(library, -1, s);
    return ioctl(s, code, input, inside, output, outside, returned, null, null);
  };
}
