// Classes over the layout table: bytes with C's field names.
import { type Fields, type StructName, structs } from './definitions.js';
import { architecture, elementType, layoutOf, pointerSize, type StructLayout } from './layouts.js';

type View = ArrayBufferView;

/** What a field of a C type is in JavaScript. Arrays and inner structs are views: writing to them writes here. */
type FieldValue<T> = T extends `char[${string}` | `wchar[${string}`
  ? string
  : T extends `${infer E}[${string}`
    ? E extends 'u8'
      ? Uint8Array
      : number[]
    : T extends StructName
      ? Uint8Array & FieldsOf<T>
      : T extends 'i64'
        ? bigint
        : number;

/** The fields of a struct by name. */
export type FieldsOf<N extends StructName> = {
  -readonly [F in keyof (typeof structs)[N]]: FieldValue<(typeof structs)[N][F]>;
};

/** The values to start with: fields left out are 0. Inner structs and byte arrays may be any bytes. */
export type Initial<N extends StructName> = {
  [F in keyof FieldsOf<N>]?: FieldsOf<N>[F] extends Uint8Array ? Uint8Array : FieldsOf<N>[F];
};

type StructInstance<N extends StructName> = Uint8Array<ArrayBufferLike> & FieldsOf<N>;

/** What a struct is made of: fields, or the memory in which it lies. */
export type StructSource<N extends StructName> = Initial<N> | View | ArrayBufferLike;

export interface StructClass<N extends StructName> {
  /** A struct of its own, zeroed, then with these fields. */
  new (fields?: Initial<N>): StructInstance<N>;
  /** The struct that lies at `byteOffset` in a view: the same memory, as a cast in C gives. */
  new (memory: View | ArrayBufferLike, byteOffset?: number): StructInstance<N>;
  new (from?: StructSource<N>, byteOffset?: number): StructInstance<N>;
  readonly prototype: StructInstance<N>;
  /** C's `sizeof`, in bytes. */
  readonly size: number;
}

interface Accessor {
  get(view: DataView, offset: number): unknown;
  set(view: DataView, offset: number, value: never): void;
}

const scalarAccessors: Record<string, Accessor> = {
  u8: { get: (v, o) => v.getUint8(o), set: (v, o, x: number) => v.setUint8(o, x) },
  u16: { get: (v, o) => v.getUint16(o, true), set: (v, o, x: number) => v.setUint16(o, x, true) },
  i16: { get: (v, o) => v.getInt16(o, true), set: (v, o, x: number) => v.setInt16(o, x, true) },
  u32: { get: (v, o) => v.getUint32(o, true), set: (v, o, x: number) => v.setUint32(o, x, true) },
  i32: { get: (v, o) => v.getInt32(o, true), set: (v, o, x: number) => v.setInt32(o, x, true) },
  i64: { get: (v, o) => v.getBigInt64(o, true), set: (v, o, x: bigint) => v.setBigInt64(o, x, true) },
  pointer: { get: getPointer, set: setPointer },
  ulong_ptr: { get: getPointer, set: setPointer },
  size_t: { get: getPointer, set: setPointer },
  SOCKET: { get: getHandle, set: setPointer },
};

function getPointer(view: DataView, offset: number): number {
  const low = view.getUint32(offset, true);
  return pointerSize() === 4 ? low : low + view.getUint32(offset + 4, true) * 2 ** 32;
}

/** Reads a SOCKET or HANDLE: all ones is INVALID_SOCKET, -1. */
export function getHandle(view: DataView, offset: number): number {
  const low = view.getUint32(offset, true);
  if (pointerSize() === 4) return low === 0xffffffff ? -1 : low;
  return low + view.getInt32(offset + 4, true) * 2 ** 32;
}

/** Writes a pointer-sized number; a negative one is sign-extended, so that -1 is all ones. */
export function setPointer(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value, true);
  if (pointerSize() === 8) view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true);
}

/** NUL-terminated text of `unit` bytes a character: Latin-1, or UTF-16. */
function textAccessor(size: number, unit: 1 | 2): Accessor {
  const read = (v: DataView, o: number) => (unit === 1 ? v.getUint8(o) : v.getUint16(o, true));
  const write = (v: DataView, o: number, x: number) =>
    unit === 1 ? v.setUint8(o, x) : v.setUint16(o, x, true);
  return {
    get(view, offset) {
      let text = '';
      for (let at = 0; at < size; at += unit) {
        const character = read(view, offset + at);
        if (character === 0) break;
        text += String.fromCharCode(character);
      }
      return text;
    },
    set(view, offset, value: string) {
      for (let at = 0; at < size; at += unit) {
        const inside = at / unit < value.length && at + unit < size;
        write(view, offset + at, inside ? value.charCodeAt(at / unit) : 0);
      }
    },
  };
}

function bytesAt(view: DataView, offset: number, size: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + offset, size);
}

function accessorOf(type: string, size: number): Accessor {
  const { element, count } = elementType(type);
  if (type.startsWith('char[')) return textAccessor(size, 1);
  if (type.startsWith('wchar[')) return textAccessor(size, 2);
  const scalar = scalarAccessors[element];
  const set = (view: DataView, offset: number, value: Uint8Array) => bytesAt(view, offset, size).set(value);
  if (!scalar) {
    const inner = structClass(element as StructName);
    return { get: (view, offset) => new inner(view, offset), set };
  }
  if (!type.includes('[')) return scalar;
  if (element === 'u8') return { get: (view, offset) => bytesAt(view, offset, size), set };
  return arrayAccessor(scalar, count, size / count);
}

/** An array of numbers: reading gives a copy. */
function arrayAccessor(scalar: Accessor, count: number, step: number): Accessor {
  return {
    get: (view, offset) => Array.from({ length: count }, (_, i) => scalar.get(view, offset + i * step)),
    set: (view, offset, value: readonly number[]) => {
      for (let i = 0; i < count; i++) scalar.set(view, offset + i * step, (value[i] ?? 0) as never);
    },
  };
}

// Uint8Array's constructor for any kind of memory: its own declaration ties a length to plain ArrayBuffers.
interface BytesConstructor {
  new (length: number): Uint8Array<ArrayBufferLike>;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array<ArrayBufferLike>;
}
const Bytes = Uint8Array as unknown as BytesConstructor;

/** Bytes that know where they lie: the base of every struct class. */
export abstract class Struct extends Bytes {
  // A part of a struct is bytes, not a struct.
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  /** The same memory as a DataView, for the field accessors. */
  readonly #view = new DataView(this.buffer, this.byteOffset, this.byteLength);

  /** @internal */
  static viewOf(struct: Struct): DataView {
    return struct.#view;
  }
}

const classes = new Map<StructName, unknown>();

function isMemory(value: unknown): value is View | ArrayBufferLike {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}

function defineFields(target: object, layout: StructLayout, declared: Fields): void {
  for (const [field, type] of Object.entries(declared)) {
    const { offset, size } = layout.fields[field];
    const accessor = accessorOf(type, size);
    Object.defineProperty(target, field, {
      get(this: Struct) {
        return accessor.get(Struct.viewOf(this), offset);
      },
      set(this: Struct, value: never) {
        accessor.set(Struct.viewOf(this), offset, value);
      },
      enumerable: false,
      configurable: true,
    });
  }
}

/** The class of a struct: a Uint8Array of its size, with its fields. */
export function structClass<N extends StructName>(name: N): StructClass<N> {
  const known = classes.get(name);
  if (known) return known as StructClass<N>;
  const layout = layoutOf(name, architecture);
  class StructOfName extends Struct {
    static readonly size = layout.size;

    constructor(from?: StructSource<N>, byteOffset = 0) {
      if (isMemory(from)) {
        const [buffer, start] = ArrayBuffer.isView(from) ? [from.buffer, from.byteOffset] : [from, 0];
        const end = from.byteLength;
        if (byteOffset < 0 || byteOffset + layout.size > end)
          throw new RangeError(
            `${name} is ${layout.size} bytes, more than there are from byte ${byteOffset} of ${end}`,
          );
        super(buffer, start + byteOffset, layout.size);
      } else {
        super(layout.size);
        if (from) Object.assign(this, from);
      }
    }
  }
  Object.defineProperty(StructOfName, 'name', { value: name });
  defineFields(StructOfName.prototype, layout, structs[name]);
  classes.set(name, StructOfName);
  return StructOfName as unknown as StructClass<N>;
}
