import {
  FD_ACCEPT,
  FD_ACCEPT_BIT,
  FD_CLOSE,
  FD_CLOSE_BIT,
  FD_READ,
  FD_WRITE,
  SOCKET_ERROR,
  WSA_INVALID_EVENT,
  WSANETWORKEVENTS,
} from '../ws2_32/index.js';
import type { SOCKET } from '../ws2_32/types.js';
import { errorText } from './error-text.js';
import { EventDrivenServer } from './event-driven-server.js';
import { EventGroups } from './event-groups.js';

const CALL_EVENTS = FD_READ | FD_WRITE | FD_CLOSE;

/**
 * The server of "Programming with Asynchronous Sockets" on WSAEventSelect, for programs without a window: an event
 * object is signalled where a message was posted, and WSAEnumNetworkEvents tells what AsyncServer takes out of
 * `lParam`. Apart from that it is AsyncServer.
 *
 * One wait takes 64 events at most: of more clients several share an event (see EventGroups).
 */
export class EventServer extends EventDrivenServer {
  readonly #happened = new WSANETWORKEVENTS();
  #groups: EventGroups | undefined;
  #loop: Promise<void> | undefined;

  protected watchListener(s: SOCKET): boolean {
    const groups = new EventGroups(this.ws);
    this.#groups = groups;
    const event = groups.add(s);
    if (event === WSA_INVALID_EVENT) return false;
    if (this.ws.WSAEventSelect(s, event, FD_ACCEPT | CALL_EVENTS) === SOCKET_ERROR) return false;
    this.#loop = this.#wait(groups);
    return true;
  }

  /** An accepted socket signals the listening one's event; from now on its own. */
  protected watchCall(s: SOCKET): void {
    const event = this.#groups!.add(s);
    this.ws.WSAEventSelect(s, event, CALL_EVENTS);
  }

  protected unwatch(s: SOCKET): void {
    this.#groups?.delete(s);
  }

  protected endWatching(): Promise<void> | undefined {
    this.#groups?.close();
    this.#groups = undefined;
    return this.#loop;
  }

  /** Waits for events until the server stops. What goes wrong in a callback is the process's to hear of. */
  async #wait(groups: EventGroups): Promise<void> {
    for (;;) {
      const sockets = await groups.wait();
      if (sockets === undefined) break;
      for (const s of sockets) this.#answer(s);
    }
    if (groups.open) {
      this.screen.line(`>> ${errorText('WSAWaitForMultipleEvents', this.ws.WSAGetLastError())}`);
      this.stop();
    }
  }

  /** What has happened on one socket: the `switch` of AsyncServer, except that several events can come at once. */
  #answer(s: SOCKET): void {
    const happened = this.#happened;
    // The event has been reset by EventGroups, before the first socket that shares it is asked.
    if (this.ws.WSAEnumNetworkEvents(s, WSA_INVALID_EVENT, happened) === SOCKET_ERROR) return;
    const { lNetworkEvents: events, iErrorCode: errors } = happened;
    if (events & FD_ACCEPT && errors[FD_ACCEPT_BIT] === 0) this.accept(s);
    if (events & FD_READ) this.read(s);
    if (events & FD_CLOSE) this.closed(s, errors[FD_CLOSE_BIT]);
  }
}
