// Names to addresses and back, for any family.
import { dword, input, inUnits, optional, output, text, wideText } from './parameters.js';
import { alias, type FunctionTable, page, type WinsockFunction } from './table.js';

const errors = [
  'WSATRY_AGAIN',
  'WSAEINVAL',
  'WSANO_RECOVERY',
  'WSAEAFNOSUPPORT',
  'WSA_NOT_ENOUGH_MEMORY',
  'WSAHOST_NOT_FOUND',
  'WSATYPE_NOT_FOUND',
  'WSAESOCKTNOSUPPORT',
  'WSANO_DATA',
  'WSANOTINITIALISED',
] as const;

const failure = 'the error code itself, which is the last error too,';

function lookup<const W extends boolean>(wide: W) {
  const string = wide ? wideText : text;
  const type = wide ? 'ADDRINFOW' : 'ADDRINFOA';
  return {
    header: 'ws2tcpip.h',
    returns: 'INT',
    params: [
      optional(string('pNodeName')),
      optional(string('pServiceName')),
      optional({ name: 'pHints', type: `const ${type}*`, shape: 'ADDRINFO' }),
      { name: 'ppResult', type: `${type}**`, shape: 'ADDRINFO[]' },
    ],
    failure,
    does: "Looks up a host's addresses and a service's port, and fills the array `ppResult` with what socket, bind and connect need. The hints name the family, type and protocol that are wanted, and flags: AI_PASSIVE for addresses to bind, AI_CANONNAME, AI_NUMERICHOST. Blocks until the answer is there. Returns 0.",
    errors,
    source: page('ws2tcpip', wide ? 'GetAddrInfoW' : 'getaddrinfo'),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

function free<const W extends boolean>(wide: W) {
  return {
    header: 'ws2tcpip.h',
    returns: 'void',
    params: [{ name: 'pAddrInfo', type: wide ? 'ADDRINFOW*' : 'ADDRINFOA*', shape: 'ADDRINFO[]' }],
    does: 'Empties the array that getaddrinfo filled.',
    errors: [],
    source: page('ws2tcpip', wide ? 'FreeAddrInfoW' : 'freeaddrinfo'),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

function reverse<const W extends boolean>(wide: W) {
  const buffer = (name: string, size: string) =>
    optional(wide ? inUnits(output(name, 'WCHAR', size), 2) : output(name, 'char', size));
  return {
    header: 'ws2tcpip.h',
    returns: 'INT',
    params: [
      input('pSockaddr', 'sockaddr', 'SockaddrLength'),
      { name: 'SockaddrLength', type: 'int' },
      buffer('pNodeBuffer', 'NodeBufferSize'),
      dword('NodeBufferSize'),
      buffer('pServiceBuffer', 'ServiceBufferSize'),
      dword('ServiceBufferSize'),
      { name: 'Flags', type: 'INT' },
    ],
    failure,
    does: 'Looks up the name of an address and of its port, and writes each with its NUL. NI_NUMERICHOST and NI_NUMERICSERV give numbers instead. NI_MAXHOST and NI_MAXSERV characters are always enough. Returns 0.',
    errors: [...errors, 'WSAEFAULT'],
    source: page('ws2tcpip', wide ? 'GetNameInfoW' : 'getnameinfo'),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

export const addrinfo = {
  getaddrinfo: lookup(false),
  getaddrinfoAsync: {
    ...lookup(false),
    header: 'winsock',
    does: 'Is getaddrinfo without blocking the event loop: resolves to what getaddrinfo returns, with the array filled and the last error set.',
    asyncOf: 'getaddrinfo',
    ours: true,
  },
  GetAddrInfoW: lookup(true),
  GetAddrInfo: alias(lookup(true), 'GetAddrInfoW'),
  freeaddrinfo: free(false),
  FreeAddrInfoW: free(true),
  FreeAddrInfo: alias(free(true), 'FreeAddrInfoW'),
  getnameinfo: reverse(false),
  GetNameInfoW: reverse(true),
  GetNameInfo: alias(reverse(true), 'GetNameInfoW'),
} as const satisfies FunctionTable;
