// The windows that messages are posted to.
import { type FunctionTable, page } from './table.js';

export const windows = {
  createMessageWindow: {
    header: 'winsock',
    returns: 'MessageWindow',
    params: [{ name: 'wndProc', type: 'WNDPROC', shape: 'WNDPROC' }],
    does: 'Makes a window that only receives messages. `wndProc(hwnd, message, wParam, lParam)` is called on the event loop of the thread that made it, once for each message, in order; what it returns is ignored. The window keeps the event loop alive until `close()`, or `unref()`.',
    errors: [],
    source: 'https://learn.microsoft.com/windows/win32/winmsg/window-features',
    stage: 'events',
    ours: true,
  },
  PostMessage: {
    header: 'winuser.h',
    returns: 'BOOL',
    params: [
      { name: 'hWnd', type: 'HWND' },
      { name: 'Msg', type: 'UINT' },
      { name: 'wParam', type: 'WPARAM' },
      { name: 'lParam', type: 'LPARAM' },
    ],
    failure: 'FALSE',
    does: 'Posts a message to a window and returns at once: TRUE. Not a Winsock function: a window that is not there is FALSE.',
    errors: [],
    source: page('winuser', 'PostMessageW'),
    stage: 'events',
    ours: true,
  },
} as const satisfies FunctionTable;
