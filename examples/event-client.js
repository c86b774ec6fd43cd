// A client on WSAEventSelect that sends much, and never blocks: at FD_WRITE it sends until WSAEWOULDBLOCK.
//
//   node examples/event-client.js [port] [ip] [bytes]
import {
  AF_INET,
  closesocket,
  connect,
  FD_CLOSE,
  FD_CLOSE_BIT,
  FD_CONNECT,
  FD_CONNECT_BIT,
  FD_READ,
  FD_WRITE,
  INVALID_SOCKET,
  MAKEWORD,
  recv,
  SD_SEND,
  SOCK_STREAM,
  SOCKET_ERROR,
  send,
  shutdown,
  sockaddr_in,
  socket,
  WSA_INFINITE,
  WSA_WAIT_FAILED,
  WSACleanup,
  WSACloseEvent,
  WSACreateEvent,
  WSADATA,
  WSAEnumNetworkEvents,
  WSAEventSelect,
  WSAEWOULDBLOCK,
  WSAGetLastError,
  WSANETWORKEVENTS,
  WSAStartup,
  WSAWaitForMultipleEventsAsync,
} from 'winsock';

const PACKET_SIZE = 4096;

/** @param {string} what @param {number} [code] @returns {never} */
function die(what, code = WSAGetLastError()) {
  console.error(`${what} failed with error ${code}`);
  process.exit(1);
}

const [port = '7007', ip = '127.0.0.1', bytes = '10000000'] = process.argv.slice(2);
const size = Number(bytes);
const packet = Buffer.alloc(PACKET_SIZE, '.');
let sent = 0;

/** @param {number} s */
function sendAll(s) {
  while (sent < size) {
    const n = send(s, packet, Math.min(PACKET_SIZE, size - sent), 0);
    if (n !== SOCKET_ERROR) sent += n;
    else if (WSAGetLastError() === WSAEWOULDBLOCK) return;
    else die('send');
  }
  shutdown(s, SD_SEND);
}

if (WSAStartup(MAKEWORD(2, 2), new WSADATA()) !== 0) throw new Error('WSAStartup failed');
const s = socket(AF_INET, SOCK_STREAM, 0);
if (s === INVALID_SOCKET) die('socket');
const event = WSACreateEvent();
if (WSAEventSelect(s, event, FD_READ | FD_WRITE | FD_CONNECT | FD_CLOSE) === SOCKET_ERROR)
  die('WSAEventSelect');
const server = sockaddr_in.from(ip, Number(port));
if (connect(s, server, server.length) === SOCKET_ERROR && WSAGetLastError() !== WSAEWOULDBLOCK)
  die('connect');

const happened = new WSANETWORKEVENTS();
do {
  if ((await WSAWaitForMultipleEventsAsync(1, [event], 0, WSA_INFINITE, 0)) === WSA_WAIT_FAILED)
    die('WSAWaitForMultipleEvents');
  if (WSAEnumNetworkEvents(s, event, happened) === SOCKET_ERROR) die('WSAEnumNetworkEvents');
  const { lNetworkEvents, iErrorCode } = happened;
  if (lNetworkEvents & FD_CONNECT) {
    if (iErrorCode[FD_CONNECT_BIT] !== 0) die('connect', iErrorCode[FD_CONNECT_BIT]);
    console.log('Connected');
  }
  if (lNetworkEvents & FD_READ) recv(s, packet, PACKET_SIZE, 0);
  if (lNetworkEvents & FD_WRITE && sent < size) sendAll(s);
  if (lNetworkEvents & FD_CLOSE && iErrorCode[FD_CLOSE_BIT] !== 0)
    die('the connection', iErrorCode[FD_CLOSE_BIT]);
} while (!(happened.lNetworkEvents & FD_CLOSE));

console.log(`Sent ${sent} bytes`);
closesocket(s);
WSACloseEvent(event);
WSACleanup();
