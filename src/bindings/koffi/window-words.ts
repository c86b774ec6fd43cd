/** What a message window's maker hands to the window's thread. */
export interface PumpData {
  /** The words that both share: whether the window is made, and its handle. */
  readonly shared: Int32Array;
  readonly pointerSize: number;
}

export const words = { state: 0, hwnd: 1, count: 2 };
export const states = { starting: 0, made: 1, failed: 2 };
