import { loadBinding } from './bindings/index.js';
import { type FunctionName, implementedFunctions } from './ws2_32/functions.js';
import type { Winsock } from './ws2_32/winsock.js';

type Call = (...args: unknown[]) => unknown;

/** A function that finds its binding when it is first called, so that importing it loads nothing. */
function onFirstUse(name: FunctionName): Call {
  let call: Call | undefined;
  return (...args) => {
    if (call === undefined) {
      const ws = loadBinding();
      call = (Reflect.get(ws, name) as Call).bind(ws);
    }
    return call(...args);
  };
}

const functions = Object.fromEntries(
  implementedFunctions.map((name) => [name, onFirstUse(name)]),
) as unknown as Winsock;

/** Every Winsock function, bound to `loadBinding()` on first use: a port says `import { socket, bind } from 'winsock'`. */
export const {
  accept,
  bind,
  closesocket,
  connect,
  gethostbyname,
  gethostname,
  getpeername,
  getsockname,
  getsockopt,
  htonl,
  htons,
  inet_addr,
  inet_ntoa,
  ioctlsocket,
  listen,
  ntohl,
  ntohs,
  recv,
  recvfrom,
  select,
  selectAsync,
  send,
  sendto,
  setsockopt,
  shutdown,
  socket,
  WSACleanup,
  WSAGetLastError,
  WSASetLastError,
  WSAStartup,
  __WSAFDIsSet,
} = functions;
