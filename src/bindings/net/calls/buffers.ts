import { WSAEFAULT, WSAEMSGSIZE, WSAEOPNOTSUPP } from '../../../ws2_32/errors/codes.js';
import type { WSABUF } from '../../../ws2_32/types.js';
import * as L from '../arena/layout.js';
import { length } from '../arena/queue.js';
import { arenaOfThread, fail, getLastError, setLastError, socketBase, succeed } from '../thread.js';
import { bytesOf, readInt, sizeOfView, writeInt } from '../view.js';
import { recvfrom } from './receive.js';
import { sendto } from './send.js';
import { STREAM, shutdown } from './sockets.js';

/** Sending and receiving with several buffers. Overlapped calls are refused: they need a kernel's help. */
type View = ArrayBufferView | null;
type Buffers = readonly WSABUF[] | null;

const MSG_PARTIAL = 0x8000;

/** The memory of the buffers, or undefined when some of it is not there. */
function memory(lpBuffers: Buffers, count: number): Uint8Array[] | undefined {
  if (lpBuffers === null || count > lpBuffers.length) return undefined;
  const result: Uint8Array[] = [];
  for (const { len, buf } of lpBuffers.slice(0, count)) {
    const size = len >>> 0;
    if (size > sizeOfView(buf)) return undefined;
    result.push(buf === null ? new Uint8Array(0) : bytesOf(buf).subarray(0, size));
  }
  return result;
}

/** 0, or the code with which Windows refuses before it looks at the buffers. */
function refusal(s: number, count: View, lpFlags: View | undefined, overlapped: View): number {
  const base = socketBase(arenaOfThread(), s);
  if (base === 0) return getLastError();
  if (overlapped !== null) return WSAEOPNOTSUPP;
  return sizeOfView(count) < 4 || (lpFlags !== undefined && readInt(lpFlags) === undefined) ? WSAEFAULT : 0;
}

export function WSASend(
  s: number,
  lpBuffers: Buffers,
  dwBufferCount: number,
  lpNumberOfBytesSent: View,
  dwFlags: number,
  lpOverlapped: View,
): number {
  return WSASendTo(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, null, 0, lpOverlapped);
}

export function WSASendTo(
  s: number,
  lpBuffers: Buffers,
  dwBufferCount: number,
  lpNumberOfBytesSent: View,
  dwFlags: number,
  lpTo: View,
  iTolen: number,
  lpOverlapped: View,
): number {
  const refused = refusal(s, lpNumberOfBytesSent, undefined, lpOverlapped);
  if (refused !== 0) return fail(refused);
  const pieces = memory(lpBuffers, dwBufferCount);
  if (pieces === undefined) return fail(WSAEFAULT);
  const whole = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  const sent = sendto(s, whole, whole.length, dwFlags | 0, lpTo, iTolen);
  if (sent < 0) return -1;
  writeInt(lpNumberOfBytesSent as ArrayBufferView, sent);
  return succeed(0);
}

export function WSARecv(
  s: number,
  lpBuffers: Buffers,
  dwBufferCount: number,
  lpNumberOfBytesRecvd: View,
  lpFlags: View,
  lpOverlapped: View,
): number {
  return WSARecvFrom(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags, null, null, lpOverlapped);
}

export function WSARecvFrom(
  s: number,
  lpBuffers: Buffers,
  dwBufferCount: number,
  lpNumberOfBytesRecvd: View,
  lpFlags: View,
  lpFrom: View,
  lpFromlen: View,
  lpOverlapped: View,
): number {
  const refused = refusal(s, lpNumberOfBytesRecvd, lpFlags, lpOverlapped);
  if (refused !== 0) return fail(refused);
  const pieces = memory(lpBuffers, dwBufferCount);
  if (pieces === undefined) return fail(WSAEFAULT);
  const whole = pieces.length === 1 ? pieces[0] : together(s, pieces);
  const flags = readInt(lpFlags) as number;
  const count = recvfrom(s, whole, whole.length, flags, lpFrom, lpFromlen);
  const error = getLastError();
  if (count < 0 && error !== WSAEMSGSIZE) return -1;
  const received = count < 0 ? whole.length : count;
  if (pieces.length !== 1) scatter(whole.subarray(0, received), pieces);
  writeInt(lpNumberOfBytesRecvd as ArrayBufferView, received);
  writeInt(lpFlags as ArrayBufferView, count < 0 ? MSG_PARTIAL : 0);
  setLastError(error);
  return count < 0 ? -1 : 0;
}

/** One piece of memory for all: no longer than what a stream holds, when it holds something. */
function together(s: number, pieces: readonly Uint8Array[]): Uint8Array {
  const arena = arenaOfThread();
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const base = socketBase(arena, s);
  if (arena.control[base + L.S_TYPE] !== STREAM) return Buffer.alloc(total);
  return Buffer.alloc(Math.min(total, Math.max(65_536, length(arena, base + L.S_RECEIVE_QUEUE))));
}

function scatter(whole: Uint8Array, pieces: readonly Uint8Array[]): void {
  let from = 0;
  for (const piece of pieces) {
    piece.set(whole.subarray(from, from + piece.length));
    from += piece.length;
  }
}

/** TCP carries no data with the end of a connection. */
export function WSASendDisconnect(s: number, _lpOutboundDisconnectData: unknown): number {
  return shutdown(s, 1);
}

export function WSARecvDisconnect(s: number, _lpInboundDisconnectData: unknown): number {
  return shutdown(s, 0);
}
