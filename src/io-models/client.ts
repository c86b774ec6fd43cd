import {
  AF_INET,
  INVALID_SOCKET,
  IPPROTO_TCP,
  SD_BOTH,
  SOCK_STREAM,
  SOCKET_ERROR,
  WinsockError,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { encodeAddress } from './address.js';
import { localHost, startWinsock } from './local-host.js';
import { clientMessage } from './message.js';

export interface ClientOptions {
  /** Default 192.168.0.1, as in the original's form. */
  ip?: string;
  /** Default 4096. */
  port?: number;
  /** The label that follows what happens: `Connecting...`, `Sending...`, `Bytes sent: N`, `Closing connection...`. */
  onStatus?: (text: string) => void;
  /** Called after each `send` with the bytes sent so far. */
  onProgress?: (sent: number) => void;
}

/**
 * The client for testing the server: connects, sends one message, shuts down, closes.
 *
 * Its calls block. What `send` took is delivered, though `shutdown` and `closesocket` follow at once and the
 * process ends right after.
 */
export class WinsockClient {
  readonly #ws: Winsock;
  readonly #options: ClientOptions;
  #started = false;

  constructor(ws: Winsock, options: ClientOptions = {}) {
    this.#ws = ws;
    this.#options = options;
  }

  /** Starts Winsock 2.2, as the form does when it opens. @throws WinsockError */
  init(): void {
    const code = startWinsock(this.#ws);
    if (code !== 0) throw new WinsockError(code, 'WSAStartup');
    this.#started = true;
  }

  /** The button Test: sends the four characters `test`. */
  test(): number {
    return this.transmit(Buffer.from('test', 'latin1'));
  }

  /** The button Send: sends `HOST # USER, DATE TIME: text`, in UTF-8. */
  send(text: string): number {
    return this.transmit(Buffer.from(clientMessage(localHost(this.#ws).name, text), 'utf8'));
  }

  /**
   * The button Transmit: sends bytes as one message.
   *
   * @param message the bytes, or pieces of them, each of which is read when its turn comes
   * @returns the bytes sent
   * @throws WinsockError of `socket`, `connect` or `send`; the socket is closed by then
   */
  transmit(message: Uint8Array | Iterable<Uint8Array>): number {
    const say = this.#options.onStatus ?? (() => undefined);
    say('Connecting...');
    const s = this.#connect();
    try {
      say('Sending...');
      const sent = this.#sendAll(s, message instanceof Uint8Array ? [message] : message);
      say('Closing connection...');
      this.#ws.shutdown(s, SD_BOTH);
      return sent;
    } finally {
      this.#ws.closesocket(s);
    }
  }

  /** Releases Winsock, as the form does when it closes. */
  close(): void {
    if (this.#started) this.#ws.WSACleanup();
    this.#started = false;
  }

  #connect(): SOCKET {
    const ws = this.#ws;
    const { ip = '192.168.0.1', port = 4096 } = this.#options;
    const s = ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s === INVALID_SOCKET) throw new WinsockError(ws.WSAGetLastError(), 'socket');
    const name = encodeAddress(ws, ip, port);
    if (ws.connect(s, name, name.length) === 0) return s;
    const code = ws.WSAGetLastError();
    ws.closesocket(s);
    throw new WinsockError(code, 'connect');
  }

  #sendAll(s: SOCKET, pieces: Iterable<Uint8Array>): number {
    let total = 0;
    try {
      for (const piece of pieces) {
        // One send takes the whole message as a rule; a short one is continued where it ended.
        for (let at = 0; at < piece.length; ) {
          const n = this.#ws.send(s, piece.subarray(at), piece.length - at, 0);
          if (n === SOCKET_ERROR) throw new WinsockError(this.#ws.WSAGetLastError(), 'send');
          at += n;
          total += n;
          this.#options.onProgress?.(total);
        }
      }
    } finally {
      this.#options.onStatus?.(`Bytes sent: ${total}`);
    }
    return total;
  }
}
