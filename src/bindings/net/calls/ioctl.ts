import {
  FIONBIO,
  FIONREAD,
  SIO_ADDRESS_LIST_QUERY,
  SIO_BASE_HANDLE,
  SIO_GET_EXTENSION_FUNCTION_POINTER,
  SIO_KEEPALIVE_VALS,
  SIO_ROUTING_INTERFACE_QUERY,
  SIO_UDP_CONNRESET,
  SIOCATMARK,
} from '../../../ws2_32/constants.js';
import { WSAEFAULT, WSAEINVAL, WSAENOTCONN, WSAEOPNOTSUPP } from '../../../ws2_32/errors/codes.js';
import type { CompletionRoutine } from '../../../ws2_32/types.js';
import type { Arena } from '../arena/arena.js';
import { post } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { OPTION_KEEPALIVE, OPTION_KEEPIDLE, OPTION_NO_UDP_RESETS } from '../rules/options.js';
import { arenaOfThread, fail, setLastError, socketBase, succeed } from '../thread.js';
import { bytesOf, readInt, sizeOfView, writeInt } from '../view.js';
import { addressList, interfaceFor } from './interfaces.js';
import { ioctlsocket } from './options.js';
import { STREAM } from './sockets.js';

/** WSAIoctl: a command with data in and out. */
type View = ArrayBufferView | null;

/** What a command came to: bytes put out, or a code; `count` where it is told all the same. */
interface Outcome {
  readonly error: number;
  readonly count?: number;
}
interface Command {
  readonly arena: Arena;
  readonly s: number;
  readonly base: number;
  readonly input: View;
  readonly inputSize: number;
  readonly output: View;
  /** Bytes that may be written. */
  readonly room: number;
}

/** In `ws2tcpip.h` from Windows Vista on; mingw-w64's headers have it not. */
const SIO_IDEAL_SEND_BACKLOG_QUERY = 0x4004747b;

const done = (count: number): Outcome => ({ error: 0, count });
const refused = (error: number): Outcome => ({ error });

const commands = new Map<number, (command: Command) => Outcome>([
  [FIONBIO, ({ s, input, inputSize }) => setMode(s, inputSize < 4 ? null : input)],
  [FIONREAD, (command) => number(command, FIONREAD)],
  [SIOCATMARK, (command) => number(command, SIOCATMARK)],
  [SIO_KEEPALIVE_VALS, keepalive],
  [SIO_UDP_CONNRESET, udpResets],
  [SIO_IDEAL_SEND_BACKLOG_QUERY, idealBacklog],
  [SIO_BASE_HANDLE, baseHandle],
  [SIO_GET_EXTENSION_FUNCTION_POINTER, extensionFunction],
  [SIO_ROUTING_INTERFACE_QUERY, routingInterface],
  [SIO_ADDRESS_LIST_QUERY, listAddresses],
]);

export function WSAIoctl(
  s: number,
  dwIoControlCode: number,
  lpvInBuffer: View,
  cbInBuffer: number,
  lpvOutBuffer: View,
  cbOutBuffer: number,
  lpcbBytesReturned: View,
  lpOverlapped: View,
  _lpCompletionRoutine: CompletionRoutine | null,
): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  if (lpOverlapped !== null) return fail(WSAEOPNOTSUPP);
  if (lpcbBytesReturned === null || sizeOfView(lpcbBytesReturned) < 4) return fail(WSAEFAULT);
  const run = commands.get(dwIoControlCode >>> 0);
  const outcome = run?.({
    arena,
    s,
    base,
    input: lpvInBuffer,
    inputSize: Math.min(cbInBuffer, sizeOfView(lpvInBuffer)),
    output: lpvOutBuffer,
    room: Math.min(cbOutBuffer, sizeOfView(lpvOutBuffer)),
  }) ?? { error: WSAEOPNOTSUPP, count: 0 };
  if (outcome.count !== undefined) writeInt(lpcbBytesReturned, outcome.count);
  return outcome.error === 0 ? succeed(0) : fail(outcome.error);
}

function setMode(s: number, input: View): Outcome {
  if (input === null) return refused(WSAEFAULT);
  return ioctlsocket(s, FIONBIO, Int32Array.of(readInt(input) ?? 0)) === 0 ? done(0) : refused(WSAEINVAL);
}

/** The commands that put out one number. */
function number({ s, output, room }: Command, code: number): Outcome {
  if (output === null || room < 4) return refused(WSAEFAULT);
  ioctlsocket(s, code, output);
  setLastError(0);
  return done(4);
}

/** struct tcp_keepalive: on, milliseconds of quiet before the first probe, milliseconds between probes. */
function keepalive({ arena, base, input, inputSize }: Command): Outcome {
  if (arena.control[base + L.S_TYPE] !== STREAM) return { error: WSAEOPNOTSUPP, count: 0 };
  if (input === null || inputSize < 12) return refused(WSAEFAULT);
  const bytes = bytesOf(input);
  const values = new DataView(bytes.buffer, bytes.byteOffset, 12);
  const options = base + L.S_OPTIONS;
  arena.control[options + OPTION_KEEPALIVE] = Number(values.getUint32(0, true) !== 0);
  arena.control[options + OPTION_KEEPIDLE] = Math.ceil(values.getUint32(4, true) / 1000);
  post(arena, base, L.WORK_OPTIONS);
  return done(0);
}

function udpResets({ arena, base, input, inputSize }: Command): Outcome {
  if (arena.control[base + L.S_TYPE] === STREAM) return { error: WSAEOPNOTSUPP, count: 0 };
  if (input === null || inputSize < 1) return refused(WSAEFAULT);
  const on = bytesOf(input)
    .subarray(0, Math.min(4, inputSize))
    .some((byte) => byte !== 0);
  Atomics.store(arena.control, base + L.S_OPTIONS + OPTION_NO_UDP_RESETS, on ? 0 : 1);
  if (!on) Atomics.store(arena.control, base + L.S_UDP_RESETS, 0);
  return done(0);
}

function idealBacklog({ arena, base, output, room }: Command): Outcome {
  if (arena.control[base + L.S_TYPE] !== STREAM) return { error: WSAEOPNOTSUPP, count: 0 };
  if (Atomics.load(arena.control, base + L.S_STATE) !== L.STATE_CONNECTED) return refused(WSAENOTCONN);
  if (output === null || room < 4) return refused(WSAEFAULT);
  writeInt(output, 0x10000);
  return done(4);
}

/** There is no layer between: the handle is its own base. */
function baseHandle({ s, output, room }: Command): Outcome {
  if (output === null || room < 8) return refused(WSAEFAULT);
  const bytes = bytesOf(output);
  bytes.fill(0, 0, 8);
  writeInt(output, s);
  return done(8);
}

/** The extension functions need overlapped calls: none of them is here. */
function extensionFunction({ inputSize, room }: Command): Outcome {
  return refused(inputSize < 16 || room < 8 ? WSAEFAULT : WSAEINVAL);
}

function routingInterface({ input, inputSize, output, room }: Command): Outcome {
  const found = interfaceFor(input === null ? new Uint8Array(0) : bytesOf(input).subarray(0, inputSize));
  if (typeof found === 'number') return refused(found);
  if (output === null || room < found.length) return { error: WSAEFAULT, count: found.length };
  bytesOf(output).set(found);
  return done(found.length);
}

function listAddresses({ arena, base, output, room }: Command): Outcome {
  const list = addressList(arena.control[base + L.S_FAMILY]);
  if (output === null || room < list.length) return { error: WSAEFAULT, count: list.length };
  bytesOf(output).set(list);
  return done(list.length);
}
