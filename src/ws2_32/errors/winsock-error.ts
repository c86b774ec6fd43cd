import { causesOf, errorMessage, errorName } from './table.js';

/**
 * A Winsock error for idiomatic code, which throws or emits it. The calls themselves never do: they return
 * C's failure value and leave the code to WSAGetLastError.
 */
export class WinsockError extends Error {
  override readonly name = 'WinsockError';
  /** The code's name: `'WSAEADDRINUSE'`. */
  readonly code: string;
  /** The code: 10048. */
  readonly errno: number;
  /** The function that failed: `'bind'`. */
  readonly syscall: string;

  /**
   * @param errno what WSAGetLastError gave
   * @param syscall the function that failed
   * @param subject what it was done to, for the message: `'127.0.0.1:4096'`
   */
  constructor(errno: number, syscall: string, subject?: string) {
    const code = errorName(errno);
    const what = subject ? `${syscall} ${subject}` : syscall;
    const advice = causesOf(errno, syscall)[0]?.text;
    const message = `${what} failed with ${code} (${errno}): ${errorMessage(errno)}`;
    super(advice ? `${message} ${advice}` : message);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
  }
}
