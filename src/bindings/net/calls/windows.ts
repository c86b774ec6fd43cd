import type { HWND, MessageWindow, WNDPROC } from '../../../ws2_32/types.js';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { closeObject, objectOf, openObject } from '../arena/table.js';
import { postMessage, takeMessage } from '../arena/windows.js';
import { arenaOfThread, setLastError } from '../thread.js';

/** Windows that only receive messages; the thread that made one delivers its messages on its event loop. */
const ERROR_INVALID_WINDOW_HANDLE = 1400;
const LONGEST_TIMER = 0x7fffffff;

class Window implements MessageWindow {
  readonly hwnd: HWND;
  private readonly arena: Arena;
  private readonly base: number;
  private readonly wndProc: WNDPROC;
  /** Keeps the event loop alive, which a pending waitAsync does not. */
  private readonly alive = setInterval(() => {}, LONGEST_TIMER);
  private delivering = false;

  constructor(arena: Arena, hwnd: HWND, wndProc: WNDPROC) {
    this.arena = arena;
    this.hwnd = hwnd;
    this.base = objectOf(arena, hwnd, L.STATE_WINDOW);
    this.wndProc = wndProc;
    void this.listen();
  }

  private get open(): boolean {
    return objectOf(this.arena, this.hwnd, L.STATE_WINDOW) === this.base;
  }

  /** The sequence word is read before the queue: a message that comes between is not slept through. */
  private async listen(): Promise<void> {
    const { control } = this.arena;
    const sequence = this.base + L.S_SEQ;
    Atomics.add(control, this.base + L.S_WAITERS, 1);
    while (this.open) {
      const seen = Atomics.load(control, sequence);
      this.schedule();
      const wait = Atomics.waitAsync(control, sequence, seen);
      if (wait.async) await wait.value;
      else await Promise.resolve();
    }
    Atomics.sub(control, this.base + L.S_WAITERS, 1);
  }

  private schedule(): void {
    if (this.delivering) return;
    this.delivering = true;
    setImmediate(() => this.deliver());
  }

  /** Calls the window procedure for what is there. If it throws, the rest is delivered in a further turn. */
  private deliver(): void {
    this.delivering = false;
    try {
      for (;;) {
        const message = this.open ? takeMessage(this.arena, this.base) : undefined;
        if (message === undefined) return;
        this.wndProc(this.hwnd, message.message, message.wParam, message.lParam);
      }
    } finally {
      if (this.open) this.scheduleRest();
    }
  }

  private scheduleRest(): void {
    const { control } = this.arena;
    const queue = this.base + L.S_RECEIVE_QUEUE;
    if (Atomics.load(control, queue + L.Q_IN) !== Atomics.load(control, queue + L.Q_OUT)) this.schedule();
  }

  close(): void {
    clearInterval(this.alive);
    closeObject(this.arena, this.hwnd, L.STATE_WINDOW);
  }

  ref(): this {
    this.alive.ref();
    return this;
  }

  unref(): this {
    this.alive.unref();
    return this;
  }
}

export function createMessageWindow(wndProc: WNDPROC): MessageWindow {
  const arena = arenaOfThread();
  const hwnd = openObject(arena, L.STATE_WINDOW);
  if (hwnd === 0) throw new Error('createMessageWindow: all windows and sockets of the process are in use');
  return new Window(arena, hwnd, wndProc);
}

export function PostMessage(hWnd: number, Msg: number, wParam: number, lParam: number): number {
  if (postMessage(arenaOfThread(), hWnd, { message: Msg, wParam, lParam })) return 1;
  setLastError(ERROR_INVALID_WINDOW_HANDLE);
  return 0;
}
