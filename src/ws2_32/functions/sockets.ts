import { af, int, protocol, s, type } from './parameters.js';
import { type FunctionTable, page } from './table.js';

export const sockets = {
  socket: {
    header: 'winsock2.h',
    returns: 'SOCKET',
    params: [af, type, protocol],
    failure: 'INVALID_SOCKET',
    does: 'Makes a socket: blocking, unbound, unconnected, and usable from every thread of the process. A protocol of 0 takes the one that goes with the type.',
    errors: [
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
    ],
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
} as const satisfies FunctionTable;
