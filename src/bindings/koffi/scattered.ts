// WSASend, WSARecv and their kin: several buffers in one call; and the ends of a connection.
import type { FunctionName } from '../../ws2_32/functions.js';
import type { View, WSABUF } from '../../ws2_32/types.js';
import { bufferAsBytes, buffersAsBytes } from './buffers.js';
import type { Body, Library } from './library.js';
import { holds, intAt, SOCK_STREAM, socketType, unmapped } from './memory.js';

type Buffers = readonly WSABUF[] | null;

const WSAEOPNOTSUPP = 10045;

export function scatteredBodies(library: Library): Partial<Record<FunctionName, Body>> {
  return {
    ...sending(library),
    ...receiving(library),
    WSASendDisconnect: disconnecting(library, 'WSASendDisconnect'),
    WSARecvDisconnect: disconnecting(library, 'WSARecvDisconnect'),
  };
}

/** Overlapped calls are not there yet: they are refused, once the socket is known to be one. */
export function refuseOverlapped(library: Library, s: number): number {
  return socketType(library, s) === 0 ? -1 : library.fail(WSAEOPNOTSUPP, -1);
}

function sending(library: Library): Partial<Record<FunctionName, Body>> {
  const send = library.caller('WSASend');
  const sendTo = library.caller('WSASendTo');
  return {
    WSASend: (
      s: number,
      list: Buffers,
      count: number,
      sent: View | null,
      flags: number,
      overlapped: View | null,
    ) => {
      if (overlapped !== null) return refuseOverlapped(library, s);
      const bytes = buffersAsBytes(library, list, count);
      if (bytes === undefined || !holds(sent, 4)) return unmapped(library, -1, s);
      return send(s, bytes, count, sent, flags, null, null);
    },
    WSASendTo: (
      s: number,
      list: Buffers,
      count: number,
      sent: View | null,
      flags: number,
      to: View | null,
      tolen: number,
      overlapped: View | null,
    ) => {
      if (overlapped !== null) return refuseOverlapped(library, s);
      const bytes = buffersAsBytes(library, list, count);
      if (bytes === undefined || !holds(sent, 4)) return unmapped(library, -1, s);
      const there = to === null || holds(to, tolen);
      // A stream's address is not looked at.
      if (!there && socketType(library, s) !== SOCK_STREAM) return unmapped(library, -1, s);
      return sendTo(s, bytes, count, sent, flags, there ? to : null, there ? tolen : 0, null, null);
    },
  };
}

function receiving(library: Library): Partial<Record<FunctionName, Body>> {
  const receive = library.caller('WSARecv');
  const receiveFrom = library.caller('WSARecvFrom');
  return {
    WSARecv: (
      s: number,
      list: Buffers,
      count: number,
      received: View | null,
      flags: View | null,
      overlapped: View | null,
    ) => {
      if (overlapped !== null) return refuseOverlapped(library, s);
      const bytes = buffersAsBytes(library, list, count);
      if (bytes === undefined || !holds(received, 4) || !holds(flags, 4)) return unmapped(library, -1, s);
      return receive(s, bytes, count, received, flags, null, null);
    },
    WSARecvFrom: (
      s: number,
      list: Buffers,
      count: number,
      received: View | null,
      flags: View | null,
      from: View | null,
      fromlen: View | null,
      overlapped: View | null,
    ) => {
      if (overlapped !== null) return refuseOverlapped(library, s);
      const bytes = buffersAsBytes(library, list, count);
      if (bytes === undefined || !holds(received, 4) || !holds(flags, 4)) return unmapped(library, -1, s);
      const there = from !== null && holds(from, intAt(fromlen) ?? -1);
      if (from !== null && !there && socketType(library, s) !== SOCK_STREAM) return unmapped(library, -1, s);
      const [name, length] = there ? [from, fromlen] : [null, null];
      return receiveFrom(s, bytes, count, received, flags, name, length, null, null);
    },
  };
}

function disconnecting(library: Library, name: FunctionName): Body {
  const call = library.caller(name);
  return (s: number, data: WSABUF | null) => {
    const bytes = bufferAsBytes(library, data);
    return bytes === undefined ? unmapped(library, -1, s) : call(s, bytes);
  };
}
