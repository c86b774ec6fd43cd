import { errorName } from '../ws2_32/index.js';

/** A failed call for one line on the screen: `recv: WSAECONNRESET (10054)`. */
export function errorText(syscall: string, code: number): string {
  return `${syscall}: ${errorName(code)} (${code})`;
}
