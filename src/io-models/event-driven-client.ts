import {
  AF_INET,
  INVALID_SOCKET,
  IPPROTO_TCP,
  SD_SEND,
  SOCK_STREAM,
  SOCKET_ERROR,
  WinsockError,
  WSAEDISCON,
  WSAEWOULDBLOCK,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { encodeAddress } from './address.js';
import { AsyncFileSender } from './async-file-sender.js';
import { READ_SIZE } from './call.js';
import type { ClientOptions } from './client.js';
import { localHost, startWinsock } from './local-host.js';
import { clientMessage } from './message.js';

export interface AsyncClientOptions extends ClientOptions {
  /** What the server sends back, in the pieces in which it comes; valid during the call. */
  onData?: (piece: Buffer) => void;
}

/** How the events of one socket are told, until `end`. */
export interface Watch {
  end(): void | Promise<void>;
}

/** One message on its way. */
interface Transmission {
  readonly socket: SOCKET;
  readonly sender: AsyncFileSender;
  /** With the error, or without one when the message is sent and the server has closed. */
  readonly end: (error?: Error) => void;
}

/**
 * A client that Winsock tells what happens: what AsyncClient (window messages) and EventClient (event objects) have
 * in common, that is everything but the way in which they are told. One message at a time.
 */
export abstract class EventDrivenClient {
  protected readonly ws: Winsock;
  readonly #options: AsyncClientOptions;
  readonly #buffer = Buffer.alloc(READ_SIZE);
  #transmission: Transmission | undefined;
  #running: Promise<unknown> | undefined;
  #started = false;

  constructor(ws: Winsock, options: AsyncClientOptions = {}) {
    this.ws = ws;
    this.#options = options;
  }

  /** Has the socket's FD_CONNECT, FD_READ, FD_WRITE and FD_CLOSE told. @throws WinsockError */
  protected abstract watch(s: SOCKET): Watch;

  /** Starts Winsock 2.2. @throws WinsockError */
  init(): void {
    const code = startWinsock(this.ws);
    if (code !== 0) throw new WinsockError(code, 'WSAStartup');
    this.#started = true;
  }

  /** Sends the four characters `test`. */
  test(): Promise<number> {
    return this.transmit(Buffer.from('test', 'latin1'));
  }

  /** Sends `HOST # USER, DATE TIME: text`, in UTF-8. */
  send(text: string): Promise<number> {
    return this.transmit(Buffer.from(clientMessage(localHost(this.ws).name, text), 'utf8'));
  }

  /**
   * Connects, sends bytes as one message, says that this is all, and waits until the server closes.
   *
   * @param message the bytes, or pieces of them, each of which is read when its turn comes
   * @returns the bytes sent
   * @throws WinsockError of `socket`, `connect` or `send`; of `FD_CLOSE` if the server broke the connection off;
   *   WSAEDISCON of `send` if it closed before everything was sent. The socket is closed by then
   */
  transmit(message: Uint8Array | Iterable<Uint8Array>): Promise<number> {
    if (this.#running !== undefined) return Promise.reject(new Error('a message is on its way already'));
    const running = this.#transmit(message instanceof Uint8Array ? [message] : message).finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  /** Gives the message up that is on its way, if there is one, and releases Winsock. */
  async close(): Promise<void> {
    this.#transmission?.end(new Error('the client was closed'));
    await this.#running?.catch(() => undefined);
    if (this.#started) this.ws.WSACleanup();
    this.#started = false;
  }

  async #transmit(pieces: Iterable<Uint8Array>): Promise<number> {
    const { ws } = this;
    this.#say('Connecting...');
    const s = ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s === INVALID_SOCKET) throw new WinsockError(ws.WSAGetLastError(), 'socket');
    const sender = new AsyncFileSender(ws, pieces, this.#options.onProgress);
    let watch: Watch | undefined;
    try {
      // Before anything else is done with the socket: from here on no call on it blocks.
      watch = this.watch(s);
      await this.#run(s, sender);
      return sender.sent;
    } finally {
      this.#transmission = undefined;
      sender.close();
      ws.closesocket(s);
      await watch?.end();
    }
  }

  #run(s: SOCKET, sender: AsyncFileSender): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => (error === undefined ? resolve() : reject(error));
      this.#transmission = { socket: s, sender, end };
      const { ip = '192.168.0.1', port = 4096 } = this.#options;
      const name = encodeAddress(this.ws, ip, port);
      if (this.ws.connect(s, name, name.length) === 0) return;
      const code = this.ws.WSAGetLastError();
      // The usual answer, and no error: FD_CONNECT will tell.
      if (code !== WSAEWOULDBLOCK) reject(new WinsockError(code, 'connect'));
    });
  }

  /** FD_CONNECT: the server has accepted, or the error says why not. */
  protected connected(s: SOCKET, error: number): void {
    const current = this.#current(s);
    if (error !== 0) current?.end(new WinsockError(error, 'connect'));
    else if (current !== undefined) this.#say('Sending...');
  }

  /** FD_READ: a piece of what the server sends back. `recv` enables the next FD_READ. */
  protected readable(s: SOCKET): void {
    if (this.#current(s) !== undefined) this.#receive(s);
  }

  /** FD_WRITE: sends until WSAEWOULDBLOCK. After the last byte this client says that it has no more to send. */
  protected writable(s: SOCKET): void {
    const current = this.#current(s);
    if (current === undefined || current.sender.done) return;
    try {
      if (!current.sender.write(s)) return;
    } catch (error) {
      this.#say(`Bytes sent: ${current.sender.sent}`);
      return current.end(error as Error);
    }
    this.#say(`Bytes sent: ${current.sender.sent}`);
    this.#say('Closing connection...');
    if (this.ws.shutdown(s, SD_SEND) === SOCKET_ERROR)
      current.end(new WinsockError(this.ws.WSAGetLastError(), 'shutdown'));
  }

  /** FD_CLOSE: the server has closed. What it sent before may be unread still. */
  protected closed(s: SOCKET, error: number): void {
    const current = this.#current(s);
    if (current === undefined) return;
    while (this.#receive(s) > 0);
    if (error !== 0) return current.end(new WinsockError(error, 'FD_CLOSE'));
    if (current.sender.done) return current.end();
    this.#say(`Bytes sent: ${current.sender.sent}`);
    current.end(new WinsockError(WSAEDISCON, 'send'));
  }

  /** Nothing will be told any more. */
  protected failed(error: Error): void {
    this.#transmission?.end(error);
  }

  /** What came for an earlier socket is nothing to the present one. */
  #current(s: SOCKET): Transmission | undefined {
    return this.#transmission?.socket === s ? this.#transmission : undefined;
  }

  #receive(s: SOCKET): number {
    const n = this.ws.recv(s, this.#buffer, READ_SIZE, 0);
    if (n > 0) this.#options.onData?.(this.#buffer.subarray(0, n));
    return n;
  }

  #say(text: string): void {
    this.#options.onStatus?.(text);
  }
}
