// WSABUF arrays: C's bytes made of { len, buf } objects.
import { layoutOf } from '../../ws2_32/structs/layouts.js';
import type { WSABUF } from '../../ws2_32/types.js';
import type { Library } from './library.js';
import { holdsOrEmpty } from './memory.js';

/** What an empty view's address is: Winsock wants one that is not NULL. */
const nothing = new Uint8Array(1);

/**
 * The first `count` as C has them, or undefined when some of that memory is not there. The views must be held as long
 * as the bytes are used.
 */
export function buffersAsBytes(
  { koffi }: Library,
  list: readonly WSABUF[] | null,
  count: number,
): Buffer | null | undefined {
  if (list === null) return count > 0 ? undefined : null;
  if (count > list.length) return undefined;
  const { size, fields } = layoutOf('WSABUF');
  const bytes = Buffer.alloc(count * size);
  for (let i = 0; i < count; i++) {
    const { len, buf } = list[i];
    const length = len >>> 0;
    if (!holdsOrEmpty(buf, length)) return undefined;
    bytes.writeUInt32LE(length, i * size);
    const address = buf === null ? 0n : koffi.address(buf.byteLength > 0 ? buf : nothing);
    const at = i * size + fields.buf.offset;
    if (fields.buf.size === 8) bytes.writeBigUInt64LE(address, at);
    else bytes.writeUInt32LE(Number(address), at);
  }
  return bytes;
}

/** One WSABUF, of which NULL means none. */
export function bufferAsBytes(library: Library, buffer: WSABUF | null): Buffer | null | undefined {
  return buffer === null ? null : buffersAsBytes(library, [buffer], 1);
}
