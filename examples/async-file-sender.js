// A client on WSAAsyncSelect that sends much: at FD_WRITE it sends until WSAEWOULDBLOCK, and goes on at the next
// FD_WRITE with the packet that was refused. Instead of a file it sends numbered packets.
//
//   node examples/async-file-sender.js [port] [ip] [bytes]
import {
  AF_INET,
  closesocket,
  connect,
  createMessageWindow,
  FD_CLOSE,
  FD_CONNECT,
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
  WM_USER,
  WSAAsyncSelect,
  WSACleanup,
  WSADATA,
  WSAEWOULDBLOCK,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
  WSAGetLastError,
  WSAStartup,
} from 'winsock';

const WM_WSAASYNC = WM_USER + 5;
const MAX_PACKET_SIZE = 4096;

const [port = '7007', ip = '127.0.0.1', bytes = '10000000'] = process.argv.slice(2);
const size = Number(bytes);
const packet = Buffer.alloc(MAX_PACKET_SIZE);
let sent = 0;

/** @param {string} what @param {number} [code] @returns {never} */
function die(what, code = WSAGetLastError()) {
  console.error(`${what} failed with error ${code}`);
  process.exit(1);
}

/** @param {number} s */
function sendAll(s) {
  while (sent < size) {
    // fread: what was not taken is made again, since `sent` has not moved
    packet.fill(Math.floor(sent / MAX_PACKET_SIZE));
    const from = sent % MAX_PACKET_SIZE;
    const rest = packet.subarray(from, Math.min(MAX_PACKET_SIZE, from + size - sent));
    const n = send(s, rest, rest.length, 0);
    if (n === SOCKET_ERROR) {
      if (WSAGetLastError() === WSAEWOULDBLOCK) return; // FD_WRITE comes when there is room
      die('send');
    }
    sent += n;
  }
  shutdown(s, SD_SEND);
}

const window = createMessageWindow((_hwnd, message, wParam, lParam) => {
  if (message !== WM_WSAASYNC) return;
  const error = WSAGETSELECTERROR(lParam);
  switch (WSAGETSELECTEVENT(lParam)) {
    case FD_CONNECT:
      if (error !== 0) die('connect', error);
      console.log('Connected');
      break;
    case FD_READ:
      recv(wParam, packet, packet.length, 0);
      break;
    case FD_WRITE:
      if (sent < size) sendAll(wParam);
      break;
    case FD_CLOSE:
      if (error !== 0 || sent < size) die('the connection', error);
      console.log(`Sent ${sent} bytes`);
      closesocket(wParam);
      window.close();
      WSACleanup();
      break;
  }
});

if (WSAStartup(MAKEWORD(2, 2), new WSADATA()) !== 0) throw new Error('WSAStartup failed');
const s = socket(AF_INET, SOCK_STREAM, 0);
if (s === INVALID_SOCKET) die('socket');
const events = FD_READ | FD_WRITE | FD_CONNECT | FD_CLOSE;
if (WSAAsyncSelect(s, window.hwnd, WM_WSAASYNC, events) === SOCKET_ERROR) die('WSAAsyncSelect');
const server = sockaddr_in.from(ip, Number(port));
if (connect(s, server, server.length) === SOCKET_ERROR && WSAGetLastError() !== WSAEWOULDBLOCK)
  die('connect');
