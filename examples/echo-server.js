// An echo server as it stands in C textbooks on Winsock: one thread, one fd_set with the listening socket and every
// client, select, and then what select left in the set. A set larger than FD_SETSIZE takes `new fd_set(n)` where C
// takes a #define before the #include.
//
//   node examples/echo-server.js [port] [ip] [clients]
//
// With a third argument it ends after so many clients have come and gone. WINSOCK_BINDING chooses the binding.
import {
  AF_INET,
  accept,
  bind,
  closesocket,
  FD_CLR,
  FD_ISSET,
  FD_SET,
  FD_ZERO,
  FIONBIO,
  fd_set,
  getsockname,
  htons,
  INVALID_SOCKET,
  IPPROTO_TCP,
  inet_addr,
  ioctlsocket,
  listen,
  MAKEWORD,
  recv,
  SOCK_STREAM,
  SOCKET_ERROR,
  SOMAXCONN,
  select,
  send,
  sockaddr_in,
  socket,
  WSACleanup,
  WSADATA,
  WSAEWOULDBLOCK,
  WSAGetLastError,
  WSAStartup,
} from 'winsock';

const MAX_CLIENTS = 1023;
const BUFFER_SIZE = 4096;

/** @param {string} what @returns {never} */
function die(what) {
  console.error(`${what} failed with error ${WSAGetLastError()}`);
  process.exit(1);
}

/** Sends it all: what does not fit now waits until select says that the client can take it. */
class Client {
  pending = Buffer.alloc(0);
  /** @param {number} s */
  constructor(s) {
    this.s = s;
  }

  /** @returns {boolean} false once the client is gone */
  read() {
    const buf = Buffer.alloc(BUFFER_SIZE);
    const n = recv(this.s, buf, BUFFER_SIZE, 0);
    if (n === 0) return false;
    if (n === SOCKET_ERROR) return WSAGetLastError() === WSAEWOULDBLOCK;
    this.pending = Buffer.concat([this.pending, buf.subarray(0, n)]);
    return this.write();
  }

  /** @returns {boolean} false once the client is gone */
  write() {
    while (this.pending.length > 0) {
      const n = send(this.s, this.pending, this.pending.length, 0);
      if (n === SOCKET_ERROR) return WSAGetLastError() === WSAEWOULDBLOCK;
      this.pending = this.pending.subarray(n);
    }
    return true;
  }
}

const [port = '7007', ip = '127.0.0.1', last = 'Infinity'] = process.argv.slice(2);

const wsaData = new WSADATA();
if (WSAStartup(MAKEWORD(2, 2), wsaData) !== 0) throw new Error('WSAStartup failed');

const listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
if (listener === INVALID_SOCKET) die('socket');

const addr = new sockaddr_in();
addr.sin_family = AF_INET;
addr.sin_port = htons(Number(port));
addr.sin_addr = inet_addr(ip);
if (bind(listener, addr, addr.length) === SOCKET_ERROR) die('bind');
if (listen(listener, SOMAXCONN) === SOCKET_ERROR) die('listen');
if (ioctlsocket(listener, FIONBIO, Uint32Array.of(1)) === SOCKET_ERROR) die('ioctlsocket');

getsockname(listener, addr, Int32Array.of(addr.length));
console.log(`Echoing on ${ip}:${htons(addr.sin_port)}`);

/** @type {Map<number, Client>} */
const clients = new Map();
let gone = 0;
const master = new fd_set(MAX_CLIENTS + 1);
const readfds = new fd_set(MAX_CLIENTS + 1);
const writefds = new fd_set(MAX_CLIENTS + 1);
FD_SET(listener, master);

/** @param {number} s */
function drop(s) {
  FD_CLR(s, master);
  clients.delete(s);
  closesocket(s);
  gone++;
}

while (gone < Number(last)) {
  readfds.set(master);
  FD_ZERO(writefds);
  for (const { s, pending } of clients.values()) {
    if (pending.length === 0) continue;
    FD_SET(s, writefds);
    FD_CLR(s, readfds); // nothing more is read from a client that does not read
  }

  if (select(0, readfds, writefds, null, null) === SOCKET_ERROR) die('select');

  if (FD_ISSET(listener, readfds)) {
    const s = accept(listener, null, null);
    if (s !== INVALID_SOCKET) {
      ioctlsocket(s, FIONBIO, Uint32Array.of(1));
      clients.set(s, new Client(s));
      FD_SET(s, master);
    }
  }
  for (const s of writefds) if (clients.get(s)?.write() === false) drop(s);
  for (const s of readfds) if (clients.get(s)?.read() === false) drop(s);
}

closesocket(listener);
WSACleanup();
