import type { Arena } from './arena.js';
import { ALLOCATED, ALLOCATOR_LOCK, FREE_SEGMENTS, SEGMENT_CLASSES } from './layout.js';
import { acquire, release } from './lock.js';

/** Segments are addressed in units of 64 bytes, so that an address fits a 32-bit word. Unit 0 is never given out. */
const UNIT = 64;
const UNIT_WORDS = UNIT / 4;
/** Words of a segment's header: link to the next one, and its class. */
const NEXT = 0;
const CLASS = 1;
const HEADER_BYTES = 16;
const SMALLEST = 4096;
const GROWTH = 1 << 20;

/** How many bytes a segment of this class holds. */
function capacityOfClass(kind: number): number {
  return (SMALLEST << kind) - HEADER_BYTES;
}

/** The most that one segment holds: 8 MiB less its header. */
export const LARGEST_SEGMENT = capacityOfClass(SEGMENT_CLASSES - 1);

export function capacity(arena: Arena, segment: number): number {
  return capacityOfClass(arena.dataWords[segment * UNIT_WORDS + CLASS]);
}

/** The byte offset of a segment's first payload byte. */
export function payload(segment: number): number {
  return segment * UNIT + HEADER_BYTES;
}

export function next(arena: Arena, segment: number): number {
  return Atomics.load(arena.dataWords, segment * UNIT_WORDS + NEXT);
}

export function link(arena: Arena, segment: number, following: number): void {
  Atomics.store(arena.dataWords, segment * UNIT_WORDS + NEXT, following);
}

/**
 * A segment for `bytes` (at most LARGEST_SEGMENT); 0 when the arena is exhausted. When it nearly is, a free segment
 * of another size serves, a smaller one too: the caller chains several.
 */
export function allocate(arena: Arena, bytes: number): number {
  let kind = 0;
  while (capacityOfClass(kind) < bytes) kind++;
  acquire(arena.control, ALLOCATOR_LOCK);
  let segment = takeFree(arena, kind);
  if (segment === 0) {
    segment = extend(arena, (SMALLEST << kind) / UNIT);
    if (segment === 0) segment = takeAnyFree(arena, kind);
    else arena.dataWords[segment * UNIT_WORDS + CLASS] = kind;
  }
  release(arena.control, ALLOCATOR_LOCK);
  if (segment !== 0) link(arena, segment, 0);
  return segment;
}

function takeFree(arena: Arena, kind: number): number {
  const { control } = arena;
  const segment = control[FREE_SEGMENTS + kind];
  if (segment !== 0) control[FREE_SEGMENTS + kind] = next(arena, segment);
  return segment;
}

function takeAnyFree(arena: Arena, kind: number): number {
  let segment = 0;
  for (let larger = kind + 1; segment === 0 && larger < SEGMENT_CLASSES; larger++)
    segment = takeFree(arena, larger);
  for (let smaller = kind - 1; segment === 0 && smaller >= 0; smaller--) segment = takeFree(arena, smaller);
  return segment;
}

export function free(arena: Arena, segment: number): void {
  const { control, dataWords } = arena;
  const kind = dataWords[segment * UNIT_WORDS + CLASS];
  acquire(control, ALLOCATOR_LOCK);
  link(arena, segment, control[FREE_SEGMENTS + kind]);
  control[FREE_SEGMENTS + kind] = segment;
  release(control, ALLOCATOR_LOCK);
}

function extend(arena: Arena, units: number): number {
  const { control, data } = arena;
  const segment = Math.max(control[ALLOCATED], SMALLEST / UNIT);
  const end = (segment + units) * UNIT;
  if (end > data.byteLength) {
    if (end > data.maxByteLength) return 0;
    try {
      data.grow(Math.min(data.maxByteLength, Math.ceil(end / GROWTH) * GROWTH));
    } catch {
      return 0;
    }
  }
  control[ALLOCATED] = segment + units;
  return segment;
}
