import type { Arena } from './arena.js';
import { Q_FILL, Q_HEAD, Q_IN, Q_MESSAGES, Q_OUT, Q_POSITION, Q_TAIL } from './layout.js';
import { allocate, capacity, free, LARGEST_SEGMENT, link, next, payload } from './segments.js';

/**
 * A first-in-first-out queue of bytes: a chain of segments with one producer and one consumer at a time, which
 * never wait for each other. IN and OUT count bytes modulo 2^32. The consumer frees a segment only when another
 * follows it, so the producer's tail is always there. `queue` is the index of the queue's first word in `control`.
 */

/** Bytes in the queue. OUT is read first: both only grow, so the difference is never negative. */
export function length(arena: Arena, queue: number): number {
  const out = Atomics.load(arena.control, queue + Q_OUT);
  return (Atomics.load(arena.control, queue + Q_IN) - out) >>> 0;
}

/** Producer: adds all of `pieces` or, when the arena is exhausted, nothing. */
export function append(arena: Arena, queue: number, pieces: readonly Uint8Array[], total: number): boolean {
  const { control } = arena;
  const tail = control[queue + Q_TAIL];
  const room = tail === 0 ? 0 : capacity(arena, tail) - control[queue + Q_FILL];
  if (total > room) {
    const chain = allocateChain(arena, total - room);
    if (chain === 0) return false;
    if (tail === 0) {
      control[queue + Q_TAIL] = chain;
      control[queue + Q_FILL] = 0;
      Atomics.store(control, queue + Q_HEAD, chain);
    } else link(arena, tail, chain);
  }
  for (const piece of pieces) write(arena, queue, piece);
  Atomics.add(control, queue + Q_IN, total);
  return true;
}

/**
 * Producer: memory behind what is queued, for `wanted` bytes at most, to be filled in place; undefined when there is
 * none. It stays the queue's: what `commit` is told of is queued, and the next `append` writes over the rest.
 */
export function reserve(arena: Arena, queue: number, wanted: number): Uint8Array | undefined {
  const { control } = arena;
  let tail = control[queue + Q_TAIL];
  if (tail === 0 || control[queue + Q_FILL] === capacity(arena, tail)) {
    const segment = allocate(arena, wanted);
    if (segment === 0) return undefined;
    control[queue + Q_TAIL] = segment;
    control[queue + Q_FILL] = 0;
    if (tail === 0) Atomics.store(control, queue + Q_HEAD, segment);
    else link(arena, tail, segment);
    tail = segment;
  }
  const fill = control[queue + Q_FILL];
  return arena.dataBytes.subarray(
    payload(tail) + fill,
    payload(tail) + Math.min(fill + wanted, capacity(arena, tail)),
  );
}

/** Producer: the first `count` bytes of what was reserved last are there. */
export function commit({ control }: Arena, queue: number, count: number): void {
  control[queue + Q_FILL] += count;
  Atomics.add(control, queue + Q_IN, count);
}

/** In the order of allocation: all but the last are then filled, so that none at the end stays empty. */
function allocateChain(arena: Arena, bytes: number): number {
  let first = 0;
  let last = 0;
  for (let left = bytes; left > 0; ) {
    const segment = allocate(arena, Math.min(left, LARGEST_SEGMENT));
    if (segment === 0) {
      freeChain(arena, first);
      return 0;
    }
    if (last === 0) first = segment;
    else link(arena, last, segment);
    last = segment;
    left -= capacity(arena, segment);
  }
  return first;
}

function freeChain(arena: Arena, first: number): void {
  for (let segment = first; segment !== 0; ) {
    const following = next(arena, segment);
    free(arena, segment);
    segment = following;
  }
}

function write(arena: Arena, queue: number, piece: Uint8Array): void {
  const { control } = arena;
  let tail = control[queue + Q_TAIL];
  let fill = control[queue + Q_FILL];
  for (let done = 0; done < piece.length; ) {
    let room = capacity(arena, tail) - fill;
    if (room === 0) {
      tail = next(arena, tail);
      fill = 0;
      room = capacity(arena, tail);
    }
    const count = Math.min(room, piece.length - done);
    arena.dataBytes.set(
      count === piece.length ? piece : piece.subarray(done, done + count),
      payload(tail) + fill,
    );
    fill += count;
    done += count;
  }
  control[queue + Q_TAIL] = tail;
  control[queue + Q_FILL] = fill;
}

/** Consumer: copies up to `into.length` bytes from `offset` on without taking them; gives the number copied. */
export function peek(arena: Arena, queue: number, into: Uint8Array, offset = 0): number {
  const wanted = Math.min(into.length, length(arena, queue) - offset);
  let segment = Atomics.load(arena.control, queue + Q_HEAD);
  let position = arena.control[queue + Q_POSITION] + offset;
  for (let done = 0; done < wanted; ) {
    const size = capacity(arena, segment);
    if (position >= size) {
      position -= size;
      segment = next(arena, segment);
      continue;
    }
    const count = Math.min(size - position, wanted - done);
    into.set(new Uint8Array(arena.data, payload(segment) + position, count), done);
    position += count;
    done += count;
  }
  return wanted;
}

/** Consumer: the longest run of bytes that lie together, or undefined when the queue is empty. */
export function contiguous(arena: Arena, queue: number): Uint8Array | undefined {
  const available = length(arena, queue);
  if (available === 0) return undefined;
  skipUsedUp(arena, queue);
  const segment = arena.control[queue + Q_HEAD];
  const position = arena.control[queue + Q_POSITION];
  return new Uint8Array(
    arena.data,
    payload(segment) + position,
    Math.min(available, capacity(arena, segment) - position),
  );
}

/** Consumer: takes `count` bytes that are there. */
export function advance(arena: Arena, queue: number, count: number): void {
  const { control } = arena;
  for (let left = count; left > 0; ) {
    skipUsedUp(arena, queue);
    const step = Math.min(left, capacity(arena, control[queue + Q_HEAD]) - control[queue + Q_POSITION]);
    control[queue + Q_POSITION] += step;
    left -= step;
  }
  Atomics.add(control, queue + Q_OUT, count);
}

function skipUsedUp(arena: Arena, queue: number): void {
  const { control } = arena;
  const segment = Atomics.load(control, queue + Q_HEAD);
  if (control[queue + Q_POSITION] < capacity(arena, segment)) return;
  control[queue + Q_HEAD] = next(arena, segment);
  control[queue + Q_POSITION] = 0;
  free(arena, segment);
}

/** Frees every segment; nobody may use the queue meanwhile. */
export function clear(arena: Arena, queue: number): void {
  freeChain(arena, arena.control[queue + Q_HEAD]);
  for (let word = Q_HEAD; word <= Q_MESSAGES; word++) arena.control[queue + word] = 0;
}
