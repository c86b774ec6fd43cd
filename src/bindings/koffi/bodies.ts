// The functions that are more than a call of the DLL with its memory checked.
import type { FunctionName } from '../../ws2_32/functions.js';
import { sizeof } from '../../ws2_32/structs/layouts.js';
import type { View } from '../../ws2_32/types.js';
import { acceptInSlices } from './accept.js';
import { addressTextBodies } from './address-text.js';
import { addrinfoBodies } from './addrinfo.js';
import { connectingBodies } from './connect-wsa.js';
import { databaseBodies } from './databases.js';
import { eventWaitBodies } from './event-wait.js';
import { ioctlBody } from './ioctl.js';
import type { Body, Library } from './library.js';
import { holds, holdsOrEmpty, intAt, SOCK_STREAM, socketType, unmapped, withMemoryChecks } from './memory.js';
import { pollBodies } from './poll.js';
import { scatteredBodies } from './scattered.js';
import { selectBody } from './select.js';
import { selectAsyncOver } from './select-async.js';
import { decodeHostent } from './structures.js';
import { windowBodies } from './windows.js';

const INADDR_NONE = 0xffffffff;
const WSANOTINITIALISED = 10093;

export function specialBodies(library: Library): Partial<Record<FunctionName, Body>> {
  return {
    ...startupBodies(library),
    ...addressedData(library),
    __WSAFDIsSet: isInSet(library),
    getpeername: peerName(library),
    inet_addr: numberOfAddress(library),
    gethostbyname: hostByName(library),
    accept: acceptInSlices(library, withMemoryChecks(library, 'accept')),
    select: selectBody(library),
    selectAsync: selectAsyncOver(library),
    ...pollBodies(library),
    ...eventWaitBodies(library),
    ...windowBodies(library),
    ...scatteredBodies(library),
    ...connectingBodies(library),
    ...duplicatingBodies(library),
    WSAIoctl: ioctlBody(library),
    ...addressTextBodies(library),
    ...addrinfoBodies(library),
    ...databaseBodies(library),
  };
}

function startupBodies(library: Library): Partial<Record<FunctionName, Body>> {
  const start = library.caller('WSAStartup');
  const cleanup = library.caller('WSACleanup');
  return {
    // With NULL for memory that is too short Winsock makes its checks in its own order.
    WSAStartup: (version: number, data: View | null) => {
      const code = start(version, holds(data, sizeof('WSADATA')) ? data : null);
      if (code === 0) library.startups.add();
      return code;
    },
    // Never more WSACleanup than WSAStartup: Node holds a reference of its own, which one too many would take.
    WSACleanup: () => (library.startups.remove() ? cleanup() : library.fail(WSANOTINITIALISED, -1)),
    WSAGetLastError: () => library.lastError,
    WSASetLastError: (code: number) => {
      library.lastError = code;
    },
  };
}

/** sendto and recvfrom: a stream socket's address is not looked at, so it need not hold anything. */
function addressedData(library: Library): Partial<Record<FunctionName, Body>> {
  const sendto = library.caller('sendto');
  const recvfrom = library.caller('recvfrom');
  return {
    sendto: (s: number, buf: View | null, len: number, flags: number, to: View | null, tolen: number) => {
      if (!holdsOrEmpty(buf, len)) return unmapped(library, -1, s);
      if (to === null || holds(to, tolen)) return sendto(s, buf, len, flags, to, tolen);
      if (socketType(library, s) !== SOCK_STREAM) return unmapped(library, -1, s);
      return sendto(s, buf, len, flags, null, 0);
    },
    recvfrom: (
      s: number,
      buf: View | null,
      len: number,
      flags: number,
      from: View | null,
      fromlen: View | null,
    ) => {
      if (!holdsOrEmpty(buf, len)) return unmapped(library, -1, s);
      if (from === null) return recvfrom(s, buf, len, flags, null, null);
      const length = intAt(fromlen);
      if (length !== undefined && holds(from, length)) return recvfrom(s, buf, len, flags, from, fromlen);
      if (socketType(library, s) !== SOCK_STREAM) return unmapped(library, -1, s);
      return recvfrom(s, buf, len, flags, null, null);
    },
  };
}

/** With NULL for memory that is too short Winsock makes its checks in its own order: the socket, the process, then it. */
function duplicatingBodies(library: Library): Partial<Record<FunctionName, Body>> {
  const over = (name: FunctionName, size: number): Body => {
    const call = library.caller(name);
    return (s: number, process: number, info: View | null) =>
      call(s, process, holds(info, size) ? info : null);
  };
  return {
    WSADuplicateSocketA: over('WSADuplicateSocketA', sizeof('WSAPROTOCOL_INFOA')),
    WSADuplicateSocketW: over('WSADuplicateSocketW', sizeof('WSAPROTOCOL_INFOW')),
  };
}

/** Winsock looks at the socket's state before the memory: a socket without a peer is WSAENOTCONN. */
function peerName(library: Library): Body {
  const call = library.caller('getpeername');
  const scratch = new Uint8Array(128);
  return (s: number, name: View | null, namelen: View | null) => {
    const length = intAt(namelen);
    if (length !== undefined && holds(name, length)) return call(s, name, namelen);
    return call(s, scratch, Int32Array.of(scratch.length)) === 0 ? unmapped(library, -1) : -1;
  };
}

function isInSet(library: Library): Body {
  const call = withMemoryChecks(library, '__WSAFDIsSet');
  return (s: number, set: View | null) => {
    if (set === null) return 0;
    const before = library.lastError;
    const found = call(s, set);
    library.lastError = before;
    return found === -1 ? 0 : found;
  };
}

function numberOfAddress(library: Library): Body {
  const call = withMemoryChecks(library, 'inet_addr');
  return (text: string | null) => (text === null ? unmapped(library, INADDR_NONE) : call(text));
}

function hostByName(library: Library): Body {
  const call = withMemoryChecks(library, 'gethostbyname');
  return (name: string | null) => decodeHostent(library.koffi, call(name));
}
