// Where each field of a struct lies, by C's rules: a field starts at a multiple of its alignment, and a
// struct's size is a multiple of the widest one. Only the width of a pointer differs between x64 and ia32.
import { type Fields, ia32Order, type StructName, structs } from './definitions.js';

export type Architecture = 'x64' | 'ia32';

/** The kind of process whose layouts are used: 32-bit on win32-ia32, 64-bit everywhere else. */
export const architecture: Architecture = process.arch === 'ia32' ? 'ia32' : 'x64';

export interface FieldLayout {
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

export interface StructLayout {
  readonly size: number;
  readonly alignment: number;
  readonly fields: Readonly<Record<string, FieldLayout>>;
}

const scalars: Readonly<Record<string, number>> = {
  u8: 1,
  char: 1,
  u16: 2,
  i16: 2,
  wchar: 2,
  u32: 4,
  i32: 4,
  i64: 8,
};
const pointerSized = ['pointer', 'SOCKET', 'ulong_ptr', 'size_t'];
const cache = new Map<string, StructLayout>();

/** Takes `u32[7]` apart: the type and how many; a single value has a count of 1. */
export function elementType(type: string): { element: string; count: number } {
  const [element, count] = type.replace(']', '').split('[');
  return { element, count: count === undefined ? 1 : Number(count) };
}

function measure(type: string, arch: Architecture): { size: number; alignment: number } {
  const { element, count } = elementType(type);
  const size = scalars[element] ?? (pointerSized.includes(element) ? pointerSize(arch) : undefined);
  if (size !== undefined) return { size: size * count, alignment: size };
  const inner = layoutOf(element as StructName, arch);
  return { size: inner.size * count, alignment: inner.alignment };
}

function compute(name: StructName, arch: Architecture): StructLayout {
  const declared: Fields = structs[name];
  const order = (arch === 'ia32' && ia32Order[name]) || Object.keys(declared);
  const fields: Record<string, FieldLayout> = {};
  let end = 0;
  let alignment = 1;
  for (const field of order) {
    const { size, alignment: own } = measure(declared[field], arch);
    const offset = roundUp(end, own);
    fields[field] = { type: declared[field], offset, size };
    alignment = Math.max(alignment, own);
    end = offset + size;
  }
  return { size: roundUp(end, alignment), alignment, fields };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** The width of a pointer, a SOCKET and a HANDLE: 8 bytes, or 4 in a 32-bit process. */
export function pointerSize(arch: Architecture = architecture): 4 | 8 {
  return arch === 'ia32' ? 4 : 8;
}

/** Size, alignment and fields of a struct. */
export function layoutOf(name: StructName, arch: Architecture = architecture): StructLayout {
  const key = `${arch} ${name}`;
  let layout = cache.get(key);
  if (!layout) cache.set(key, (layout = compute(name, arch)));
  return layout;
}

/** C's `sizeof(struct name)`. */
export function sizeof(name: StructName): number {
  return layoutOf(name).size;
}

/** C's `offsetof(struct name, field)`. */
export function offsetof<N extends StructName>(name: N, field: keyof (typeof structs)[N] & string): number {
  return layoutOf(name).fields[field].offset;
}
