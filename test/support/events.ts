import { expect } from 'vitest';
import {
  type HWND,
  type MessageWindow,
  type SOCKET,
  type Winsock,
  type WSAEVENT,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
} from '../../src/ws2_32/index.js';
import type { Extended } from './extended.js';
import { DEADLINE, must } from './sockets.js';

const WSA_WAIT_TIMEOUT = 0x102;
const WM_SOCKET = 0x0400 + 7;
/** How long nothing must happen where no event is expected. */
const QUIET = 150;

/** Network events of one socket, as a program would hear of them. */
export interface Observer {
  select(s: SOCKET, mask: number): void;
  /** These events come, each once, with this error; then none. */
  expect(events: number, error?: number): Promise<void>;
  close(): void;
}

/** WSAEventSelect and WSAEnumNetworkEvents. */
export class EventObserver implements Observer {
  readonly event: WSAEVENT;
  private s: SOCKET = -1;

  constructor(
    private readonly ws: Winsock,
    private readonly x: Extended,
  ) {
    this.event = x.WSACreateEvent();
  }

  select(s: SOCKET, mask: number): void {
    this.s = s;
    must(this.ws, 'WSAEventSelect', this.x.WSAEventSelect(s, mask === 0 ? 0 : this.event, mask));
  }

  signalled(ms: number): boolean {
    return this.x.WSAWaitForMultipleEvents(1, [this.event], 0, ms, 0) !== WSA_WAIT_TIMEOUT;
  }

  /** lNetworkEvents and the first error; clears the record and resets the event. */
  enumerate(): { events: number; error: number } {
    const record = new Int32Array(11);
    must(this.ws, 'WSAEnumNetworkEvents', this.x.WSAEnumNetworkEvents(this.s, this.event, record));
    const [events, ...errors] = record;
    return { events, error: errors.find((error, bit) => error !== 0 && events & (1 << bit)) ?? 0 };
  }

  async expect(events: number, error = 0): Promise<void> {
    let [seen, code] = [0, 0];
    while (seen !== events && this.signalled(DEADLINE)) {
      const record = this.enumerate();
      expect(seen & record.events).toBe(0);
      seen |= record.events;
      code ||= record.error;
      if (record.events === 0) break;
    }
    expect({ events: seen, error: code }).toEqual({ events, error });
    if (this.signalled(QUIET)) expect(this.enumerate().events).toBe(0);
  }

  close(): void {
    this.x.WSACloseEvent(this.event);
  }
}

/** WSAAsyncSelect and a message window. */
export class MessageObserver implements Observer {
  private readonly window: MessageWindow;
  private readonly messages: { event: number; error: number }[] = [];
  private arrived: () => void = () => {};

  constructor(
    private readonly ws: Winsock,
    private readonly x: Extended,
  ) {
    const create = x.createMessageWindow as unknown as (
      proc: (hwnd: HWND, message: number, wParam: number, lParam: number) => void,
    ) => MessageWindow;
    this.window = create((_hwnd, message, _s, lParam) => {
      if (message !== WM_SOCKET) return;
      this.messages.push({ event: WSAGETSELECTEVENT(lParam), error: WSAGETSELECTERROR(lParam) });
      this.arrived();
    });
  }

  select(s: SOCKET, mask: number): void {
    must(this.ws, 'WSAAsyncSelect', this.x.WSAAsyncSelect(s, this.window.hwnd, WM_SOCKET, mask));
  }

  private next(ms: number): Promise<void> {
    if (this.messages.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.arrived = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async expect(events: number, error = 0): Promise<void> {
    let [seen, code] = [0, 0];
    while (seen !== events) {
      await this.next(DEADLINE);
      const message = this.messages.shift();
      if (!message) break;
      expect(seen & message.event).toBe(0);
      seen |= message.event;
      code ||= message.error;
    }
    expect({ events: seen, error: code }).toEqual({ events, error });
    await this.next(QUIET);
    expect(this.messages).toEqual([]);
  }

  close(): void {
    this.window.close();
  }
}
