import { SOCKET_ERROR, WinsockError, WSAEWOULDBLOCK } from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';

/** What one `send` is given at most: more is no faster, and much less is a call for every few bytes. */
const PACKET_SIZE = 0x40000;

/**
 * Sends a file, or anything that comes in pieces, from FD_WRITE to FD_WRITE: each time until WSAEWOULDBLOCK.
 *
 * FD_WRITE is told once when the connection is there, and then only when room comes back after a `send` was
 * refused. Whoever stops before that waits for ever. A refused `send` has taken nothing: the same bytes are offered
 * again at the next FD_WRITE; of a short one only the rest. The next piece is asked for when the last is sent whole.
 */
export class AsyncFileSender {
  /** Bytes that `send` has taken. */
  sent = 0;
  /** Whether it has taken all of them. */
  done = false;
  readonly #ws: Winsock;
  readonly #pieces: Iterator<Uint8Array>;
  readonly #onProgress: ((sent: number) => void) | undefined;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(ws: Winsock, pieces: Iterable<Uint8Array>, onProgress?: (sent: number) => void) {
    this.#ws = ws;
    this.#pieces = pieces[Symbol.iterator]();
    this.#onProgress = onProgress;
  }

  /**
   * FD_WRITE: sends until there is no more room, or nothing more to send.
   *
   * @returns whether everything is sent; if not, the next FD_WRITE is to come
   * @throws WinsockError of `send`, and whatever the pieces throw
   */
  write(s: SOCKET): boolean {
    while (this.#fill()) {
      const packet = this.#piece.subarray(0, PACKET_SIZE);
      const n = this.#ws.send(s, packet, packet.length, 0);
      if (n === SOCKET_ERROR) {
        const code = this.#ws.WSAGetLastError();
        if (code === WSAEWOULDBLOCK) return false;
        throw new WinsockError(code, 'send');
      }
      this.#piece = this.#piece.subarray(n);
      this.sent += n;
      this.#onProgress?.(this.sent);
    }
    return true;
  }

  /** Lets go of where the pieces come from, if that is wanted no more. */
  close(): void {
    if (!this.done) this.#pieces.return?.();
    this.done = true;
  }

  /** Has bytes to send ready, if there are any. */
  #fill(): boolean {
    while (!this.done && this.#piece.length === 0) {
      const next = this.#pieces.next();
      if (next.done) this.done = true;
      else this.#piece = next.value;
    }
    return !this.done;
  }
}
