const NOTHING = new Uint8Array(0);

/** A view's bytes, whatever kind of view it is; none when its buffer is detached. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  if (view instanceof Uint8Array) return view;
  try {
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  } catch {
    return NOTHING;
  }
}

/** How many bytes lie behind a pointer: NULL has none. */
export function sizeOfView(view: ArrayBufferView | null): number {
  return view === null ? 0 : bytesOf(view).length;
}

/** The 32-bit integer that an `int *` points to; undefined when there is none. */
export function readInt(view: ArrayBufferView | null): number | undefined {
  if (view === null) return undefined;
  const b = bytesOf(view);
  return b.length < 4 ? undefined : b[0] | (b[1] << 8) | (b[2] << 16) | (b[3] << 24);
}

export function writeInt(view: ArrayBufferView, value: number): void {
  const b = bytesOf(view);
  b[0] = value;
  b[1] = value >> 8;
  b[2] = value >> 16;
  b[3] = value >> 24;
}

/** Copies what fits: nothing into memory that was detached. */
export function copyInto(into: ArrayBufferView, bytes: Uint8Array): void {
  const target = bytesOf(into);
  if (target.length === 0) return;
  target.set(bytes.length > target.length ? bytes.subarray(0, target.length) : bytes);
}
