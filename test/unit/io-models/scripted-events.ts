import { type WNDPROC, WSAMAKESELECTREPLY } from '../../../src/ws2_32/index.js';
import type { Script } from './scripted-winsock.js';

export const HWND = 500;
const WM_WSAASYNC = 0x0405;

/** A message window without Windows: `post` calls the window procedure, while the window is open. */
export function scriptedWindow() {
  let wndProc: WNDPROC | undefined;
  const selected: number[][] = [];
  const script: Script = {
    createMessageWindow: (proc: WNDPROC) => {
      wndProc = proc;
      return { hwnd: HWND, close: () => (wndProc = undefined) };
    },
    WSAAsyncSelect: (...args: number[]) => {
      selected.push(args);
      return 0;
    },
  };
  const post = (s: number, event: number, error = 0, message = WM_WSAASYNC) =>
    wndProc?.(HWND, message, s, WSAMAKESELECTREPLY(event, error));
  return { script, post, selected, open: () => wndProc !== undefined };
}

/** Event objects and the record of each socket without Windows. */
export function scriptedEvents() {
  const signalled = new Map<number, boolean>();
  const eventOf = new Map<number, number>();
  const records = new Map<number, Map<number, number>>();
  let next = 1000;
  let wake: () => void = () => undefined;
  const waits: number[] = [];
  const signal = (event: number) => {
    if (!signalled.has(event)) throw new Error(`event ${event} was closed, or never there`);
    signalled.set(event, true);
    wake();
    return 1;
  };
  const first = (events: number[]) => events.findIndex((event) => signalled.get(event));
  const script: Script = {
    WSACreateEvent: () => {
      signalled.set(++next, false);
      return next;
    },
    WSACloseEvent: (event: number) => Number(signalled.delete(event)),
    WSASetEvent: signal,
    WSAResetEvent: (event: number) => Number(Boolean(signalled.set(event, false))),
    WSAEventSelect: (s: number, event: number) => {
      eventOf.set(s, event);
      if (records.has(s)) signal(event);
      return 0;
    },
    WSAWaitForMultipleEvents: (_n: number, events: number[]) => (first(events) < 0 ? 0x102 : first(events)),
    WSAWaitForMultipleEventsAsync: async (n: number, events: number[]) => {
      waits.push(n);
      while (first(events) < 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return first(events);
    },
    WSAEnumNetworkEvents: (s: number, _event: number, out: Uint8Array) => {
      const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
      for (let at = 0; at < 44; at += 4) view.setInt32(at, 0, true);
      for (const [event, error] of records.get(s) ?? []) {
        view.setInt32(0, view.getInt32(0, true) | event, true);
        view.setInt32(4 + 4 * Math.log2(event), error, true);
      }
      records.delete(s);
      return 0;
    },
  };
  const happen = (s: number, event: number, error = 0) => {
    records.set(s, (records.get(s) ?? new Map()).set(event, error));
    const object = eventOf.get(s);
    if (object !== undefined) signal(object);
  };
  return { script, happen, waits, eventOf, open: () => signalled.size };
}

/** Lets everything run that waits for promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
