// A server on WSAAsyncSelect as C and Delphi programs with a window have it: one message for all sockets, a `switch`
// on the event, the socket in wParam. It counts what each client sends. Where C has RegisterClass, CreateWindow and
// a loop around GetMessage, there is createMessageWindow; the rest of the window procedure stays.
//
//   node examples/async-server.js [port] [ip] [clients]
//
// With a third argument it ends after so many clients have come and gone. WINSOCK_BINDING chooses the binding.
import {
  AF_INET,
  accept,
  bind,
  closesocket,
  createMessageWindow,
  FD_ACCEPT,
  FD_CLOSE,
  FD_READ,
  FD_WRITE,
  getsockname,
  htons,
  INVALID_SOCKET,
  inet_ntoa,
  listen,
  MAKEWORD,
  ntohs,
  recv,
  SOCK_STREAM,
  SOCKET_ERROR,
  SOMAXCONN,
  sockaddr_in,
  socket,
  WM_USER,
  WSAAsyncSelect,
  WSACleanup,
  WSADATA,
  WSAECONNABORTED,
  WSAECONNRESET,
  WSAENETDOWN,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
  WSAGetLastError,
  WSAStartup,
} from 'winsock';

const WM_WSAASYNC = WM_USER + 5;
const BUFFER_SIZE = 65536;

/** @type {Record<number, string>} */
const reasons = {
  0: 'closed in good order',
  [WSAECONNRESET]: 'reset by the client',
  [WSAECONNABORTED]: 'broken off or timed out',
  [WSAENETDOWN]: 'the network has failed',
};

/** @param {string} what @returns {never} */
function die(what) {
  console.error(`${what} failed with error ${WSAGetLastError()}`);
  process.exit(1);
}

const [port = '7007', ip = '127.0.0.1', last = 'Infinity'] = process.argv.slice(2);
const buf = Buffer.alloc(BUFFER_SIZE);

/** @type {Map<number, { name: string, bytes: number }>} */
const clients = new Map();
let gone = 0;

/** @param {number} s @returns {number} the bytes; 0 at the end, -1 if there are none now */
function receive(s) {
  const n = recv(s, buf, BUFFER_SIZE, 0);
  const client = clients.get(s);
  if (n > 0 && client !== undefined) client.bytes += n;
  return n;
}

const window = createMessageWindow((_hwnd, message, wParam, lParam) => {
  if (message !== WM_WSAASYNC) return; // DefWindowProc
  switch (WSAGETSELECTEVENT(lParam)) {
    case FD_ACCEPT: {
      const addr = new sockaddr_in();
      const s = accept(wParam, addr, Int32Array.of(addr.length));
      if (s === INVALID_SOCKET) break;
      clients.set(s, { name: `${inet_ntoa(addr.sin_addr)}:${ntohs(addr.sin_port)}`, bytes: 0 });
      break;
    }
    case FD_READ:
      receive(wParam); // one recv for each message: it enables the next
      break;
    case FD_WRITE:
      break; // nothing to send
    case FD_CLOSE: {
      const client = clients.get(wParam);
      if (client === undefined) break;
      while (receive(wParam) > 0); // what came before the end
      console.log(`${client.name}: ${client.bytes} bytes, ${reasons[WSAGETSELECTERROR(lParam)]}`);
      clients.delete(wParam);
      closesocket(wParam);
      if (++gone === Number(last)) quit();
      break;
    }
  }
});

if (WSAStartup(MAKEWORD(2, 2), new WSADATA()) !== 0) throw new Error('WSAStartup failed');
const listener = socket(AF_INET, SOCK_STREAM, 0);
if (listener === INVALID_SOCKET) die('socket');
const events = FD_READ | FD_WRITE | FD_ACCEPT | FD_CLOSE;
if (WSAAsyncSelect(listener, window.hwnd, WM_WSAASYNC, events) === SOCKET_ERROR) die('WSAAsyncSelect');
const addr = sockaddr_in.from(ip, Number(port));
if (bind(listener, addr, addr.length) === SOCKET_ERROR) die('bind');
if (listen(listener, SOMAXCONN) === SOCKET_ERROR) die('listen');
getsockname(listener, addr, Int32Array.of(addr.length));
console.log(`Listening on ${ip}:${htons(addr.sin_port)}`);

/** PostQuitMessage: an open window is what keeps the program running. */
function quit() {
  closesocket(listener);
  window.close();
  WSACleanup();
}
