// The databases of hosts, services and protocols, and what providers there are.
import { sizeof } from '../structs/layouts.js';
import { inout, input, int, inUnits, optional, output, text } from './parameters.js';
import { alias, type FunctionTable, page, type WinsockFunction } from './table.js';

const lookupErrors = [
  'WSANOTINITIALISED',
  'WSAENETDOWN',
  'WSAHOST_NOT_FOUND',
  'WSATRY_AGAIN',
  'WSANO_RECOVERY',
  'WSANO_DATA',
  'WSAEINTR',
] as const;

function enumProtocols<const K extends 'A' | 'W'>(kind: K) {
  return {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      optional(input('lpiProtocols', 'int', 'terminated')),
      optional(output('lpProtocolBuffer', `WSAPROTOCOL_INFO${kind}`, '*lpdwBufferLength')),
      inout('lpdwBufferLength', 'DWORD', 4),
    ],
    failure: 'SOCKET_ERROR',
    does: `Writes a description of each protocol, ${sizeof(`WSAPROTOCOL_INFO${kind}`)} bytes long, to \`lpProtocolBuffer\` and returns how many there are: those in the list \`lpiProtocols\`, which ends in 0, or all. A buffer that is too short is WSAENOBUFS, and \`lpdwBufferLength\` then has the bytes needed.`,
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAEINVAL', 'WSAENOBUFS', 'WSAEFAULT'],
    source: page('winsock2', `WSAEnumProtocols${kind}`),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

export const databases = {
  gethostbyaddr: {
    header: 'winsock2.h',
    returns: 'hostent*',
    params: [input('addr', 'char', 'len'), int('len'), int('type')],
    failure: 'NULL',
    does: "Looks up a host's name by its address: 4 bytes for AF_INET, 16 for AF_INET6, in network byte order. Blocks until the answer is there.",
    errors: [...lookupErrors, 'WSAEAFNOSUPPORT', 'WSAEFAULT'],
    source: page('winsock2', 'gethostbyaddr'),
    stage: 'extended',
  },
  getservbyname: {
    header: 'winsock2.h',
    returns: 'servent*',
    params: [text('name'), optional(text('proto'))],
    failure: 'NULL',
    does: "Looks up a service by name, for one protocol ('tcp', 'udp') or, with NULL, for the first that has it. The port comes in network byte order.",
    errors: lookupErrors,
    source: page('winsock2', 'getservbyname'),
    stage: 'extended',
  },
  getservbyport: {
    header: 'winsock2.h',
    returns: 'servent*',
    params: [int('port'), optional(text('proto'))],
    failure: 'NULL',
    does: 'Looks up a service by its port, which is given in network byte order.',
    errors: lookupErrors,
    source: page('winsock2', 'getservbyport'),
    stage: 'extended',
  },
  getprotobyname: {
    header: 'winsock2.h',
    returns: 'protoent*',
    params: [text('name')],
    failure: 'NULL',
    does: "Looks up a protocol by name, such as 'tcp'.",
    errors: lookupErrors,
    source: page('winsock2', 'getprotobyname'),
    stage: 'extended',
  },
  getprotobynumber: {
    header: 'winsock2.h',
    returns: 'protoent*',
    params: [int('number')],
    failure: 'NULL',
    does: 'Looks up a protocol by number, such as 6.',
    errors: lookupErrors,
    source: page('winsock2', 'getprotobynumber'),
    stage: 'extended',
  },
  GetHostNameW: {
    header: 'winsock2.h',
    returns: 'int',
    params: [inUnits(output('name', 'WCHAR', 'namelen'), 2), int('namelen')],
    failure: 'SOCKET_ERROR',
    does: "Writes the local machine's name to `name`, in UTF-16 with its NUL. `namelen` counts characters; 256 are always enough.",
    errors: ['WSAEFAULT', 'WSANOTINITIALISED', 'WSAENETDOWN'],
    source: page('winsock2', 'GetHostNameW'),
    stage: 'extended',
  },
  WSAEnumProtocolsA: enumProtocols('A'),
  WSAEnumProtocolsW: enumProtocols('W'),
  WSAEnumProtocols: alias(enumProtocols('W'), 'WSAEnumProtocolsW'),
} as const satisfies FunctionTable;
