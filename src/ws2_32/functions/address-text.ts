// Addresses to text and back, for any family, and byte order by socket.
import { sizeof } from '../structs/layouts.js';
import { dword, inout, input, inUnits, optional, output, s, text, wideText } from './parameters.js';
import { alias, type FunctionTable, type Parameter, page, type WinsockFunction } from './table.js';

const family = { name: 'Family', type: 'INT' } as const satisfies Parameter;
const capacity = { name: 'StringBufSize', type: 'size_t' } as const satisfies Parameter;

const inetPton = {
  header: 'ws2tcpip.h',
  returns: 'INT',
  params: [family, text('pszAddrString'), output('pAddrBuf', 'void', 'address')],
  failure: '-1',
  does: 'Turns an address in text into bytes in network byte order: 4 for AF_INET, all four parts decimal; 16 for AF_INET6. Returns 1, or 0 when the text is not an address, which sets no error.',
  errors: ['WSAEAFNOSUPPORT', 'WSAEFAULT'],
  source: page('ws2tcpip', 'inet_pton'),
  stage: 'extended',
} as const satisfies WinsockFunction;

const inetNtop = {
  header: 'ws2tcpip.h',
  returns: 'const char*',
  params: [
    family,
    input('pAddr', 'void', 'address'),
    output('pStringBuf', 'char', 'StringBufSize'),
    capacity,
  ],
  failure: 'NULL',
  does: 'Turns the bytes of an address into text, written to `pStringBuf` with its NUL and returned. INET_ADDRSTRLEN and INET6_ADDRSTRLEN characters are always enough.',
  errors: ['WSAEAFNOSUPPORT', 'WSA_INVALID_PARAMETER'],
  source: page('ws2tcpip', 'inet_ntop'),
  stage: 'extended',
} as const satisfies WinsockFunction;

const inetPtonW = {
  ...inetPton,
  params: [family, wideText('pszAddrString'), output('pAddrBuf', 'void', 'address')],
  source: page('ws2tcpip', 'InetPtonW'),
} as const satisfies WinsockFunction;

const inetNtopW = {
  ...inetNtop,
  returns: 'const WCHAR*',
  params: [
    family,
    input('pAddr', 'void', 'address'),
    inUnits(output('pStringBuf', 'WCHAR', 'StringBufSize'), 2),
    capacity,
  ],
  source: page('ws2tcpip', 'InetNtopW'),
} as const satisfies WinsockFunction;

const textErrors = ['WSAEFAULT', 'WSAEINVAL', 'WSA_NOT_ENOUGH_MEMORY', 'WSANOTINITIALISED'] as const;

function addressToString<const K extends 'A' | 'W'>(kind: K) {
  const info = `WSAPROTOCOL_INFO${kind}` as const;
  return {
    header: 'winsock2.h',
    returns: 'INT',
    params: [
      input('lpsaAddress', 'sockaddr', 'dwAddressLength'),
      dword('dwAddressLength'),
      optional(input('lpProtocolInfo', info, sizeof(info))),
      kind === 'A'
        ? output('lpszAddressString', 'char', '*lpdwAddressStringLength')
        : inUnits(output('lpszAddressString', 'WCHAR', '*lpdwAddressStringLength'), 2),
      inout('lpdwAddressStringLength', 'DWORD', 4),
    ],
    failure: 'SOCKET_ERROR',
    does: 'Turns a sockaddr into text with its port, such as 127.0.0.1:80 or [::1]:80, and writes how many characters that takes, NUL included, to `lpdwAddressStringLength`.',
    errors: textErrors,
    source: page('winsock2', `WSAAddressToString${kind}`),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

function stringToAddress<const K extends 'A' | 'W'>(kind: K) {
  const info = `WSAPROTOCOL_INFO${kind}` as const;
  return {
    header: 'winsock2.h',
    returns: 'INT',
    params: [
      kind === 'A' ? text('AddressString') : wideText('AddressString'),
      { name: 'AddressFamily', type: 'INT' },
      optional(input('lpProtocolInfo', info, sizeof(info))),
      output('lpAddress', 'sockaddr', '*lpAddressLength'),
      inout('lpAddressLength', 'int', 4),
    ],
    failure: 'SOCKET_ERROR',
    does: 'Turns text such as 127.0.0.1:80 or [::1]:80 into a sockaddr, and writes its length to `lpAddressLength`. Without a port in the text, the port is 0.',
    errors: textErrors,
    source: page('winsock2', `WSAStringToAddress${kind}`),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

function byteOrder(name: 'WSAHtonl' | 'WSAHtons' | 'WSANtohl' | 'WSANtohs', from: string, to: string) {
  const type = name.endsWith('l') ? 'u_long' : 'u_short';
  return {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, { name: from, type }, output(to, type, type === 'u_long' ? 4 : 2)],
    failure: 'SOCKET_ERROR',
    does: `Is ${name.slice(3).toLowerCase()} in the byte order of the socket's protocol, which is the same for all of today's; writes the result to \`${to}\`.`,
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAENOTSOCK', 'WSAEFAULT'],
    source: page('winsock2', name),
    stage: 'extended',
  } as const satisfies WinsockFunction;
}

export const addressTexts = {
  inet_pton: inetPton,
  InetPtonW: inetPtonW,
  InetPton: alias(inetPtonW, 'InetPtonW'),
  inet_ntop: inetNtop,
  InetNtopW: inetNtopW,
  InetNtop: alias(inetNtopW, 'InetNtopW'),
  WSAAddressToStringA: addressToString('A'),
  WSAAddressToStringW: addressToString('W'),
  WSAAddressToString: alias(addressToString('W'), 'WSAAddressToStringW'),
  WSAStringToAddressA: stringToAddress('A'),
  WSAStringToAddressW: stringToAddress('W'),
  WSAStringToAddress: alias(stringToAddress('W'), 'WSAStringToAddressW'),
  WSAHtonl: byteOrder('WSAHtonl', 'hostlong', 'lpnetlong'),
  WSAHtons: byteOrder('WSAHtons', 'hostshort', 'lpnetshort'),
  WSANtohl: byteOrder('WSANtohl', 'netlong', 'lphostlong'),
  WSANtohs: byteOrder('WSANtohs', 'netshort', 'lphostshort'),
} as const satisfies FunctionTable;
