import {
  FD_CLOSE,
  FD_CLOSE_BIT,
  FD_CONNECT,
  FD_CONNECT_BIT,
  FD_READ,
  FD_WRITE,
  SOCKET_ERROR,
  WinsockError,
  WSA_INVALID_EVENT,
  WSANETWORKEVENTS,
} from '../ws2_32/index.js';
import type { SOCKET } from '../ws2_32/types.js';
import { EventDrivenClient, type Watch } from './event-driven-client.js';
import { EventGroups } from './event-groups.js';

/**
 * The client of "Programming with Asynchronous Sockets" on WSAEventSelect, for programs without a window: it waits
 * for an event object, and WSAEnumNetworkEvents tells what AsyncClient takes out of `lParam`.
 */
export class EventClient extends EventDrivenClient {
  readonly #happened = new WSANETWORKEVENTS();

  protected watch(s: SOCKET): Watch {
    const groups = new EventGroups(this.ws);
    const event = groups.add(s);
    const events = FD_READ | FD_WRITE | FD_CONNECT | FD_CLOSE;
    if (event === WSA_INVALID_EVENT || this.ws.WSAEventSelect(s, event, events) === SOCKET_ERROR) {
      const code = this.ws.WSAGetLastError();
      groups.close();
      throw new WinsockError(code, event === WSA_INVALID_EVENT ? 'WSACreateEvent' : 'WSAEventSelect');
    }
    const ended = this.#wait(groups).catch((error) => this.failed(error));
    const end = () => {
      groups.close();
      return ended;
    };
    return { end };
  }

  async #wait(groups: EventGroups): Promise<void> {
    for (let sockets = await groups.wait(); sockets !== undefined; sockets = await groups.wait())
      for (const s of sockets) this.#answer(s);
    if (groups.open) throw new WinsockError(this.ws.WSAGetLastError(), 'WSAWaitForMultipleEvents');
  }

  /** What has happened: the `switch` of AsyncClient, except that several events can come at once. */
  #answer(s: SOCKET): void {
    const happened = this.#happened;
    if (this.ws.WSAEnumNetworkEvents(s, WSA_INVALID_EVENT, happened) === SOCKET_ERROR) return;
    const { lNetworkEvents: events, iErrorCode: errors } = happened;
    if (events & FD_CONNECT) this.connected(s, errors[FD_CONNECT_BIT]);
    if (events & FD_READ) this.readable(s);
    if (events & FD_WRITE) this.writable(s);
    if (events & FD_CLOSE) this.closed(s, errors[FD_CLOSE_BIT]);
  }
}
