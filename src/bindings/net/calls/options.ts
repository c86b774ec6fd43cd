import { FIONBIO, FIONREAD, SIOCATMARK, SO_DONTLINGER, SOL_SOCKET } from '../../../ws2_32/constants.js';
import {
  WSAEFAULT,
  WSAEINVAL,
  WSAENETDOWN,
  WSAENOPROTOOPT,
  WSAEOPNOTSUPP,
} from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import { post } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { length, peek } from '../arena/queue.js';
import { RECORD_HEADER, readHeader } from '../rules/datagram.js';
import {
  decodeOption,
  OPTION_EXCLUSIVE,
  OPTION_LINGER,
  OPTION_REUSE,
  OPTION_V6ONLY,
  type OptionRule,
  optionRule,
  readingOf,
} from '../rules/options.js';
import { arenaOfThread, fail, socketBase, succeed } from '../thread.js';
import { bytesOf, readInt, sizeOfView, writeInt } from '../view.js';
import { STREAM } from './sockets.js';
import { getSpecial, setSpecial } from './special-options.js';

type View = ArrayBufferView | null;
const KNOWN_LEVELS = [SOL_SOCKET, 0, 6, 17, 41];

export function ioctlsocket(s: number, cmd: number, argp: View): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  // The command is a `long`: its bits are what counts.
  const code = cmd >>> 0;
  if (code !== FIONBIO && code !== FIONREAD && code !== SIOCATMARK) return fail(WSAEOPNOTSUPP);
  const value = readInt(argp);
  if (value === undefined || argp === null) return fail(WSAEFAULT);
  if (code === FIONBIO) {
    if (value !== 0) Atomics.or(arena.control, base + L.S_MODE, L.MODE_NONBLOCKING);
    else if (Atomics.load(arena.control, base + L.S_EVENT_MASK) !== 0) return fail(WSAEINVAL);
    else Atomics.and(arena.control, base + L.S_MODE, ~L.MODE_NONBLOCKING);
  } else writeInt(argp, code === FIONREAD ? readableBytes(arena, base) : 1);
  return succeed(0);
}

/** A stream: all bytes that wait. Datagrams: those of the first one. */
export function readableBytes(arena: Arena, base: number): number {
  const queue = base + L.S_RECEIVE_QUEUE;
  const waiting = length(arena, queue);
  if (arena.control[base + L.S_TYPE] === STREAM || waiting === 0) return waiting;
  const header = new Uint8Array(RECORD_HEADER);
  peek(arena, queue, header);
  return readHeader(header).size;
}

/** The option's rule, or the code for an option that this socket does not have. */
function ruleFor(control: Int32Array, base: number, level: number, name: number): OptionRule | number {
  const rule = optionRule(level, name);
  if (rule === undefined) return KNOWN_LEVELS.includes(level) ? WSAENOPROTOOPT : WSAEINVAL;
  const stream = control[base + L.S_TYPE] === STREAM;
  if (rule.only !== undefined && (rule.only === 'stream') !== stream) {
    return level === SOL_SOCKET ? WSAENOPROTOOPT : WSAEINVAL;
  }
  if (level === 6 && !stream) return WSAENOPROTOOPT;
  return rule;
}

export function setsockopt(s: number, level: number, optname: number, optval: View, optlen: number): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  const code = set(arena, base, level, optname, optval, optlen);
  return code === 0 ? succeed(0) : fail(code);
}

function set(arena: Arena, base: number, level: number, name: number, optval: View, optlen: number): number {
  const { control } = arena;
  const special = setSpecial(arena, base, level, name, optval, optlen);
  if (special !== undefined) return special;
  const dontLinger = level === SOL_SOCKET && name === SO_DONTLINGER;
  const rule = dontLinger ? optionRule(SOL_SOCKET, 0x0001) : ruleFor(control, base, level, name);
  if (typeof rule === 'number' || rule === undefined) return rule ?? WSAENOPROTOOPT;
  const bytes = optval === null ? undefined : bytesOf(optval);
  if (bytes === undefined || bytes.length < Math.min(4, optlen < 0 ? 4 : optlen)) return WSAEFAULT;
  const { value, error } = decodeOption(
    rule,
    new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    optlen,
  );
  if (error !== 0) return error;
  if (dontLinger) {
    control[base + L.S_OPTIONS + OPTION_LINGER] = value !== 0 ? 0 : 1;
    return 0;
  }
  return store(arena, base, rule, value);
}

function store(arena: Arena, base: number, rule: OptionRule, value: number): number {
  const { control } = arena;
  const options = base + L.S_OPTIONS;
  const open = Atomics.load(control, base + L.S_STATE) === L.STATE_OPEN;
  if (rule.index === OPTION_REUSE && value !== 0 && control[options + OPTION_EXCLUSIVE] !== 0)
    return WSAEINVAL;
  if (rule.index === OPTION_EXCLUSIVE) {
    if (!open || (value !== 0 && control[options + OPTION_REUSE] !== 0)) return WSAEINVAL;
  }
  if (rule.index === OPTION_V6ONLY && !open) return WSAEINVAL;
  control[options + rule.index] = value;
  if (!open) post(arena, base, L.WORK_OPTIONS);
  return 0;
}

export function getsockopt(s: number, level: number, optname: number, optval: View, optlen: View): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  if (Atomics.load(arena.control, L.HOST_STATE) === L.HOST_DOWN) return fail(WSAENETDOWN);
  const code = get(arena, base, level, optname, optval, optlen);
  return code === 0 ? succeed(0) : fail(code);
}

function get(arena: Arena, base: number, level: number, name: number, optval: View, optlen: View): number {
  const { control } = arena;
  const room = readInt(optlen);
  if (room === undefined || optlen === null) return WSAEFAULT;
  const special = getSpecial(arena, base, level, name, optval, room);
  if (special !== undefined) {
    if (special.length !== undefined) writeInt(optlen, special.length);
    return special.error;
  }
  const dontLinger = level === SOL_SOCKET && name === SO_DONTLINGER;
  const rule = dontLinger ? optionRule(SOL_SOCKET, 0x0001) : ruleFor(control, base, level, name);
  if (typeof rule === 'number' || rule === undefined) return rule ?? WSAENOPROTOOPT;
  const reading = readingOf(rule.rule, room);
  if (reading.length >= 0) writeInt(optlen, reading.length);
  if (reading.error !== 0) return reading.error;
  if (sizeOfView(optval) < reading.bytes) return WSAEFAULT;
  const linger = control[base + L.S_OPTIONS + OPTION_LINGER];
  const value = dontLinger ? Number((linger & 0xffff) === 0) : control[base + L.S_OPTIONS + rule.index];
  writeBytes(optval as ArrayBufferView, value, reading.bytes);
  return 0;
}

export function writeBytes(into: ArrayBufferView, value: number, count: number): void {
  const bytes = bytesOf(into);
  for (let i = 0; i < count; i++) bytes[i] = value >> (8 * i);
}
