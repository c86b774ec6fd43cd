// The server of async-server.js on WSAEventSelect, as C programs without a window have it: an event object for each
// socket, a wait for all of them, WSAEnumNetworkEvents for what has happened. One wait takes 64 events: a client too
// many is turned away. (`EventServer` of the package has no such limit: of many sockets several share an event.)
//
//   node examples/event-server.js [port] [ip] [clients]
import {
  AF_INET,
  accept,
  bind,
  closesocket,
  FD_ACCEPT,
  FD_CLOSE,
  FD_CLOSE_BIT,
  FD_READ,
  getsockname,
  htons,
  INVALID_SOCKET,
  listen,
  MAKEWORD,
  recv,
  SOCK_STREAM,
  SOCKET_ERROR,
  SOMAXCONN,
  sockaddr_in,
  socket,
  WSA_INFINITE,
  WSA_MAXIMUM_WAIT_EVENTS,
  WSA_WAIT_EVENT_0,
  WSA_WAIT_FAILED,
  WSACleanup,
  WSACloseEvent,
  WSACreateEvent,
  WSADATA,
  WSAEnumNetworkEvents,
  WSAEventSelect,
  WSAGetLastError,
  WSANETWORKEVENTS,
  WSAStartup,
  WSAWaitForMultipleEvents,
  WSAWaitForMultipleEventsAsync,
} from 'winsock';

const BUFFER_SIZE = 65536;

/** @param {string} what @returns {never} */
function die(what) {
  console.error(`${what} failed with error ${WSAGetLastError()}`);
  process.exit(1);
}

const [port = '7007', ip = '127.0.0.1', last = 'Infinity'] = process.argv.slice(2);
const buf = Buffer.alloc(BUFFER_SIZE);

// Side by side, as the wait gives an index.
/** @type {number[]} */
const sockets = [];
/** @type {number[]} */
const events = [];
/** @type {number[]} */
const bytes = [];
let gone = 0;

/** @param {number} s @param {number} lNetworkEvents */
function add(s, lNetworkEvents) {
  const event = WSACreateEvent();
  if (WSAEventSelect(s, event, lNetworkEvents) === SOCKET_ERROR) die('WSAEventSelect');
  sockets.push(s);
  events.push(event);
  bytes.push(0);
}

/** @param {number} i */
function remove(i) {
  closesocket(sockets[i]);
  WSACloseEvent(events[i]);
  for (const array of [sockets, events, bytes]) array.splice(i, 1);
}

/** @param {number} i */
function receive(i) {
  const n = recv(sockets[i], buf, BUFFER_SIZE, 0);
  if (n > 0) bytes[i] += n;
  return n;
}

/** @param {number} i */
function answer(i) {
  const happened = new WSANETWORKEVENTS();
  if (WSAEnumNetworkEvents(sockets[i], events[i], happened) === SOCKET_ERROR) die('WSAEnumNetworkEvents');
  const { lNetworkEvents, iErrorCode } = happened;
  if (lNetworkEvents & FD_ACCEPT) {
    const s = accept(sockets[i], null, null);
    if (s !== INVALID_SOCKET && events.length < WSA_MAXIMUM_WAIT_EVENTS) add(s, FD_READ | FD_CLOSE);
    else if (s !== INVALID_SOCKET) closesocket(s);
  }
  if (lNetworkEvents & FD_READ) receive(i);
  if (lNetworkEvents & FD_CLOSE) {
    while (receive(i) > 0); // what came before the end
    console.log(`client: ${bytes[i]} bytes, closed with ${iErrorCode[FD_CLOSE_BIT]}`);
    remove(i);
    gone++;
  }
}

if (WSAStartup(MAKEWORD(2, 2), new WSADATA()) !== 0) throw new Error('WSAStartup failed');
const listener = socket(AF_INET, SOCK_STREAM, 0);
if (listener === INVALID_SOCKET) die('socket');
add(listener, FD_ACCEPT | FD_CLOSE);
const addr = sockaddr_in.from(ip, Number(port));
if (bind(listener, addr, addr.length) === SOCKET_ERROR) die('bind');
if (listen(listener, SOMAXCONN) === SOCKET_ERROR) die('listen');
getsockname(listener, addr, Int32Array.of(addr.length));
console.log(`Listening on ${ip}:${htons(addr.sin_port)}`);

while (gone < Number(last)) {
  // In C this call blocks; so does WSAWaitForMultipleEvents here, and Node's event loop with it.
  const first = await WSAWaitForMultipleEventsAsync(events.length, events, 0, WSA_INFINITE, 0);
  if (first === WSA_WAIT_FAILED) die('WSAWaitForMultipleEvents');
  // The wait gives the lowest index: those above have a right to be looked at too. From the end, as `answer` removes.
  for (let i = events.length - 1; i >= first - WSA_WAIT_EVENT_0; i--)
    if (WSAWaitForMultipleEvents(1, [events[i]], 0, 0, 0) === WSA_WAIT_EVENT_0) answer(i);
}

while (sockets.length > 0) remove(0);
WSACleanup();
