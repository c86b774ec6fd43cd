// Sending and receiving with several buffers, and overlapped.
import { receiveErrors, sendErrors } from './data.js';
import { buffers, dword, inout, input, int, optional, output, overlapped, s } from './parameters.js';
import { type FunctionTable, type Parameter, page } from './table.js';

const sent = optional(output('lpNumberOfBytesSent', 'DWORD', 4));
const received = optional(output('lpNumberOfBytesRecvd', 'DWORD', 4));
const receiveFlags = inout('lpFlags', 'DWORD', 4);

const overlappedNote =
  'With `lpOverlapped` it returns at once; WSA_IO_PENDING then means that the end is still to come.';

function disconnectData<const N extends string>(name: N) {
  return optional({ name, type: 'WSABUF*', shape: 'WSABUF' } as const satisfies Parameter);
}

export const scattered = {
  WSASend: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, ...buffers, sent, dword('dwFlags'), ...overlapped],
    failure: 'SOCKET_ERROR',
    does: `Sends the buffers one after the other, as send does one, and writes how many bytes were taken to \`lpNumberOfBytesSent\`. Returns 0. ${overlappedNote}`,
    errors: [...sendErrors, 'WSA_IO_PENDING', 'WSA_OPERATION_ABORTED'],
    source: page('winsock2', 'WSASend'),
    stage: 'extended',
  },
  WSARecv: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, ...buffers, received, receiveFlags, ...overlapped],
    failure: 'SOCKET_ERROR',
    does: `Receives into the buffers one after the other, as recv does into one; writes how many bytes came to \`lpNumberOfBytesRecvd\` (0: the peer has ended sending) and the flags of what came to \`lpFlags\`. Returns 0. ${overlappedNote}`,
    errors: [...receiveErrors, 'WSA_IO_PENDING', 'WSA_OPERATION_ABORTED', 'WSAEDISCON'],
    source: page('winsock2', 'WSARecv'),
    stage: 'extended',
  },
  WSASendTo: {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      s,
      ...buffers,
      sent,
      dword('dwFlags'),
      optional(input('lpTo', 'sockaddr', 'iTolen')),
      int('iTolen'),
      ...overlapped,
    ],
    failure: 'SOCKET_ERROR',
    does: `Sends the buffers as one datagram to the address \`lpTo\`, as sendto does one. Returns 0. ${overlappedNote}`,
    errors: [
      ...sendErrors,
      'WSAEADDRNOTAVAIL',
      'WSAEAFNOSUPPORT',
      'WSAEDESTADDRREQ',
      'WSAENETUNREACH',
      'WSA_IO_PENDING',
      'WSA_OPERATION_ABORTED',
    ],
    source: page('winsock2', 'WSASendTo'),
    stage: 'extended',
  },
  WSARecvFrom: {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      s,
      ...buffers,
      received,
      receiveFlags,
      optional(output('lpFrom', 'sockaddr', '*lpFromlen')),
      optional(inout('lpFromlen', 'int', 4)),
      ...overlapped,
    ],
    failure: 'SOCKET_ERROR',
    does: `Receives one datagram into the buffers, one after the other, and its sender's address into \`lpFrom\`, as recvfrom does. Returns 0. ${overlappedNote}`,
    errors: [...receiveErrors, 'WSA_IO_PENDING', 'WSA_OPERATION_ABORTED', 'WSAEDISCON'],
    source: page('winsock2', 'WSARecvFrom'),
    stage: 'extended',
  },
  WSASendDisconnect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, disconnectData('lpOutboundDisconnectData')],
    failure: 'SOCKET_ERROR',
    does: 'Ends sending, as shutdown with SD_SEND does. TCP carries no data with it.',
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAENOPROTOOPT', 'WSAENOTCONN', 'WSAENOTSOCK', 'WSAEFAULT'],
    source: page('winsock2', 'WSASendDisconnect'),
    stage: 'extended',
  },
  WSARecvDisconnect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, disconnectData('lpInboundDisconnectData')],
    failure: 'SOCKET_ERROR',
    does: 'Ends receiving, as shutdown with SD_RECEIVE does. TCP carries no data with it.',
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN', 'WSAENOPROTOOPT', 'WSAENOTCONN', 'WSAENOTSOCK', 'WSAEFAULT'],
    source: page('winsock2', 'WSARecvDisconnect'),
    stage: 'extended',
  },
} as const satisfies FunctionTable;
