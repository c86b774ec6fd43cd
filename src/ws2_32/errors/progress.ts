// Errors that tell how far an operation is, and those of starting and of limits.
import { cause, type ErrorTexts, on } from './entry.js';

export const progressErrors = {
  WSA_OPERATION_ABORTED: [
    'The I/O operation has been aborted because of either a thread exit or an application request.',
    cause('The socket was closed, or the thread that began the operation ended, while it was under way.'),
  ],
  WSA_IO_INCOMPLETE: [
    'Overlapped I/O event is not in a signaled state.',
    on('WSAGetOverlappedResult', 'The operation is still under way: wait for its event, or ask with fWait.'),
  ],
  WSA_IO_PENDING: [
    'Overlapped I/O operation is in progress.',
    cause('Not a failure: the overlapped operation has begun and will report its end.'),
  ],
  WSAEINTR: [
    'A blocking operation was interrupted by a call to WSACancelBlockingCall.',
    cause('Another thread closed the socket, or the wait was ended, while this call blocked.'),
  ],
  WSAEWOULDBLOCK: [
    'A non-blocking socket operation could not be completed immediately.',
    on(
      'connect WSAConnect',
      'Not a failure: connecting goes on. Wait for writefds (done) or exceptfds (failed), or for FD_CONNECT.',
    ),
    on(
      'send sendto WSASend',
      'No room now, nothing was taken: wait for writefds or FD_WRITE, then send the same bytes again.',
    ),
    on('recv recvfrom WSARecv', 'Nothing to receive now: wait for readfds or FD_READ.'),
    on('accept', 'No connection is waiting now: wait for readfds or FD_ACCEPT.'),
    cause('Not a failure: the socket is non-blocking and the call would have to wait.'),
  ],
  WSAEINPROGRESS: [
    'A blocking operation is currently executing.',
    cause('A Winsock 1.1 rule: one blocking call at a time for each thread.'),
  ],
  WSAEALREADY: [
    'An operation was attempted on a non-blocking socket that already had an operation in progress.',
    on('connect', 'The earlier connect of this socket is still under way: wait for it with select.'),
  ],
  WSAEMFILE: [
    'Too many open sockets.',
    cause('The process has no more handles: close sockets that are not needed.'),
  ],
  WSAETOOMANYREFS: [
    'Too many references to some kernel object.',
    cause('Too many uses of one thing in the kernel.'),
  ],
  WSAEPROCLIM: [
    'A Windows Sockets implementation may have a limit on the number of applications that may use it simultaneously.',
    on('WSAStartup', 'Too many programs use Winsock at once.'),
  ],
  WSASYSNOTREADY: [
    'WSAStartup cannot function at this time because the underlying system it uses to provide network services is currently unavailable.',
    on(
      'WSAStartup',
      'The network system is not up, or another program has spoilt the list of providers: "netsh winsock reset" restores it.',
    ),
  ],
  WSAVERNOTSUPPORTED: [
    'The Windows Sockets version requested is not supported.',
    on('WSAStartup', 'The major number, in the low byte, is 0: ask for MAKEWORD(2, 2), which is 0x0202.'),
  ],
  WSANOTINITIALISED: [
    'Either the application has not called WSAStartup, or WSAStartup failed.',
    cause('Call WSAStartup first, on the same binding; or WSACleanup was called once too often.'),
  ],
  WSAEINVALIDPROCTABLE: [
    'The procedure call table is invalid.',
    cause('A provider is broken: "netsh winsock reset" restores the list of providers.'),
  ],
  WSAEINVALIDPROVIDER: [
    'The requested service provider is invalid.',
    cause('A provider is broken: "netsh winsock reset" restores the list of providers.'),
  ],
  WSAEPROVIDERFAILEDINIT: [
    'The requested service provider could not be loaded or initialized.',
    cause(
      "The process' environment lacks SystemRoot, so that the provider's DLL is not found; or a provider is broken.",
    ),
  ],
  WSASYSCALLFAILURE: ['A system call has failed.', cause('A call inside Winsock failed that never should.')],
} as const satisfies ErrorTexts;
