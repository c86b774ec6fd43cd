import { FD_CLR, FD_SET, FD_ZERO, fd_set, timeval } from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';

/** How long one `select` waits: 2 seconds and 1 microsecond, as in the original. */
export const POLL_SECONDS = 2;
export const POLL_MICROSECONDS = 1;

/**
 * The sets of one polling loop and the `select` over them.
 *
 * `select` overwrites its sets, so the sockets stand in a set of their own that is copied before each call: C's
 * idiom, and cheaper than FD_SET, which looks for duplicates, for every socket on every turn.
 */
export class Poll {
  readonly #ws: Winsock;
  readonly #listener: SOCKET;
  readonly #timeout = new timeval(POLL_SECONDS, POLL_MICROSECONDS);
  readonly #write = new fd_set();
  readonly #except = new fd_set();
  #watched = new fd_set();
  #read = new fd_set();

  constructor(ws: Winsock, listener: SOCKET) {
    this.#ws = ws;
    this.#listener = listener;
    this.add(listener);
  }

  /** Watches a socket for reading. The sets grow: more than FD_SETSIZE is no reason to drop one. */
  add(s: SOCKET): void {
    const { capacity, fd_count } = this.#watched;
    if (fd_count === capacity) {
      const wider = new fd_set(capacity * 2);
      wider.set(this.#watched);
      this.#watched = wider;
      this.#read = new fd_set(capacity * 2);
    }
    FD_SET(s, this.#watched);
  }

  remove(s: SOCKET): void {
    FD_CLR(s, this.#watched);
  }

  /**
   * One `select(0, read, write, except, timeout)`. All three sets hold the listening socket, as in the original;
   * the accepted ones are watched for reading alone, since they are nearly always ready to write.
   *
   * @returns the count, or SOCKET_ERROR with the last error set
   */
  select(): number {
    this.#fill();
    return this.#ws.select(0, this.#read, this.#write, this.#except, this.#timeout);
  }

  /** The same without blocking the event loop. */
  selectAsync(): Promise<number> {
    this.#fill();
    return this.#ws.selectAsync(0, this.#read, this.#write, this.#except, this.#timeout);
  }

  /** The sockets that the last `select` left in the read set. */
  readable(): SOCKET[] {
    return this.#read.fd_array;
  }

  #fill(): void {
    this.#read.set(this.#watched);
    for (const set of [this.#write, this.#except]) {
      FD_ZERO(set);
      FD_SET(this.#listener, set);
    }
  }
}
