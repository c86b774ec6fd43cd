import {
  FD_ACCEPT,
  FD_CLOSE,
  FD_READ,
  FD_WRITE,
  SOCKET_ERROR,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
} from '../ws2_32/index.js';
import type { HWND, MessageWindow, SOCKET } from '../ws2_32/types.js';
import { EventDrivenServer } from './event-driven-server.js';
import { WM_WSAASYNC } from './wm-wsaasync.js';

/**
 * The server of "Programming with Asynchronous Sockets" (2001): Winsock watches the sockets and posts one window
 * message for whatever happens; what the program does about it enables the next message.
 *
 * ```ts
 * const server = new AsyncServer(loadBinding(), { onRecord: (r) => console.log(r.ip, r.size) });
 * if (server.init()) await server.start();   // until stop()
 * await server.close();
 * ```
 *
 * Its steps: `socket`; WSAAsyncSelect, before anything else; `bind`, `listen`; then the window procedure does the
 * rest. Nothing blocks the event loop, and `stop` takes effect at once.
 */
export class AsyncServer extends EventDrivenServer {
  #window: MessageWindow | undefined;

  protected watchListener(s: SOCKET): boolean {
    this.#window = this.ws.createMessageWindow((...message) => this.#wndProc(...message));
    const { hwnd } = this.#window;
    const events = FD_READ | FD_WRITE | FD_ACCEPT | FD_CLOSE;
    return this.ws.WSAAsyncSelect(s, hwnd, WM_WSAASYNC, events) !== SOCKET_ERROR;
  }

  /** The window procedure: one message for all sockets, and `wParam` says which. */
  #wndProc(_hwnd: HWND, message: number, wParam: number, lParam: number): void {
    if (message !== WM_WSAASYNC) return;
    const error = WSAGETSELECTERROR(lParam);
    switch (WSAGETSELECTEVENT(lParam)) {
      case FD_ACCEPT:
        if (error === 0 && wParam === this.listeningSocket) this.accept(wParam);
        break;
      case FD_READ:
        this.read(wParam);
        break;
      case FD_WRITE: // room to send: this server has nothing to say
        break;
      case FD_CLOSE:
        this.closed(wParam, error);
        break;
    }
  }

  /** An accepted socket posts its events to the window as the listening one does: that is inherited. */
  protected watchCall(): void {}

  /** What was posted for it still comes; `read` and `closed` know it no more. */
  protected unwatch(): void {}

  protected endWatching(): void {
    this.#window?.close();
    this.#window = undefined;
  }
}
