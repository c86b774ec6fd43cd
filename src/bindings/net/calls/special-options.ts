import {
  IP_HDRINCL,
  IP_MTU,
  IP_OPTIONS,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_MTU,
  SO_ACCEPTCONN,
  SO_BSP_STATE,
  SO_CONNECT_TIME,
  SO_ERROR,
  SO_MAX_MSG_SIZE,
  SO_OPENTYPE,
  SO_PROTOCOL_INFOA,
  SO_PROTOCOL_INFOW,
  SO_TYPE,
  SO_UPDATE_ACCEPT_CONTEXT,
  SO_UPDATE_CONNECT_CONTEXT,
  SOCK_STREAM,
  SOL_SOCKET,
} from '../../../ws2_32/constants.js';
import { WSAEFAULT, WSAEINVAL, WSAENOPROTOOPT, WSAENOTCONN } from '../../../ws2_32/errors/codes.js';
import { loadAddress, sizeOf } from '../address.js';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { describeProtocol } from '../rules/protocol-info.js';
import { bytesOf, readInt, sizeOfView } from '../view.js';

/** The options that are not just remembered: what a socket is, what happened to it, memberships. */
type View = ArrayBufferView | null;

const LARGEST_DATAGRAM = 65_507;

/** SO_OPENTYPE belongs to the thread, not to a socket. */
let openType = 0;

interface Answer {
  readonly error: number;
  /** What the caller's length becomes; undefined leaves it. */
  readonly length?: number;
}

export function getSpecial(
  arena: Arena,
  base: number,
  level: number,
  name: number,
  optval: View,
  room: number,
): Answer | undefined {
  if (level === IPPROTO_IP && name === IP_OPTIONS)
    return room < 0 ? { error: WSAEFAULT } : { error: 0, length: 0 };
  if (level === IPPROTO_IP && name === IP_HDRINCL) return { error: WSAEINVAL };
  if (isMtu(level, name)) return mtu(arena, base);
  if (level !== SOL_SOCKET) return undefined;
  if (name === SO_PROTOCOL_INFOA || name === SO_PROTOCOL_INFOW)
    return protocolInfo(arena, base, name, optval, room);
  if (name === SO_BSP_STATE) return addresses(arena, base, optval, room);
  const value = socketFact(arena.control, base, name);
  if (value === undefined) return undefined;
  if (name === SO_OPENTYPE && room === -1) return give(optval, value, 4);
  if (room < 4 && name === SO_OPENTYPE) return { error: WSAEFAULT };
  if (room < 1 || (room < 4 && name !== SO_ACCEPTCONN)) return { error: WSAEFAULT };
  if (name === SO_MAX_MSG_SIZE && arena.control[base + L.S_TYPE] === SOCK_STREAM)
    return { error: WSAENOPROTOOPT };
  return give(optval, value, Math.min(room, 4));
}

/** A length that is too great stays as it is; one that is too small is told what is needed (fact OPT-46). */
function protocolInfo({ control }: Arena, base: number, name: number, optval: View, room: number): Answer {
  const info = describeProtocol(
    control[base + L.S_FAMILY],
    control[base + L.S_PROTOCOL],
    name === SO_PROTOCOL_INFOW,
  );
  if (room < info.length) return { error: WSAEFAULT, length: info.length };
  if (optval === null || sizeOfView(optval) < info.length) return { error: WSAEFAULT };
  bytesOf(optval).set(info);
  return { error: 0 };
}

const CSADDR_INFO = 40;

/** SO_BSP_STATE: CSADDR_INFO and the two addresses that it points to, as distances from the buffer's start. */
function addresses({ control }: Arena, base: number, optval: View, room: number): Answer {
  const size = sizeOf(control[base + L.S_FAMILY]);
  const total = CSADDR_INFO + 2 * size;
  if (optval === null || room < total || sizeOfView(optval) < total) return { error: WSAEFAULT };
  const bytes = bytesOf(optval);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  bytes.fill(0, 0, total);
  for (const [i, word] of [L.S_LOCAL, L.S_PEER].entries()) {
    const address = loadAddress(control, base + word);
    if (address === undefined) continue;
    view.setUint32(16 * i, CSADDR_INFO + i * size, true);
    view.setInt32(16 * i + 8, address.length, true);
    bytes.set(address, CSADDR_INFO + i * size);
  }
  view.setInt32(32, control[base + L.S_TYPE], true);
  view.setInt32(36, control[base + L.S_PROTOCOL], true);
  return { error: 0, length: total };
}

function isMtu(level: number, name: number): boolean {
  return (level === IPPROTO_IP && name === IP_MTU) || (level === IPPROTO_IPV6 && name === IPV6_MTU);
}

/** Node does not know a path's MTU: on a connected socket the option is one that is not supported. */
function mtu({ control }: Arena, base: number): Answer {
  const stream = control[base + L.S_TYPE] === SOCK_STREAM;
  const connected = stream
    ? Atomics.load(control, base + L.S_STATE) === L.STATE_CONNECTED
    : (Atomics.load(control, base + L.S_MODE) & L.MODE_HAS_PEER) !== 0;
  return { error: connected ? WSAENOPROTOOPT : WSAENOTCONN };
}

function give(optval: View, value: number, count: number): Answer {
  if (optval === null || sizeOfView(optval) < count) return { error: WSAEFAULT };
  const bytes = bytesOf(optval);
  for (let i = 0; i < count; i++) bytes[i] = value >> (8 * i);
  return { error: 0, length: count };
}

function socketFact(control: Int32Array, base: number, name: number): number | undefined {
  switch (name) {
    case SO_ACCEPTCONN:
      return Number(Atomics.load(control, base + L.S_STATE) === L.STATE_LISTENING);
    case SO_ERROR:
      return Atomics.load(control, base + L.S_ERROR);
    case SO_TYPE:
      return control[base + L.S_TYPE];
    case SO_MAX_MSG_SIZE:
      return LARGEST_DATAGRAM;
    case SO_OPENTYPE:
      return openType;
    case SO_CONNECT_TIME:
      return connectTime(control, base);
    default:
      return undefined;
  }
}

/** Seconds since the connection was made; all ones without one (fact CON-24). */
function connectTime(control: Int32Array, base: number): number {
  if (control[base + L.S_TYPE] !== SOCK_STREAM) return -1;
  if (Atomics.load(control, base + L.S_STATE) !== L.STATE_CONNECTED) return -1;
  return Math.max(0, Math.floor(Date.now() / 1000) - control[base + L.S_CONNECTED_AT]);
}

/** 0, a code, or undefined when the option is one that is merely stored. */
export function setSpecial(
  arena: Arena,
  base: number,
  level: number,
  name: number,
  optval: View,
  optlen: number,
): number | undefined {
  const { control } = arena;
  if (level === IPPROTO_IP && name === IP_OPTIONS) return 0;
  if (level === IPPROTO_IP && name === IP_HDRINCL) return WSAEINVAL;
  if (level !== SOL_SOCKET) return undefined;
  switch (name) {
    case SO_ERROR:
    case SO_OPENTYPE: {
      const value = optlen >= 0 && optlen < 4 ? undefined : readInt(optval);
      if (value === undefined) return WSAEFAULT;
      if (name === SO_OPENTYPE) openType = value;
      else Atomics.store(control, base + L.S_ERROR, value);
      return 0;
    }
    case SO_TYPE:
      return control[base + L.S_TYPE] === SOCK_STREAM ? WSAENOPROTOOPT : WSAEINVAL;
    case SO_ACCEPTCONN:
    case SO_MAX_MSG_SIZE:
    case SO_CONNECT_TIME:
      return WSAENOPROTOOPT;
    case SO_UPDATE_ACCEPT_CONTEXT:
    case SO_UPDATE_CONNECT_CONTEXT:
      return Atomics.load(control, base + L.S_STATE) === L.STATE_CONNECTED ? 0 : WSAENOTCONN;
    default:
      return undefined;
  }
}
