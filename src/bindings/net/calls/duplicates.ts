import { WSAEFAULT, WSAEINVAL, WSAEMFILE, WSAENOTSOCK, WSAEOPNOTSUPP } from '../../../ws2_32/errors/codes.js';
import { sizeof } from '../../../ws2_32/structs.js';
import * as L from '../arena/layout.js';
import { baseOf, duplicate } from '../arena/table.js';
import { describeProtocol } from '../rules/protocol-info.js';
import { arenaOfThread, fail, socketBase, succeed, unavailableNow } from '../thread.js';
import { bytesOf, sizeOfView } from '../view.js';
import { socket } from './sockets.js';

/** WSASocket, and a second SOCKET for a socket by way of its description. */
type View = ArrayBufferView | null;

const FROM_PROTOCOL_INFO = -1;
const KNOWN_FLAGS = 0x1ff;
/** Where a description names the socket that it came from: dwProviderReserved. */
const RESERVED_AT = 112;
const FAMILY_AT = 76;
const TYPE_AT = 88;
const PROTOCOL_AT = 92;

function wsaSocket(
  size: number,
  af: number,
  type: number,
  protocol: number,
  info: View,
  flags: number,
): number {
  const arena = arenaOfThread();
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return fail(unavailable);
  if ((flags & ~KNOWN_FLAGS) !== 0) return fail(WSAEINVAL);
  if (info === null) return socket(af, type, protocol);
  if (sizeOfView(info) < size) return fail(WSAEFAULT);
  const bytes = bytesOf(info);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const described = view.getUint32(RESERVED_AT, true);
  if (described !== 0) {
    const base = baseOf(arena, described);
    if (base === 0) return fail(WSAENOTSOCK);
    const s = duplicate(arena, base);
    return s === 0 ? fail(WSAEMFILE) : succeed(s);
  }
  const choose = (given: number, at: number): number =>
    given === FROM_PROTOCOL_INFO ? view.getInt32(at, true) : given;
  return socket(choose(af, FAMILY_AT), choose(type, TYPE_AT), choose(protocol, PROTOCOL_AT));
}

type Make = (af: number, type: number, protocol: number, info: View, g: number, flags: number) => number;

export const WSASocketA: Make = (af, type, protocol, info, _g, flags) =>
  wsaSocket(sizeof('WSAPROTOCOL_INFOA'), af, type, protocol, info, flags);
export const WSASocketW: Make = (af, type, protocol, info, _g, flags) =>
  wsaSocket(sizeof('WSAPROTOCOL_INFOW'), af, type, protocol, info, flags);
export const WSASocket = WSASocketW;

function wsaDuplicateSocket(wide: boolean, s: number, processId: number, info: View): number {
  const arena = arenaOfThread();
  const base = socketBase(arena, s);
  if (base === 0) return -1;
  if (processId !== process.pid) return fail(isProcess(processId) ? WSAEOPNOTSUPP : WSAEINVAL);
  const size = sizeof(wide ? 'WSAPROTOCOL_INFOW' : 'WSAPROTOCOL_INFOA');
  if (sizeOfView(info) < size) return fail(WSAEFAULT);
  const bytes = bytesOf(info as ArrayBufferView);
  bytes.set(describeProtocol(arena.control[base + L.S_FAMILY], arena.control[base + L.S_PROTOCOL], wide));
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).setUint32(RESERVED_AT, s, true);
  return succeed(0);
}

/** Whether there is such a process: it exists, though it may be another user's. */
function isProcess(processId: number): boolean {
  if (processId === 0 || processId > 0x7fffffff) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

type Duplicate = (s: number, dwProcessId: number, lpProtocolInfo: View) => number;

export const WSADuplicateSocketA: Duplicate = (s, id, info) => wsaDuplicateSocket(false, s, id, info);
export const WSADuplicateSocketW: Duplicate = (s, id, info) => wsaDuplicateSocket(true, s, id, info);
export const WSADuplicateSocket = WSADuplicateSocketW;
