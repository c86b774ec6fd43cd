// Errors of addresses, connections and the network.
import { cause, type ErrorTexts, on } from './entry.js';

export const connectionErrors = {
  WSAEADDRINUSE: [
    'Only one usage of each socket address (protocol/network address/port) is normally permitted.',
    on(
      'bind listen',
      'Another socket has this address and port, perhaps an earlier run of this program that is still there or its child process, which inherited the socket. End it, or take another port.',
    ),
    on(
      'connect',
      'The local address and port of this connection are in use, or connections closed just now hold every port that the system gives out.',
    ),
  ],
  WSAEADDRNOTAVAIL: [
    'The requested address is not valid in its context.',
    on(
      'bind',
      'The address is not one of this machine: bind INADDR_ANY, 127.0.0.1 or an address that gethostbyname gives for its name.',
    ),
    on('connect sendto', 'One cannot connect or send to port 0 or to 0.0.0.0.'),
  ],
  WSAENETDOWN: [
    'A socket operation encountered a dead network.',
    cause(
      'The network of this machine has failed; on the net binding, the thread that does its work has ended.',
    ),
  ],
  WSAENETUNREACH: [
    'A socket operation was attempted to an unreachable network.',
    cause(
      'This machine has no route to the address: check that the network is up, and for IPv6 that there is any.',
    ),
  ],
  WSAENETRESET: [
    'The connection has been broken due to keep-alive activity detecting a failure while the operation was in progress.',
    on(
      'recvfrom WSARecvFrom',
      'An earlier datagram ran out of hops on its way. SIO_UDP_NETRESET switches this report off.',
    ),
    on('setsockopt', 'SO_KEEPALIVE was set on a connection that is over.'),
    cause('The peer no longer answers keep-alive probes: close the socket.'),
  ],
  WSAECONNABORTED: [
    'An established connection was aborted by the software in your host machine.',
    cause(
      'This machine gave the connection up: data was not acknowledged in time, or a firewall or virus scanner cut it. Close the socket.',
    ),
  ],
  WSAECONNRESET: [
    'An existing connection was forcibly closed by the remote host.',
    on(
      'recvfrom WSARecvFrom',
      'On a datagram socket: an earlier sendto met a port on which nobody listens. Go on receiving; SIO_UDP_CONNRESET switches this report off.',
    ),
    cause(
      'The peer closed with data unread, with SO_LINGER {1, 0}, or its process ended. Close the socket and connect again.',
    ),
  ],
  WSAENOBUFS: [
    'An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full.',
    on(
      'connect bind',
      'Every port that the system gives out is in use, many by connections closed just now: keep connections open and reuse them, or wait for them to time out.',
    ),
    cause(
      'Too many sockets or too much data under way: close what is not needed, and send in smaller pieces.',
    ),
  ],
  WSAEISCONN: [
    'A connect request was made on an already connected socket.',
    cause('The socket is connected: use it, or make a new one for another connection.'),
  ],
  WSAENOTCONN: [
    'A request to send or receive data was disallowed because the socket is not connected and (when sending on a datagram socket using a sendto call) no address was supplied.',
    on('shutdown getpeername', 'The socket has no connection, or the connection is over.'),
    cause(
      'connect has not been called, failed, or is not ready yet: wait for writefds or FD_CONNECT. A listening socket cannot send or receive: use what accept returns.',
    ),
  ],
  WSAESHUTDOWN: [
    'A request to send or receive data was disallowed because the socket had already been shut down in that direction with a previous shutdown call.',
    cause('Sending after shutdown(SD_SEND), or receiving after shutdown(SD_RECEIVE), on this side.'),
  ],
  WSAETIMEDOUT: [
    'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
    on(
      'connect',
      'Nobody answered for some 21 seconds: the host is off, the address wrong, or a firewall drops what comes.',
    ),
    on(
      'recv recvfrom send WSARecv',
      'SO_RCVTIMEO or SO_SNDTIMEO ran out (both are milliseconds), or the peer has vanished.',
    ),
  ],
  WSAECONNREFUSED: [
    'No connection could be made because the target machine actively refused it.',
    cause(
      'Nobody listens on that port: start the server, and check address and port. Windows tries for 2 seconds before it says so.',
    ),
  ],
  WSAEHOSTDOWN: [
    'A socket operation failed because the destination host was down.',
    cause('The host does not answer on its network: check that it is on.'),
  ],
  WSAEHOSTUNREACH: [
    'A socket operation was attempted to an unreachable host.',
    cause('No route to the host, or nobody at that address of the local network.'),
  ],
  WSAEDISCON: [
    'Returned by WSARecv or WSARecvFrom to indicate the remote party has initiated a graceful shutdown sequence.',
    cause('The peer ended the connection in good order, on a protocol that works in messages.'),
  ],
} as const satisfies ErrorTexts;
