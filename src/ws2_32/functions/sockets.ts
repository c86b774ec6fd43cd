import { sizeof } from '../structs/layouts.js';
import { af, dword, input, int, optional, output, protocol, s, type } from './parameters.js';
import { alias, type FunctionTable, page, type WinsockFunction } from './table.js';

const socketErrors = [
  'WSANOTINITIALISED',
  'WSAENETDOWN',
  'WSAEAFNOSUPPORT',
  'WSAEINVAL',
  'WSAEMFILE',
  'WSAENOBUFS',
  'WSAEPROTONOSUPPORT',
  'WSAEPROTOTYPE',
  'WSAESOCKTNOSUPPORT',
  'WSAEACCES',
] as const;

const info = (kind: 'A' | 'W') => `WSAPROTOCOL_INFO${kind}` as const;

function wsaSocket<const K extends 'A' | 'W'>(kind: K) {
  return {
    header: 'winsock2.h',
    returns: 'SOCKET',
    params: [
      af,
      type,
      protocol,
      optional(input('lpProtocolInfo', info(kind), sizeof(info(kind)))),
      { name: 'g', type: 'GROUP' },
      dword('dwFlags'),
    ],
    failure: 'INVALID_SOCKET',
    does: 'Makes a socket as socket does, with flags: WSA_FLAG_OVERLAPPED, which socket sets by itself, and WSA_FLAG_NO_HANDLE_INHERIT, which keeps it from child processes. With a description from WSADuplicateSocket it gives that socket under a handle of its own; FROM_PROTOCOL_INFO takes family, type and protocol from it.',
    errors: [...socketErrors, 'WSAEFAULT', 'WSAEINVALIDPROVIDER', 'WSAEINVALIDPROCTABLE', 'WSAEINPROGRESS'],
    source: page('winsock2', `WSASocket${kind}`),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

function wsaDuplicateSocket<const K extends 'A' | 'W'>(kind: K) {
  return {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, dword('dwProcessId'), output('lpProtocolInfo', info(kind), sizeof(info(kind)))],
    failure: 'SOCKET_ERROR',
    does: 'Describes the socket for another process, or for this one: WSASocket makes a second handle of the description. The connection is closed with the last of its handles.',
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAEINVAL',
      'WSAEMFILE',
      'WSAENOBUFS',
      'WSAENOTSOCK',
      'WSAEFAULT',
    ],
    source: page('winsock2', `WSADuplicateSocket${kind}`),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

export const sockets = {
  socket: {
    header: 'winsock2.h',
    returns: 'SOCKET',
    params: [af, type, protocol],
    failure: 'INVALID_SOCKET',
    does: 'Makes a socket: blocking, unbound, unconnected, and usable from every thread of the process. A protocol of 0 takes the one that goes with the type.',
    errors: socketErrors,
    source: page('winsock2', 'socket'),
    stage: 'core',
  },
  closesocket: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s],
    failure: 'SOCKET_ERROR',
    does: 'Closes the socket; its number may be given to another one at once. What send has taken is still delivered, unless SO_LINGER is set to {1, 0}, which resets the connection. A call that another thread has blocked on the socket ends with WSAEINTR or WSAENOTSOCK.',
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAENOTSOCK', 'WSAEINTR', 'WSAEWOULDBLOCK'],
    source: page('winsock2', 'closesocket'),
    stage: 'core',
  },
  shutdown: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, int('how')],
    failure: 'SOCKET_ERROR',
    does: 'Ends sending (SD_SEND), receiving (SD_RECEIVE) or both (SD_BOTH). After SD_SEND the peer receives what was sent and then 0. The socket stays open until closesocket.',
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAEINVAL',
      'WSAENOTCONN',
      'WSAENOTSOCK',
      'WSAECONNABORTED',
      'WSAECONNRESET',
    ],
    source: page('winsock2', 'shutdown'),
    stage: 'core',
  },
  WSASocketA: wsaSocket('A'),
  WSASocketW: wsaSocket('W'),
  WSASocket: alias(wsaSocket('W'), 'WSASocketW'),
  WSADuplicateSocketA: wsaDuplicateSocket('A'),
  WSADuplicateSocketW: wsaDuplicateSocket('W'),
  WSADuplicateSocket: alias(wsaDuplicateSocket('W'), 'WSADuplicateSocketW'),
} as const satisfies FunctionTable;
