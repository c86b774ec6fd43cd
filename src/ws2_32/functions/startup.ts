import { sizeof } from '../structs/layouts.js';
import { int, output } from './parameters.js';
import { type FunctionTable, page } from './table.js';

export const startup = {
  WSAStartup: {
    header: 'winsock2.h',
    returns: 'int',
    params: [{ name: 'wVersionRequested', type: 'WORD' }, output('lpWSAData', 'WSADATA', sizeof('WSADATA'))],
    failure: 'the error code itself',
    does: 'Starts the use of Winsock, for the whole process and counted: each call is undone by one WSACleanup. The version has the major number in the low byte: MAKEWORD(2, 2) is 0x0202. Returns 0 or the error code itself, not through WSAGetLastError.',
    errors: ['WSAEFAULT', 'WSAEPROCLIM', 'WSASYSNOTREADY', 'WSAVERNOTSUPPORTED'],
    source: page('winsock2', 'WSAStartup'),
    stage: 'core',
  },
  WSACleanup: {
    header: 'winsock2.h',
    returns: 'int',
    params: [],
    failure: 'SOCKET_ERROR',
    does: 'Undoes one WSAStartup. The last one ends the use of Winsock: every call after it fails with WSANOTINITIALISED. It closes every socket on `net`; on `addon` and `koffi` Node holds a reference of its own, so sockets still open stay open.',
    errors: ['WSANOTINITIALISED', 'WSAENETDOWN'],
    source: page('winsock2', 'WSACleanup'),
    stage: 'core',
  },
  WSAGetLastError: {
    header: 'winsock2.h',
    returns: 'int',
    params: [],
    does: "Returns the error code that the calling thread's last Winsock call left on this binding. Nothing else that the process does in between changes it. A call that succeeds sets it to 0, with few exceptions.",
    errors: [],
    source: page('winsock2', 'WSAGetLastError'),
    stage: 'core',
  },
  WSASetLastError: {
    header: 'winsock2.h',
    returns: 'void',
    params: [int('iError')],
    does: 'Sets the error code that the next WSAGetLastError of this thread returns.',
    errors: [],
    source: page('winsock2', 'WSASetLastError'),
    stage: 'core',
  },
} as const satisfies FunctionTable;
