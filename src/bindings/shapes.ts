// The checks of arguments that are neither numbers nor text nor plain memory: lists of buffers, hints, callbacks.
import type { Parameter, Shape } from '../ws2_32/functions.js';
import type { Converter } from './arguments.js';
import { wrongKind } from './wrong-kind.js';

const isFunction = (value: unknown) => typeof value === 'function';
const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** A `WSABUF`, whose fields are checked as arguments are. */
function isBuffer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { len, buf } = value as { len: unknown; buf: unknown };
  return typeof len === 'number' && (buf === null || ArrayBuffer.isView(buf));
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

const shapes: Record<Shape, { wanted: string; accepts: (value: unknown) => boolean }> = {
  'WSABUF[]': {
    wanted: 'an array of { len, buf } or null',
    accepts: (value) => isListOf(value, isBuffer),
  },
  WSABUF: { wanted: '{ len, buf } or null', accepts: isBuffer },
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
  const { wanted, accepts } = shapes[shape];
  return (value) => {
    if (value === null || accepts(value)) return value;
    throw wrongKind(name, parameter.name, wanted, value);
  };
}
