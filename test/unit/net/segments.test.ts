import { expect, it } from 'vitest';
import { createMemory, openArena } from '../../../src/bindings/net/arena/arena.js';
import { S_RECEIVE_QUEUE, slotBase } from '../../../src/bindings/net/arena/layout.js';
import { advance, append, length, peek } from '../../../src/bindings/net/arena/queue.js';
import { allocate, free } from '../../../src/bindings/net/arena/segments.js';

it('memory that was used up in pieces of one size serves for every other', () => {
  process.env.WINSOCK_NET_ARENA_BYTES = String(1 << 20);
  const arena = openArena(createMemory());
  delete process.env.WINSOCK_NET_ARENA_BYTES;
  const queue = slotBase(0) + S_RECEIVE_QUEUE;
  for (const size of [4000, 60_000, 1]) {
    const segments: number[] = [];
    for (let segment = allocate(arena, size); segment !== 0; segment = allocate(arena, size))
      segments.push(segment);
    expect(append(arena, queue, [new Uint8Array(1)], 1)).toBe(false);
    for (const segment of segments) free(arena, segment);
    const bytes = Buffer.alloc(300_000).map((_, i) => i % 251);
    expect(append(arena, queue, [bytes], bytes.length)).toBe(true);
    const back = Buffer.alloc(bytes.length);
    expect(peek(arena, queue, back)).toBe(bytes.length);
    expect(back.equals(bytes)).toBe(true);
    advance(arena, queue, length(arena, queue));
    // The last segment stays with its queue: a fresh one for the next round.
    arena.control.fill(0, queue, queue + 7);
  }
});
