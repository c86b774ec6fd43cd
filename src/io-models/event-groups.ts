import {
  WSA_INFINITE,
  WSA_INVALID_EVENT,
  WSA_MAXIMUM_WAIT_EVENTS,
  WSA_WAIT_EVENT_0,
  WSA_WAIT_TIMEOUT,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock, WSAEVENT } from '../ws2_32/winsock.js';

interface Group {
  readonly event: WSAEVENT;
  readonly sockets: Set<SOCKET>;
}

/**
 * Event objects for any number of sockets, within the 64 of one wait: a socket has an event of its own while there
 * are events left, and from then on shares one with the fewest sockets. Whoever shares an event is asked with
 * WSAEnumNetworkEvents when it is signalled; a socket that nothing has happened on says so.
 *
 * The first of the 64 is nobody's: `close` signals it.
 */
export class EventGroups {
  open = true;
  readonly #ws: Winsock;
  readonly #wake: WSAEVENT;
  readonly #groups: Group[] = [];
  readonly #groupOf = new Map<SOCKET, Group>();
  #waiting = false;

  constructor(ws: Winsock) {
    this.#ws = ws;
    this.#wake = this.#ws.WSACreateEvent();
  }

  /** The event for a socket: WSAEventSelect comes next. @returns WSA_INVALID_EVENT, with the last error set, if there is none */
  add(s: SOCKET): WSAEVENT {
    const group = this.#leastUsed();
    if (group === undefined) return WSA_INVALID_EVENT;
    group.sockets.add(s);
    this.#groupOf.set(s, group);
    return group.event;
  }

  delete(s: SOCKET): void {
    this.#groupOf.get(s)?.sockets.delete(s);
    this.#groupOf.delete(s);
  }

  /**
   * Waits until an event is signalled, without blocking the event loop.
   *
   * @returns the sockets to ask, of every event that is signalled; undefined once closed, or if the wait failed
   *   (then `open` is true and the last error set)
   */
  async wait(): Promise<SOCKET[] | undefined> {
    // Closed by what the last wait led to.
    if (!this.open) return undefined;
    const events = [this.#wake, ...this.#groups.map((group) => group.event)];
    this.#waiting = true;
    const first = await this.#ws.WSAWaitForMultipleEventsAsync(events.length, events, 0, WSA_INFINITE, 0);
    this.#waiting = false;
    if (!this.open) this.#closeEvents();
    // WSA_WAIT_FAILED is beyond every index.
    if (!this.open || first - WSA_WAIT_EVENT_0 >= events.length) return undefined;
    return this.#signalled(first - WSA_WAIT_EVENT_0);
  }

  /** Ends the wait, and closes the events once nobody waits for them. */
  close(): void {
    this.open = false;
    if (this.#waiting) this.#ws.WSASetEvent(this.#wake);
    else this.#closeEvents();
  }

  /** The lowest index is what a wait gives: those above are looked at too, so that a busy one holds up nobody. */
  #signalled(first: number): SOCKET[] {
    const sockets: SOCKET[] = [];
    this.#groups.slice(Math.max(first - 1, 0)).forEach(({ event, sockets: sharing }, i) => {
      if (i > 0 && this.#ws.WSAWaitForMultipleEvents(1, [event], 0, 0, 0) === WSA_WAIT_TIMEOUT) return;
      // First the reset, then the questions: what happens in between signals the event again.
      this.#ws.WSAResetEvent(event);
      sockets.push(...sharing);
    });
    return sockets;
  }

  #leastUsed(): Group | undefined {
    const fewest = this.#groups.reduce((a, b) => (b.sockets.size < a.sockets.size ? b : a), this.#groups[0]);
    if (fewest?.sockets.size === 0 || this.#groups.length === WSA_MAXIMUM_WAIT_EVENTS - 1) return fewest;
    const event = this.#ws.WSACreateEvent();
    if (event === WSA_INVALID_EVENT) return fewest;
    const group = { event, sockets: new Set<SOCKET>() };
    this.#groups.push(group);
    return group;
  }

  #closeEvents(): void {
    for (const event of [this.#wake, ...this.#groups.map((group) => group.event)])
      this.#ws.WSACloseEvent(event);
    this.#groups.length = 0;
  }
}
