import { int, optional, output, text } from './parameters.js';
import { type FunctionTable, page } from './table.js';

export const names = {
  gethostname: {
    header: 'winsock2.h',
    returns: 'int',
    params: [output('name', 'char', 'namelen'), int('namelen')],
    failure: 'SOCKET_ERROR',
    does: "Writes the local machine's name to `name`, NUL-terminated. 256 bytes are always enough; too few are WSAEFAULT.",
    errors: ['WSAEFAULT', 'WSANOTINITIALISED', 'WSAENETDOWN'],
    source: page('winsock2', 'gethostname'),
    stage: 'core',
  },
  gethostbyname: {
    header: 'winsock2.h',
    returns: 'hostent*',
    params: [optional(text('name'))],
    failure: 'NULL',
    does: "Looks up a host's IPv4 addresses; blocks until the answer is there. NULL and the empty name are the local machine. Addresses come as 4 bytes each, in network byte order.",
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAHOST_NOT_FOUND',
      'WSATRY_AGAIN',
      'WSANO_RECOVERY',
      'WSANO_DATA',
      'WSAEFAULT',
      'WSAEINTR',
    ],
    source: page('winsock2', 'gethostbyname'),
    stage: 'core',
  },
} as const satisfies FunctionTable;
