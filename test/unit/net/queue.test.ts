import { describe, expect, it } from 'vitest';
import { createMemory, openArena } from '../../../src/bindings/net/arena/arena.js';
import * as L from '../../../src/bindings/net/arena/layout.js';
import {
  advance,
  append,
  clear,
  commit,
  contiguous,
  length,
  peek,
  reserve,
} from '../../../src/bindings/net/arena/queue.js';

const queue = L.slotBase(0) + L.S_RECEIVE_QUEUE;

/** Numbers that are random and the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

describe('the queue of bytes', () => {
  it('gives back what went in, in order, whatever the sizes', () => {
    const arena = openArena(createMemory());
    const random = generator(42);
    let model = Buffer.alloc(0);
    let written = 0;
    for (let turn = 0; turn < 3_000; turn++) {
      const piece = Buffer.from(
        Array.from({ length: random(3) === 0 ? random(20_000) : random(200) }, () => written++),
      );
      expect(append(arena, queue, [piece], piece.length)).toBe(true);
      model = Buffer.concat([model, piece]);
      const count = random(model.length + 1);
      const into = Buffer.alloc(count);
      expect(peek(arena, queue, into)).toBe(count);
      expect(into.equals(model.subarray(0, count))).toBe(true);
      advance(arena, queue, count);
      model = model.subarray(count);
      expect(length(arena, queue)).toBe(model.length);
    }
  });

  it('is filled in place and by copies in turn', () => {
    const arena = openArena(createMemory());
    const random = generator(7);
    let model = Buffer.alloc(0);
    let written = 0;
    const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => written++));
    for (let turn = 0; turn < 3_000; turn++) {
      const memory = reserve(arena, queue, 10_000)!;
      expect(memory.length).toBeGreaterThan(0);
      expect(memory.length).toBeLessThanOrEqual(10_000);
      const inPlace = random(3) === 0 ? bytes(random(memory.length + 1)) : bytes(0);
      memory.set(inPlace);
      commit(arena, queue, inPlace.length);
      const copied = bytes(random(2) * random(500));
      expect(append(arena, queue, [copied], copied.length)).toBe(true);
      model = Buffer.concat([model, inPlace, copied]);
      const into = Buffer.alloc(random(model.length + 1));
      expect(peek(arena, queue, into)).toBe(into.length);
      expect(into.equals(model.subarray(0, into.length))).toBe(true);
      advance(arena, queue, into.length);
      model = model.subarray(into.length);
      expect(length(arena, queue)).toBe(model.length);
    }
  });

  it('looks from an offset without taking anything', () => {
    const arena = openArena(createMemory());
    append(arena, queue, [Buffer.alloc(5_000, 'a'), Buffer.from('tail')], 5_004);
    const into = Buffer.alloc(10);
    expect(peek(arena, queue, into, 5_000)).toBe(4);
    expect(into.toString('latin1', 0, 4)).toBe('tail');
    expect(length(arena, queue)).toBe(5_004);
  });

  it('offers runs that together are all there is', () => {
    const arena = openArena(createMemory());
    const data = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i));
    for (let at = 0; at < data.length; at += 3_000)
      append(arena, queue, [data.subarray(at, at + 3_000)], Math.min(3_000, data.length - at));
    const runs: Buffer[] = [];
    for (let run = contiguous(arena, queue); run !== undefined; run = contiguous(arena, queue)) {
      runs.push(Buffer.from(run));
      advance(arena, queue, run.length);
    }
    expect(Buffer.concat(runs).equals(data)).toBe(true);
  });

  it('takes no more memory when as much goes out as in', () => {
    const arena = openArena(createMemory());
    const block = Buffer.alloc(70_000);
    const turn = (): void => {
      append(arena, queue, [block], block.length);
      advance(arena, queue, block.length);
    };
    for (let i = 0; i < 10; i++) turn();
    const taken = arena.control[L.ALLOCATED];
    for (let i = 0; i < 10_000; i++) turn();
    expect(arena.control[L.ALLOCATED]).toBe(taken);
    clear(arena, queue);
    expect(length(arena, queue)).toBe(0);
  });

  it('takes all or nothing when the memory is used up', () => {
    const data = new SharedArrayBuffer(65_536, { maxByteLength: 131_072 });
    const arena = openArena({ control: new SharedArrayBuffer(L.CONTROL_WORDS * 4), data });
    expect(append(arena, queue, [Buffer.alloc(30_000)], 30_000)).toBe(true);
    expect(append(arena, queue, [Buffer.alloc(200_000)], 200_000)).toBe(false);
    expect(length(arena, queue)).toBe(30_000);
    expect(append(arena, queue, [Buffer.alloc(10_000)], 10_000)).toBe(true);
  });
});
