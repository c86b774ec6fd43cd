/** The words that a message window's maker and its thread share: whether the window is made, and its handle. */
export const words = { state: 0, hwnd: 1, count: 2 };
export const states = { starting: 0, made: 1, failed: 2 };
