// The thread of a message window: it owns the window and takes the messages off its queue, and posts each one to the
// thread that made the window. Nothing is dispatched, so the window's procedure is the system's and sees only what is
// sent: WM_CLOSE, for which it destroys the window.
//
// GetMessage blocks natively, and a thread that never comes back would hold the exit of the process: a timer's
// message wakes it, and JavaScript may then be ended between two calls.
//
// It loads as little as it can: a program waits for it when it makes a window.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { slice } from './deadline.js';
import type { Koffi } from './library.js';
import { HWND_MESSAGE, openUser32, type User32 } from './user32.js';
import { type PumpData, states, words } from './window-words.js';

const { shared, pointerSize } = workerData as PumpData;

/** MSG: hwnd, message, wParam, lParam, each where a pointer may be; then time and point. */
const sizeOfMSG = 48;

function run(): void {
  const user32 = openUser32(createRequire(import.meta.url)('koffi') as Koffi);
  const place = [0, 0, 0, 0];
  const hwnd = user32.CreateWindowExW(0, 'STATIC', '', 0, ...place, HWND_MESSAGE, 0, 0, null) as number;
  if (hwnd !== 0) user32.SetTimer(0, 0, slice, null);
  tell(hwnd === 0 ? states.failed : states.made, hwnd);
  if (hwnd !== 0) pump(user32, hwnd);
}

function tell(state: number, hwnd: number): void {
  shared[words.hwnd] = hwnd;
  Atomics.store(shared, words.state, state);
  Atomics.notify(shared, words.state);
}

function pump(user32: User32, hwnd: number): void {
  const bytes = new Uint8Array(sizeOfMSG);
  const read = reader(bytes);
  for (;;) {
    user32.GetMessageW(bytes, 0, 0, 0);
    const { window, message, wParam, lParam } = read();
    if (window === hwnd) parentPort!.postMessage([message, wParam, lParam]);
    else if (user32.IsWindow(hwnd) === 0) return;
  }
}

/** Reads a MSG: handles and lParam as signed numbers, wParam as an unsigned one. */
function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer);
  const size = pointerSize;
  const signed = (at: number) => (size === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true));
  const unsigned = (at: number) =>
    size === 8 ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true);
  return () => ({
    window: signed(0),
    message: view.getUint32(size, true),
    wParam: unsigned(2 * size),
    lParam: signed(3 * size),
  });
}

try {
  run();
} catch (error) {
  tell(states.failed, 0);
  throw error;
}
