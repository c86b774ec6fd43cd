import {
  FD_CLOSE,
  FD_CONNECT,
  FD_READ,
  FD_WRITE,
  SOCKET_ERROR,
  WinsockError,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
} from '../ws2_32/index.js';
import type { HWND, MessageWindow, SOCKET } from '../ws2_32/types.js';
import { EventDrivenClient, type Watch } from './event-driven-client.js';
import { WM_WSAASYNC } from './wm-wsaasync.js';

/**
 * The client of "Programming with Asynchronous Sockets" (2001), file sender included: Winsock posts one window
 * message for whatever happens to its socket.
 *
 * ```ts
 * const client = new AsyncClient(loadBinding(), { ip: '127.0.0.1', onProgress: (sent) => console.log(sent) });
 * client.init();
 * await client.transmit(bytes);
 * await client.close();
 * ```
 *
 * Its steps: `socket`; WSAAsyncSelect, before anything else; `connect`, which answers WSAEWOULDBLOCK; then the
 * window procedure does the rest: FD_CONNECT, FD_WRITE until everything is sent, FD_CLOSE.
 */
export class AsyncClient extends EventDrivenClient {
  protected watch(s: SOCKET): Watch {
    const window: MessageWindow = this.ws.createMessageWindow((...message) => this.#wndProc(...message));
    const events = FD_READ | FD_WRITE | FD_CONNECT | FD_CLOSE;
    if (this.ws.WSAAsyncSelect(s, window.hwnd, WM_WSAASYNC, events) === SOCKET_ERROR) {
      const code = this.ws.WSAGetLastError();
      window.close();
      throw new WinsockError(code, 'WSAAsyncSelect');
    }
    return { end: () => window.close() };
  }

  /** The window procedure: one message, and `wParam` says for which socket. */
  #wndProc(_hwnd: HWND, message: number, wParam: number, lParam: number): void {
    if (message !== WM_WSAASYNC) return;
    const error = WSAGETSELECTERROR(lParam);
    switch (WSAGETSELECTEVENT(lParam)) {
      case FD_CONNECT:
        this.connected(wParam, error);
        break;
      case FD_READ:
        this.readable(wParam);
        break;
      case FD_WRITE:
        this.writable(wParam);
        break;
      case FD_CLOSE:
        this.closed(wParam, error);
        break;
    }
  }
}
