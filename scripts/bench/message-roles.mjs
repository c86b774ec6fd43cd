// The roles of a measurement on WSAAsyncSelect, written as a program with a window would be: one message for all
// sockets, a switch on the event, the socket taken from wParam.
import {
  AsyncFileSender,
  FD_ACCEPT,
  FD_CLOSE,
  FD_CONNECT,
  FD_READ,
  FD_WRITE,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
} from '../../lib/index.js';
import { clock } from './plain-roles.mjs';
import { address, listen, must, start } from './winsock-roles.mjs';

const SD_SEND = 1;
const WM_SOCKET = 0x0401;

/** A window whose messages go to the function that has the event's number. */
function window(ws, handlers) {
  return ws.createMessageWindow((_window, _message, s, lParam) => {
    const code = WSAGETSELECTERROR(lParam);
    if (code !== 0) throw new Error(`the event ${WSAGETSELECTEVENT(lParam)} came with ${code}`);
    handlers[WSAGETSELECTEVENT(lParam)]?.(s);
  });
}

function connectAt(ws, port, win, events) {
  const s = ws.socket(2, 1, 6);
  must(ws, 'WSAAsyncSelect', ws.WSAAsyncSelect(s, win, WM_SOCKET, events));
  ws.connect(s, address(ws, port), 16);
  return s;
}

/** How long after its writing a byte is in the window procedure. */
export function listener({ binding, port, turns, tell }) {
  const ws = start(binding);
  const stamp = Buffer.alloc(8);
  const waits = [];
  const win = window(ws, {
    [FD_CONNECT]: (s) => ws.send(s, stamp, 1, 0),
    [FD_READ]: (s) => {
      const now = clock();
      must(ws, 'recv', ws.recv(s, stamp, 8, 0));
      waits.push(now - stamp.readDoubleLE());
      if (waits.length < turns) return void ws.send(s, stamp, 1, 0);
      ws.closesocket(s);
      win.close();
      tell({ waits });
    },
  });
  connectAt(ws, port, win.hwnd, FD_CONNECT | FD_READ);
}

/** Sends `blocks` blocks from FD_WRITE to FD_WRITE and waits until the peer has closed; tells bytes a second. */
export function sender({ binding, port, blocks, size, tell }) {
  const ws = start(binding);
  const block = Buffer.alloc(size, 'x');
  const file = new AsyncFileSender(
    ws,
    Array.from({ length: blocks }, () => block),
  );
  let began = 0;
  const win = window(ws, {
    [FD_CONNECT]: () => {
      began = performance.now();
    },
    [FD_WRITE]: (s) => {
      if (file.write(s)) ws.shutdown(s, SD_SEND);
    },
    [FD_CLOSE]: (s) => {
      tell({ perSecond: (blocks * size) / ((performance.now() - began) / 1000) });
      ws.closesocket(s);
      win.close();
    },
  });
  connectAt(ws, port, win.hwnd, FD_CONNECT | FD_WRITE | FD_CLOSE);
}

/** Sends every byte back, to `count` clients on one window. */
export function crowd({ binding, count, tell }) {
  const ws = start(binding);
  const byte = Buffer.alloc(1);
  let left = count;
  const win = window(ws, {
    [FD_ACCEPT]: (s) => must(ws, 'accept', ws.accept(s, null, null)),
    [FD_READ]: (s) => {
      if (ws.recv(s, byte, 1, 0) === 1) ws.send(s, byte, 1, 0);
    },
    [FD_CLOSE]: (s) => {
      ws.closesocket(s);
      if (--left > 0) return;
      ws.closesocket(listening);
      win.close();
    },
  });
  const listening = listen(ws, tell);
  ws.WSAAsyncSelect(listening, win.hwnd, WM_SOCKET, FD_ACCEPT | FD_READ | FD_CLOSE);
}
