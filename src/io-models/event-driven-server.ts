import {
  AF_INET,
  INVALID_SOCKET,
  IPPROTO_TCP,
  SOCK_STREAM,
  SOMAXCONN,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { boundPort, decodeAddress, encodeAddress } from './address.js';
import { acceptedText, type Call, finish, newCall, READ_SIZE, receive } from './call.js';
import { closeReason } from './close-reason.js';
import { errorText } from './error-text.js';
import { localHost, startWinsock } from './local-host.js';
import type { CallRecord } from './record.js';
import { blankScreen, type Screen } from './screen.js';
import { DEFAULT_PORT, type ServerOptions, type ServerStatus } from './select-polling-server.js';
import { STOPPED } from './service.js';

/** The options of the servers that Winsock tells what happens: those of the polling one that concern them. */
export type AsyncServerOptions = Pick<
  ServerOptions,
  'port' | 'host' | 'calls' | 'screen' | 'onStatus' | 'onMessage' | 'onRecord'
>;

interface OpenCall {
  readonly call: Call;
  dots: string;
}

/**
 * A server that Winsock tells what happens: what AsyncServer (window messages) and EventServer (event objects) have
 * in common, that is everything but the way in which they are told.
 *
 * It keeps a record of every call as the polling server does, serves all clients at once, and nothing in it waits.
 */
export abstract class EventDrivenServer {
  localName = '';
  localIP = '';
  port: number;
  listeningSocket: SOCKET = 0;
  serverOn = false;
  protected readonly ws: Winsock;
  protected readonly screen: Screen;
  readonly #options: AsyncServerOptions;
  readonly #buffer = Buffer.alloc(READ_SIZE);
  readonly #open = new Map<SOCKET, OpenCall>();
  #status: ServerStatus = 'Stopped';
  #started = false;
  #records = 0;
  #stopped: () => void = () => undefined;
  #watching: void | Promise<void> = undefined;

  constructor(ws: Winsock, options: AsyncServerOptions = {}) {
    this.ws = ws;
    this.#options = options;
    this.screen = options.screen ?? blankScreen;
    this.port = options.port ?? DEFAULT_PORT;
  }

  get status(): ServerStatus {
    return this.#status;
  }

  /** The address that the server binds to: the one asked for, else the local IP. */
  get host(): string {
    return this.#options.host ?? (this.localIP || '127.0.0.1');
  }

  /** Has the listening socket's events told from now on. @returns false, with the last error set, if it cannot */
  protected abstract watchListener(s: SOCKET): boolean;
  /** An accepted socket has inherited the listening one's events: takes it over, if there is anything to do. */
  protected abstract watchCall(s: SOCKET): void;
  /** A socket is about to be closed. */
  protected abstract unwatch(s: SOCKET): void;
  /** All sockets are closed: nothing more will be told. A promise if that takes until a wait has ended. */
  protected abstract endWatching(): void | Promise<void>;

  /** Starts Winsock 2.2, asks for the local name and IP. False, and a message, if it cannot. */
  init(): boolean {
    const code = startWinsock(this.ws);
    if (code !== 0) {
      this.#options.onMessage?.('Could not init Winsock library.     ', code);
      return false;
    }
    this.#started = true;
    ({ name: this.localName, ip: this.localIP } = localHost(this.ws));
    this.#setStatus('Stopped');
    return true;
  }

  /**
   * Listens, and serves until `stop`.
   *
   * @returns false, after a message, if the server could not be started; true once it has stopped
   */
  async start(): Promise<boolean> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    if (!this.#startServer()) {
      this.#stopServer();
      await this.#watching;
      return false;
    }
    await stopped;
    await this.#watching;
    return true;
  }

  /** Stops at once: closes the listening socket, and ends the calls that are open as incomplete. */
  stop(): void {
    if (this.serverOn) this.#stopServer();
  }

  /** Stops, and releases Winsock. */
  async close(): Promise<void> {
    this.stop();
    await this.#watching;
    if (this.#started) this.ws.WSACleanup();
    this.#started = false;
  }

  /** FD_ACCEPT: a connection is waiting. `accept` is what enables the next FD_ACCEPT. */
  protected accept(listener: SOCKET): void {
    const addr = Buffer.alloc(64);
    const s = this.ws.accept(listener, addr, Int32Array.of(addr.length));
    if (s === INVALID_SOCKET) {
      const code = this.ws.WSAGetLastError();
      // Whoever was waiting may have gone again: no failure.
      if (code !== WSAEWOULDBLOCK) this.screen.line(`>> ${errorText('accept', code)}`);
      return;
    }
    const { ip, port } = decodeAddress(this.ws, addr);
    this.#open.set(s, { call: newCall(s, ip, port), dots: '' });
    this.watchCall(s);
  }

  /**
   * FD_READ: one `recv`, which enables the next FD_READ; what it does not take is told of at once. What it brings
   * is a piece of the data, however the client sent it. If it fails, FD_CLOSE will say why.
   */
  protected read(s: SOCKET): void {
    const open = this.#open.get(s);
    if (open === undefined) return;
    // Somebody closed the socket: no FD_CLOSE will come.
    if (this.#receive(open) === 'over' && this.#lastError(open) === WSAENOTSOCK) this.#finish(open);
  }

  /** FD_CLOSE: the connection is over, for the reason that the error tells. It can come before all data is read. */
  protected closed(s: SOCKET, error: number): void {
    const open = this.#open.get(s);
    if (open === undefined) return;
    let outcome = this.#receive(open);
    while (outcome === 'data') outcome = this.#receive(open);
    // A message for an earlier socket that had the same number: this one is open.
    if (outcome === 'later' && error === 0) return;
    const reason = closeReason(error);
    if (reason !== undefined) open.call.error = reason;
    this.#finish(open);
  }

  #receive(open: OpenCall): 'data' | 'later' | 'over' {
    const outcome = receive(this.ws, open.call, this.#buffer, false);
    if (outcome === 'data') open.dots += '.';
    return outcome;
  }

  /** The code with which `recv` has just ended the call; 0 if the client did. */
  #lastError({ call }: OpenCall): number {
    return call.error === undefined ? 0 : this.ws.WSAGetLastError();
  }

  #finish({ call, dots }: OpenCall): void {
    this.#open.delete(call.socket);
    this.unwatch(call.socket);
    const say = (text: string) => this.screen.line(`${acceptedText(call)}${dots}${text}`);
    finish(this.ws, call, say, (record) => this.#keep(record));
  }

  #keep(record: CallRecord): void {
    this.#options.onRecord?.(record);
    if (++this.#records === this.#options.calls) this.stop();
  }

  #startServer(): boolean {
    const { ws } = this;
    this.#setStatus('Starting...');
    const s = ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s === INVALID_SOCKET) return this.#cannot('create a socket');
    this.listeningSocket = s;
    // Before anything else is done with the socket: from here on no call on it blocks.
    if (!this.watchListener(s)) return this.#cannot('make the socket asynchronous');
    const name = encodeAddress(ws, this.host, this.port);
    if (ws.bind(s, name, name.length) !== 0) return this.#cannot('bind a socket to the selected port');
    if (ws.listen(s, SOMAXCONN) !== 0) return this.#cannot('listen on the selected port');
    if (this.port === 0) this.port = boundPort(ws, s);
    this.serverOn = true;
    this.#setStatus('Running');
    return true;
  }

  #stopServer(): void {
    this.serverOn = false;
    for (const open of [...this.#open.values()]) {
      open.call.error = STOPPED;
      this.#finish(open);
    }
    if (this.listeningSocket !== 0) this.ws.closesocket(this.listeningSocket);
    this.listeningSocket = 0;
    this.#watching = this.endWatching();
    this.#setStatus('Stopped');
    this.#stopped();
  }

  #setStatus(status: ServerStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #cannot(what: string): false {
    const code = this.ws.WSAGetLastError();
    this.#options.onMessage?.(`Could not ${what}.     \rWinsock error code: ${code}`, code);
    return false;
  }
}
