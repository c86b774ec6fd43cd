import { inout, input, int, output, s } from './parameters.js';
import { type FunctionTable, page } from './table.js';

export const options = {
  ioctlsocket: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, { name: 'cmd', type: 'long' }, inout('argp', 'u_long', 4)],
    failure: 'SOCKET_ERROR',
    does: "Sets or reads the socket's mode. FIONBIO makes it non-blocking (not 0) or blocking (0); FIONREAD tells how many bytes recv would give now; SIOCATMARK whether all urgent data has been read.",
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAEFAULT', 'WSAEINVAL', 'WSAENOTSOCK', 'WSAEOPNOTSUPP'],
    source: page('winsock2', 'ioctlsocket'),
    stage: 'core',
  },
  getsockopt: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, int('level'), int('optname'), output('optval', 'char', '*optlen'), inout('optlen', 'int', 4)],
    failure: 'SOCKET_ERROR',
    does: "Reads an option's value into `optval` and its length into `optlen`. Most options are ints of 4 bytes; SO_LINGER is a linger of 4 bytes; SO_RCVTIMEO and SO_SNDTIMEO are milliseconds. Reading SO_ERROR clears it.",
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAEFAULT', 'WSAEINVAL', 'WSAENOPROTOOPT', 'WSAENOTSOCK'],
    source: page('winsock2', 'getsockopt'),
    stage: 'core',
  },
  setsockopt: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, int('level'), int('optname'), input('optval', 'char', 'optlen'), int('optlen')],
    failure: 'SOCKET_ERROR',
    does: "Sets an option. SO_REUSEADDR lets another socket take this one's address and port, on Windows; SO_EXCLUSIVEADDRUSE forbids it. SO_RCVTIMEO and SO_SNDTIMEO are milliseconds in 4 bytes, not a timeval.",
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAEFAULT',
      'WSAEINVAL',
      'WSAENETRESET',
      'WSAENOPROTOOPT',
      'WSAENOTCONN',
      'WSAENOTSOCK',
    ],
    source: page('winsock2', 'setsockopt'),
    stage: 'core',
  },
} as const satisfies FunctionTable;
