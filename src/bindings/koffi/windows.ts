// createMessageWindow and PostMessage, without callbacks from foreign threads: each window has a worker thread that
// owns it and reads its queue (window-pump.ts).
import { Worker } from 'node:worker_threads';
import type { FunctionName } from '../../ws2_32/functions.js';
import { pointerSize } from '../../ws2_32/structs/layouts.js';
import type { HWND, MessageWindow, WNDPROC } from '../../ws2_32/types.js';
import type { Body, Library } from './library.js';
import { openUser32, type User32, WM_CLOSE } from './user32.js';
import { type PumpData, states, words } from './window-words.js';

const ERROR_INVALID_WINDOW_HANDLE = 1400;
/** A thread that starts on a busy machine may take its time; one that never says anything must not be waited for. */
const longestStart = 30_000;

class Window implements MessageWindow {
  readonly hwnd: HWND;
  readonly #worker: Worker;
  readonly #user32: User32;
  #open = true;

  constructor(user32: User32, wndProc: WNDPROC | null) {
    const shared = new Int32Array(new SharedArrayBuffer(4 * words.count));
    const url = new URL('./window-pump.js', import.meta.url);
    this.#user32 = user32;
    const workerData: PumpData = { shared, pointerSize: pointerSize() };
    this.#worker = new Worker(url, { workerData, execArgv: [] });
    Atomics.wait(shared, words.state, states.starting, longestStart);
    if (Atomics.load(shared, words.state) !== states.made) {
      void this.#worker.terminate();
      throw new Error('createMessageWindow: the window could not be made');
    }
    this.hwnd = shared[words.hwnd];
    this.#worker.on('message', ([message, wParam, lParam]: number[]) => {
      if (this.#open) wndProc?.(this.hwnd, message, wParam, lParam);
    });
  }

  /** The sent message goes past those that wait; the thread ends soon after its window. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#user32.SendMessageW(this.hwnd, WM_CLOSE, 0, 0);
    this.#worker.unref();
  }

  ref(): this {
    if (this.#open) this.#worker.ref();
    return this;
  }

  unref(): this {
    if (this.#open) this.#worker.unref();
    return this;
  }
}

export function windowBodies(library: Library): Partial<Record<FunctionName, Body>> {
  let opened: User32 | undefined;
  const user32 = () => (opened ??= openUser32(library.koffi));
  return {
    createMessageWindow: (wndProc: WNDPROC | null) => new Window(user32(), wndProc),
    // NULL is the calling thread's own queue in Windows, which nobody reads: here it is no window.
    PostMessage: (hwnd: HWND, message: number, wParam: number, lParam: number) => {
      if (hwnd === 0) return library.fail(ERROR_INVALID_WINDOW_HANDLE, 0);
      const posted = user32().PostMessageW(hwnd, message, wParam, lParam) as number;
      if (posted === 0) library.lastError = library.lastErrorOfCallback();
      return posted;
    },
  };
}
