// Errors in what a call was given.
import { cause, type ErrorTexts, on } from './entry.js';

const unbound = 'The socket is not bound: call bind, or connect, first.';

export const argumentErrors = {
  WSA_INVALID_HANDLE: [
    'The handle is invalid.',
    cause('The event or other handle was closed, or never made: check what made it for its failure value.'),
  ],
  WSA_NOT_ENOUGH_MEMORY: [
    'Not enough memory resources are available to process this command.',
    cause('The system is out of memory, or the process out of handles.'),
  ],
  WSA_INVALID_PARAMETER: [
    'The parameter is incorrect.',
    on('WSAWaitForMultipleEvents', 'More than WSA_MAXIMUM_WAIT_EVENTS (64) events, or none: wait in groups.'),
  ],
  WSAEBADF: [
    'The file handle supplied is not valid.',
    cause('Windows hardly uses this code: a bad socket is WSAENOTSOCK.'),
  ],
  WSAEACCES: [
    'An attempt was made to access a socket in a way forbidden by its access permissions.',
    on(
      'bind',
      'The port is reserved or held exclusively: another socket has it with SO_EXCLUSIVEADDRUSE, or Hyper-V or WSL has set it aside, in which case netstat shows nothing but "netsh interface ipv4 show excludedportrange protocol=tcp" lists it. Take another port, or port 0 for a free one.',
    ),
    on(
      'connect sendto send',
      'The address is a broadcast address and SO_BROADCAST is not set, or a firewall forbids it.',
    ),
    on('socket WSASocket', 'Raw sockets need administrator rights.'),
  ],
  WSAEFAULT: [
    'The system detected an invalid pointer address in attempting to use a pointer argument in a call.',
    cause('A buffer is shorter than the length that goes with it, or null where memory is needed.'),
    on(
      'bind connect sendto',
      'The address is shorter than its family needs: 16 bytes for AF_INET, 28 for AF_INET6.',
    ),
    on('accept recvfrom getsockname getpeername', 'The address buffer or its length is too small.'),
    on('gethostname', 'The buffer is too small for the name: 256 bytes are always enough.'),
  ],
  WSAEINVAL: [
    'An invalid argument was supplied.',
    on(
      'select',
      'No set holds a socket. Windows cannot use select as a sleep: put a socket in a set, or use a timer.',
    ),
    on('bind', 'The socket is bound already: a socket is bound once; make a new one.'),
    on('listen', unbound),
    on('accept', 'The socket does not listen: call listen first.'),
    on('getsockname recvfrom', unbound),
    on(
      'connect',
      'The socket listens, or an earlier connect failed in a way that ends its use: make a new one.',
    ),
    on(
      'setsockopt',
      'The value or its length does not fit, or SO_REUSEADDR and SO_EXCLUSIVEADDRUSE are used together.',
    ),
    on('ioctlsocket', 'FIONBIO 0 while WSAAsyncSelect or WSAEventSelect is in force: cancel that first.'),
    on('shutdown', 'The second argument must be SD_RECEIVE, SD_SEND or SD_BOTH.'),
    cause('An argument is out of range, or the socket is not in the state that the call needs.'),
  ],
  WSAENOTSOCK: [
    'An operation was attempted on something that is not a socket.',
    on('select', 'A set holds a socket that was closed: remove it with FD_CLR before closesocket.'),
    cause(
      'The socket was closed, here or in another thread, or socket or accept had failed and was not checked.',
    ),
  ],
  WSAEDESTADDRREQ: [
    'A required address was omitted from an operation on a socket.',
    cause('A datagram without an address: use sendto, or connect first.'),
  ],
  WSAEMSGSIZE: [
    'A message sent on a datagram socket was larger than the internal message buffer or some other network limit, or the buffer used to receive a datagram into was smaller than the datagram itself.',
    on(
      'recv recvfrom WSARecv WSARecvFrom',
      'The datagram was longer than the buffer, which has its beginning; the rest is lost. Receive into a larger buffer.',
    ),
    on('send sendto WSASend WSASendTo', 'A datagram carries at most SO_MAX_MSG_SIZE bytes: 65507 over IPv4.'),
  ],
  WSAEPROTOTYPE: [
    'A protocol was specified in the socket function call that does not support the semantics of the socket type requested.',
    cause('Type and protocol do not go together: SOCK_STREAM is IPPROTO_TCP, SOCK_DGRAM is IPPROTO_UDP.'),
  ],
  WSAENOPROTOOPT: [
    'An unknown, invalid, or unsupported option or level was specified in a getsockopt or setsockopt call.',
    cause(
      'The option does not exist at this level or for this kind of socket, or this Windows does not have it yet.',
    ),
  ],
  WSAEPROTONOSUPPORT: [
    'The requested protocol has not been configured into the system, or no implementation for it exists.',
    cause(
      'The protocol is not installed, or not one of this type: SOCK_STREAM is IPPROTO_TCP, SOCK_DGRAM is IPPROTO_UDP.',
    ),
  ],
  WSAESOCKTNOSUPPORT: [
    'The support for the specified socket type does not exist in this address family.',
    cause('The socket type is unknown, or this family does not have it.'),
  ],
  WSAEOPNOTSUPP: [
    'The attempted operation is not supported for the type of object referenced.',
    on('listen accept', 'Only stream sockets listen and accept.'),
    on(
      'recv send WSARecv WSASend',
      'A flag that this kind of socket does not have, such as MSG_OOB on datagrams.',
    ),
    cause('This kind of socket, or this binding, cannot do it.'),
  ],
  WSAEPFNOSUPPORT: [
    'The protocol family has not been configured into the system or no implementation for it exists.',
    cause('The family is not installed. Mostly WSAEAFNOSUPPORT is used instead.'),
  ],
  WSAEAFNOSUPPORT: [
    'An address incompatible with the requested protocol was used.',
    on('socket WSASocket', 'The address family is unknown or not installed.'),
    cause(
      "The address has another family than the socket: check sin_family, and that it is in the machine's byte order.",
    ),
  ],
  WSAENAMETOOLONG: [
    'Name component or name was too long.',
    cause('The name is longer than the system takes.'),
  ],
} as const satisfies ErrorTexts;
