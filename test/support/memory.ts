import { expect } from 'vitest';

const GUARD = 0xa5;

/** A view with guard bytes on both sides, to see whether a call writes outside it. */
export function guarded(length: number, fill = 0): { view: Uint8Array; intact(): void } {
  const memory = new Uint8Array(length + 128).fill(GUARD);
  const view = memory.subarray(64, 64 + length);
  view.fill(fill);
  return {
    view,
    intact() {
      const outside = [...memory.subarray(0, 64), ...memory.subarray(64 + length)];
      expect(outside.every((byte) => byte === GUARD)).toBe(true);
    },
  };
}

/** Bytes that repeat only after a long while, so that a lost or doubled piece shows. */
export function pattern(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >>> 8) * 17 + (i >>> 16)) & 0xff;
  return bytes;
}
