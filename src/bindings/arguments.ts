// The checks of arguments that the koffi and net bindings share, made from the function table; the addon makes the
// same ones in C++ (binding/decode.h). A value of the wrong kind throws, a number of any kind converts as C would.
import {
  type FunctionName,
  functionEntry,
  numberTypes,
  type Parameter,
  parameterKind,
} from '../ws2_32/functions.js';
import type { View } from '../ws2_32/types.js';
import { shapeConverter } from './shapes.js';
import { wrongKind } from './wrong-kind.js';

/** Turns an argument into the value that the call works with, or throws TypeError. */
export type Converter = (value: unknown) => unknown;

/** The converters of a function's parameters, in their order. */
export function converters(name: FunctionName): Converter[] {
  return functionEntry(name).params.map((parameter) => converter(name, parameter));
}

function converter(name: string, parameter: Parameter): Converter {
  const kind = parameterKind(parameter);
  if (kind === 'number') return numberConverter(name, parameter);
  if (kind === 'handle') return handleConverter(name, parameter);
  if (kind === 'string') return stringConverter(name, parameter);
  if (kind === 'view') return viewConverter(name, parameter);
  return shapeConverter(name, parameter, kind);
}

function numberConverter(name: string, parameter: Parameter): Converter {
  const { bits, signed } = numberTypes[parameter.type];
  const check = (value: unknown): number => {
    if (typeof value === 'number') return value;
    throw wrongKind(name, parameter.name, 'a number', value);
  };
  if (bits === 16) return (value) => check(value) & 0xffff;
  if (bits === 64) return (value) => whole(check(value));
  return signed ? (value) => check(value) | 0 : (value) => check(value) >>> 0;
}

function handleConverter(name: string, parameter: Parameter): Converter {
  return (value) => {
    if (typeof value === 'number') return whole(value);
    throw wrongKind(name, parameter.name, 'a number', value);
  };
}

/** A pointer-sized number: NaN and the infinities are 0, fractions are cut off. */
function whole(value: number): number {
  return (value | 0) === value ? value : Number.isFinite(value) ? Math.trunc(value) : 0;
}

function stringConverter(name: string, parameter: Parameter): Converter {
  return (value) => {
    if (typeof value === 'string') {
      // C's string ends at the first NUL.
      const end = value.indexOf('\0');
      return end < 0 ? value : value.slice(0, end);
    }
    if (value === null) return null;
    throw wrongKind(name, parameter.name, 'a string or null', value);
  };
}

function viewConverter(name: string, parameter: Parameter): Converter {
  return (value) => {
    if (value === null || ArrayBuffer.isView(value)) return value as View | null;
    throw wrongKind(name, parameter.name, 'an ArrayBufferView or null', value);
  };
}

// biome-ignore lint/suspicious/noExplicitAny: each body knows its own parameters; the converters make them so.
type Body = (...args: any[]) => unknown;

/**
 * Puts the checks of `name`'s arguments before a body that relies on them: the body gets numbers that are already
 * converted, `View | null` and `string | null`.
 */
export function checked(name: FunctionName, body: Body): (...args: unknown[]) => unknown {
  const [a, b, c, d, e, f] = converters(name);
  // Spelt out for each number of parameters: a rest array would cost more than the checks.
  switch (functionEntry(name).params.length) {
    case 0:
      return () => body();
    case 1:
      return (v) => body(a(v));
    case 2:
      return (v, w) => body(a(v), b(w));
    case 3:
      return (v, w, x) => body(a(v), b(w), c(x));
    case 4:
      return (v, w, x, y) => body(a(v), b(w), c(x), d(y));
    case 5:
      return (v, w, x, y, z) => body(a(v), b(w), c(x), d(y), e(z));
    case 6:
      return (u, v, w, x, y, z) => body(a(u), b(v), c(w), d(x), e(y), f(z));
    default: {
      const all = converters(name);
      return (...args) => body(...all.map((convert, i) => convert(args[i])));
    }
  }
}
