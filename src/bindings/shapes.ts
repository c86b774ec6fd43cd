// The checks of arguments that are neither numbers nor text nor plain memory: lists of buffers, hints, callbacks.
import type { Parameter, Shape } from '../ws2_32/functions.js';
import type { View, WSABUF } from '../ws2_32/types.js';
import type { Converter } from './arguments.js';
import { wrongKind } from './wrong-kind.js';

const isFunction = (value: unknown) => typeof value === 'function';
const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** A `WSABUF`, whose fields are checked as arguments are, and read once: a getter might answer otherwise later. */
function takeBuffer(value: unknown): WSABUF | undefined {
  if (!isObject(value)) return undefined;
  const { len, buf } = value as { len: unknown; buf: unknown };
  const right = typeof len === 'number' && (buf === null || ArrayBuffer.isView(buf));
  return right ? { len, buf: buf as View | null } : undefined;
}

function takeBuffers(value: unknown): WSABUF[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const buffers = Array.from(value, takeBuffer);
  return buffers.includes(undefined) ? undefined : (buffers as WSABUF[]);
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

interface Kind {
  readonly wanted: string;
  /** The value to work with, undefined if it is of another kind. */
  readonly take?: (value: unknown) => unknown;
  readonly accepts?: (value: unknown) => boolean;
}

const shapes: Record<Shape, Kind> = {
  'WSABUF[]': { wanted: 'an array of { len, buf } or null', take: takeBuffers },
  WSABUF: { wanted: '{ len, buf } or null', take: takeBuffer },
  ADDRINFO: { wanted: 'an object, an ArrayBufferView or null', accepts: isObject },
  'ADDRINFO[]': { wanted: 'an array or null', accepts: Array.isArray },
  'HANDLE[]': {
    wanted: 'an array of numbers, an ArrayBufferView or null',
    accepts: (value) => ArrayBuffer.isView(value) || isListOf(value, (item) => typeof item === 'number'),
  },
  ConditionProc: { wanted: 'a function or null', accepts: isFunction },
  CompletionRoutine: { wanted: 'a function or null', accepts: isFunction },
  WNDPROC: { wanted: 'a function or null', accepts: isFunction },
};

/** The converter of a parameter with a shape: the value itself, or TypeError. */
export function shapeConverter(name: string, parameter: Parameter, shape: Shape): Converter {
  const { wanted, accepts, take = (value) => (accepts?.(value) ? value : undefined) } = shapes[shape];
  return (value) => {
    const taken = value === null ? null : take(value);
    if (taken !== undefined) return taken;
    throw wrongKind(name, parameter.name, wanted, value);
  };
}
