import { bytesOf } from './view.js';

/** A text with its NUL, as C holds it: in single bytes, or in UTF-16 for a W function. */
export function cString(text: string, wide: boolean): Uint8Array {
  return Buffer.from(`${text}\0`, wide ? 'utf16le' : 'utf8');
}

/** How many characters a text takes in memory, NUL included. */
export function charactersOf(text: string, wide: boolean): number {
  return cString(text, wide).length / (wide ? 2 : 1);
}

/** Writes a text with its NUL; false when the view has not that much memory. */
export function writeString(into: ArrayBufferView, text: string, wide: boolean): boolean {
  const string = cString(text, wide);
  const bytes = bytesOf(into);
  if (bytes.length < string.length) return false;
  bytes.set(string);
  return true;
}
