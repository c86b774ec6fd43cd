// WSAIoctl: a command with data in and out.
import type { View } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { holds, unmapped } from './memory.js';
import { refuseOverlapped } from './scattered.js';

// What lies beyond a view is not shown to Winsock, which then answers as each command does for too few bytes: some
// commands do not look at the one memory or the other at all.
const within = (view: View | null, size: number) => Math.min(view?.byteLength ?? 0, size);

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
    return ioctl(s, code, input, inside, output, outside, returned, null, null);
  };
}
