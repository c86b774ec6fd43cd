/** A Buffer that arrives from another thread is a plain Uint8Array: the same memory as a Buffer again. */
export function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
