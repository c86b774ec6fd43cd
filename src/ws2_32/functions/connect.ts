import { sizeof } from '../structs/layouts.js';
import { inout, input, int, optional, output, s } from './parameters.js';
import { type FunctionTable, type Parameter, page } from './table.js';

const acceptErrors = [
  'WSANOTINITIALISED',
  'WSAENETDOWN',
  'WSAECONNRESET',
  'WSAEFAULT',
  'WSAEINTR',
  'WSAEINVAL',
  'WSAEMFILE',
  'WSAENOBUFS',
  'WSAENOTSOCK',
  'WSAEOPNOTSUPP',
  'WSAEWOULDBLOCK',
] as const;

const connectErrors = [
  'WSANOTINITIALISED',
  'WSAENETDOWN',
  'WSAEADDRINUSE',
  'WSAEINTR',
  'WSAEALREADY',
  'WSAEADDRNOTAVAIL',
  'WSAEAFNOSUPPORT',
  'WSAECONNREFUSED',
  'WSAEFAULT',
  'WSAEINVAL',
  'WSAEISCONN',
  'WSAENETUNREACH',
  'WSAEHOSTUNREACH',
  'WSAENOBUFS',
  'WSAENOTSOCK',
  'WSAETIMEDOUT',
  'WSAEWOULDBLOCK',
  'WSAEACCES',
] as const;

const acceptParams = [
  s,
  optional(output('addr', 'sockaddr', '*addrlen')),
  optional(inout('addrlen', 'int', 4)),
] as const;

function connectData<const N extends string>(name: N) {
  return optional({ name, type: 'WSABUF*', shape: 'WSABUF' } as const satisfies Parameter);
}

export const connecting = {
  bind: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, input('name', 'sockaddr', 'namelen'), int('namelen')],
    failure: 'SOCKET_ERROR',
    does: 'Gives the socket its local address. Port 0 asks for a free port, which getsockname then tells; INADDR_ANY takes every local address.',
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAEACCES',
      'WSAEADDRINUSE',
      'WSAEADDRNOTAVAIL',
      'WSAEAFNOSUPPORT',
      'WSAEFAULT',
      'WSAEINVAL',
      'WSAENOBUFS',
      'WSAENOTSOCK',
    ],
    source: page('winsock2', 'bind'),
    stage: 'core',
  },
  listen: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, int('backlog')],
    failure: 'SOCKET_ERROR',
    does: 'Makes a bound stream socket take connections, and keep up to `backlog` of them waiting for accept. SOMAXCONN leaves the number to the provider; SOMAXCONN_HINT(n) asks for n.',
    errors: [
      'WSANOTINITIALISED',
      'WSAENETDOWN',
      'WSAEADDRINUSE',
      'WSAEINVAL',
      'WSAEISCONN',
      'WSAEMFILE',
      'WSAENOBUFS',
      'WSAENOTSOCK',
      'WSAEOPNOTSUPP',
    ],
    source: page('winsock2', 'listen'),
    stage: 'core',
  },
  accept: {
    header: 'winsock2.h',
    returns: 'SOCKET',
    params: acceptParams,
    failure: 'INVALID_SOCKET',
    does: "Takes the next waiting connection and returns its socket, which has the listening socket's options, mode and event selection. Blocks until there is one, unless the socket is non-blocking. Writes the peer's address to `addr` and its length to `addrlen`.",
    errors: acceptErrors,
    source: page('winsock2', 'accept'),
    stage: 'core',
  },
  connect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [s, input('name', 'sockaddr', 'namelen'), int('namelen')],
    failure: 'SOCKET_ERROR',
    does: "Connects a stream socket, or sets a datagram socket's peer. A non-blocking stream socket answers WSAEWOULDBLOCK and goes on: select then reports success in writefds and failure in exceptfds, where SO_ERROR has the code.",
    errors: connectErrors,
    source: page('winsock2', 'connect'),
    stage: 'core',
  },
  WSAConnect: {
    header: 'winsock2.h',
    returns: 'int',
    params: [
      s,
      input('name', 'sockaddr', 'namelen'),
      int('namelen'),
      connectData('lpCallerData'),
      connectData('lpCalleeData'),
      optional(input('lpSQOS', 'QOS', sizeof('QOS'))),
      optional(input('lpGQOS', 'QOS', sizeof('QOS'))),
    ],
    failure: 'SOCKET_ERROR',
    does: 'Connects as connect does. The data to exchange while connecting, and the quality of service, are for protocols that have such things: TCP has not.',
    errors: [...connectErrors, 'WSAEOPNOTSUPP', 'WSAEPROTONOSUPPORT'],
    source: page('winsock2', 'WSAConnect'),
    stage: 'extended',
  },
  WSAAccept: {
    header: 'winsock2.h',
    returns: 'SOCKET',
    params: [
      ...acceptParams,
      optional({ name: 'lpfnCondition', type: 'LPCONDITIONPROC', shape: 'ConditionProc' }),
      { name: 'dwCallbackData', type: 'DWORD_PTR' },
    ],
    failure: 'INVALID_SOCKET',
    does: 'Accepts as accept does, and asks a condition function first, which takes the connection (CF_ACCEPT), refuses it (CF_REJECT, then WSAECONNREFUSED) or leaves it waiting (CF_DEFER, then WSATRY_AGAIN). The function runs in this call, on this thread.',
    errors: [...acceptErrors, 'WSAECONNREFUSED', 'WSATRY_AGAIN', 'WSAEACCES'],
    source: page('winsock2', 'WSAAccept'),
    stage: 'extended',
  },
} as const satisfies FunctionTable;
