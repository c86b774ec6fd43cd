import { inout, input, int, optional } from './parameters.js';
import { type FunctionTable, page } from './table.js';

const params = [
  int('nfds'),
  optional(inout('readfds', 'fd_set', 'fd_set')),
  optional(inout('writefds', 'fd_set', 'fd_set')),
  optional(inout('exceptfds', 'fd_set', 'fd_set')),
  optional(input('timeout', 'timeval', 8)),
] as const;

const errors = [
  'WSANOTINITIALISED',
  'WSAEFAULT',
  'WSAENETDOWN',
  'WSAEINVAL',
  'WSAEINTR',
  'WSAENOTSOCK',
] as const;

export const selecting = {
  select: {
    header: 'winsock2.h',
    returns: 'int',
    params,
    failure: 'SOCKET_ERROR',
    does: 'Waits until a socket in one of the sets is ready, and leaves in each set only those that are. Returns how many are left in all sets, 0 when the time is over. No timeout waits for ever; {0, 0} only looks. Readable: data, a waiting connection, or the end of the stream. Writable: connected, with room to send. Exceptional: a non-blocking connect failed, or urgent data. `nfds` is ignored. At least one set must hold a socket: an empty select is WSAEINVAL, not a sleep.',
    errors,
    source: page('winsock2', 'select'),
    stage: 'core',
  },
  selectAsync: {
    header: 'winsock',
    returns: 'int',
    params,
    failure: 'SOCKET_ERROR',
    does: "Is select without blocking the event loop: resolves to select's return value, right after setting the last error. The sets are rewritten when it resolves.",
    errors,
    source: page('winsock2', 'select'),
    stage: 'core',
    asyncOf: 'select',
    ours: true,
  },
  __WSAFDIsSet: {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      { name: 'fd', type: 'SOCKET' },
      { ...inout('set', 'fd_set', 'fd_set'), dir: 'in' },
    ],
    does: 'Tells whether the socket is in the set: 1 or 0. It is the body of the macro FD_ISSET.',
    errors: [],
    source: page('winsock2', '__WSAFDIsSet'),
    stage: 'core',
  },
} as const satisfies FunctionTable;
