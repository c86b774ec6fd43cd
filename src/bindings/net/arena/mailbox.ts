import type { Arena } from './arena.js';
import * as L from './layout.js';

/** What a mailbox holds, for whoever asks and for the host that answers. `box` is its first word. */
export const MAILBOX_BYTES = (L.MAILBOX_WORDS - L.M_DATA) * 4;

export function bytesOf({ control }: Arena, box: number): Uint8Array {
  return new Uint8Array(control.buffer, (box + L.M_DATA) * 4, MAILBOX_BYTES);
}

/** The text in it, which is JSON. */
export function contentOf(arena: Arena, box: number): unknown {
  const length = arena.control[box + L.M_LENGTH];
  return JSON.parse(Buffer.from(bytesOf(arena, box).slice(0, length)).toString());
}

export function fill(arena: Arena, box: number, text: Uint8Array): void {
  bytesOf(arena, box).set(text);
  arena.control[box + L.M_LENGTH] = text.length;
}

/** The clock of M_ANSWERED_AT. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
