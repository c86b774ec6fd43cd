import {
  AF_INET,
  FIONBIO,
  INVALID_SOCKET,
  IPPROTO_TCP,
  SOCK_STREAM,
  SOCKET_ERROR,
  SOMAXCONN,
  WSAEINTR,
  WSAENOTSOCK,
  WSAEWOULDBLOCK,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { boundPort, decodeAddress, encodeAddress } from './address.js';
import { type Call, newCall } from './call.js';
import { doEvents } from './do-events.js';
import { errorText } from './error-text.js';
import { localHost, startWinsock } from './local-host.js';
import { Poll } from './poll.js';
import type { CallRecord } from './record.js';
import { blankScreen, type Screen } from './screen.js';
import { ServeMany } from './serve-many.js';
import { ServeOne } from './serve-one.js';
import { ServePool } from './serve-pool.js';
import type { Service } from './service.js';

/** The port in the original's text box. */
export const DEFAULT_PORT = 4096;

/** Clients that one turn of the concurrent loop accepts at most, before it looks at the others again. */
const ACCEPTS_A_TURN = 256;

export type ServerStatus = 'Stopped' | 'Starting...' | 'Running';
export type ServerMode = 'faithful' | 'concurrent' | 'pool';

/** The number of threads that the original's author had in mind. */
export const DEFAULT_THREADS = 10;

export interface ServerOptions {
  /** Default 4096. With 0 Windows chooses, and `port` is the chosen one once the server runs. */
  port?: number;
  /** The address to bind to; by default the local IP, as in the original. */
  host?: string;
  /**
   * `faithful` (default) serves one client at a time, as the original; `concurrent` all at once in this thread;
   * `pool` each in one of so many `threads`, and never blocks this one.
   */
  mode?: ServerMode;
  /** Threads of the pool: default 10. */
  threads?: number;
  /** False to poll with `selectAsync`: the event loop stays free. By default `select` blocks it, as in the original. */
  blocking?: boolean;
  /** Stops by itself after so many records; by default never, as the original. */
  calls?: number;
  /** What the original prints on FoxPro's screen. */
  screen?: Screen;
  /** The status label. */
  onStatus?: (status: ServerStatus) => void;
  /** The original's message box; `code` is the Winsock error, if there is one. */
  onMessage?: (text: string, code?: number) => void;
  /** The table that the original appends each call to. */
  onRecord?: (record: CallRecord) => void;
  /** Which socket a blocking `recv` is about to sit in, 0 when it no longer does: whoever closes it ends the wait. */
  onServing?: (s: SOCKET) => void;
}

/**
 * A server that polls its listening socket with `select`: the Visual FoxPro form "How to create non-blocking
 * Winsock server" of 2005, call by call.
 *
 * ```ts
 * const server = new SelectPollingServer(loadBinding(), { onRecord: (r) => console.log(r.ip, r.size) });
 * if (server.init()) await server.start();   // until stop()
 * await server.close();
 * ```
 *
 * The cycle: while the server is on, yield, poll, yield. One poll waits up to 2 seconds, and `stop` takes effect
 * at the next turn of the cycle: **stopping can take 2 to 3 seconds**, and in the faithful mode until the client
 * that is being served has finished. With `blocking: false` the event loop runs meanwhile; otherwise only while
 * the cycle yields.
 *
 * Differences from the original: a `recv` that fails ends the call (see `receive` in `call.ts`); and where the
 * original defines INVALID_SOCKET as 0, which no Winsock returns, this tests for C's value.
 */
export class SelectPollingServer {
  localName = '';
  localIP = '';
  port: number;
  listeningSocket: SOCKET = 0;
  serverOn = false;
  readonly #ws: Winsock;
  readonly #options: ServerOptions;
  readonly #screen: Screen;
  #status: ServerStatus = 'Stopped';
  #started = false;
  #records = 0;
  #cycle: Promise<void> | undefined;

  constructor(ws: Winsock, options: ServerOptions = {}) {
    this.#ws = ws;
    this.#options = options;
    this.#screen = options.screen ?? blankScreen;
    this.port = options.port ?? DEFAULT_PORT;
  }

  get status(): ServerStatus {
    return this.#status;
  }

  /** The pool's threads have to be heard while the loop polls. */
  get #blocking(): boolean {
    return this.#options.blocking !== false && this.#options.mode !== 'pool';
  }

  /** The address that the server binds to: the one asked for, else the local IP. */
  get host(): string {
    // A machine whose own name does not resolve, which Windows does not know, can still serve itself.
    return this.#options.host ?? (this.localIP || '127.0.0.1');
  }

  /** The form's Init: starts Winsock 2.2, asks for the local name and IP. False, and a message, if it cannot. */
  init(): boolean {
    const code = startWinsock(this.#ws);
    if (code !== 0) {
      this.#say('Could not init Winsock library.     ', code);
      return false;
    }
    this.#started = true;
    ({ name: this.localName, ip: this.localIP } = localHost(this.#ws));
    this.#stopServer();
    return true;
  }

  /**
   * The button Start: listens, and serves until `stop`.
   *
   * @returns false, after a message, if the server could not be started; true once it has stopped
   */
  async start(): Promise<boolean> {
    if (!this.#startServer()) {
      this.#stopServer();
      return false;
    }
    this.#cycle = this.#doCycle();
    await this.#cycle;
    return true;
  }

  /** The button Stop: the server stops at the next turn of its cycle. Can take 2 to 3 seconds. */
  stop(): void {
    this.serverOn = false;
  }

  /** The button Close: stops, waits for the cycle's end, and releases Winsock. */
  async close(): Promise<void> {
    this.serverOn = false;
    await doEvents();
    await this.#cycle;
    if (this.#started) this.#ws.WSACleanup();
    this.#started = false;
  }

  #startServer(): boolean {
    const ws = this.#ws;
    this.#setStatus('Starting...');
    const s = ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s === INVALID_SOCKET) return this.#cannot('create a socket');
    this.listeningSocket = s;
    const name = encodeAddress(ws, this.host, this.port);
    if (ws.bind(s, name, name.length) !== 0) return this.#cannot('bind a socket to the selected port');
    // The original does not look at listen's result; a server that says Running and hears nothing helps nobody.
    if (ws.listen(s, SOMAXCONN) !== 0) return this.#cannot('listen on the selected port');
    if (this.port === 0) this.port = boundPort(ws, s);
    this.#setStatus('Running');
    return true;
  }

  #stopServer(): void {
    this.#setStatus('Stopped');
    if (this.listeningSocket === 0) return;
    this.#ws.closesocket(this.listeningSocket);
    this.listeningSocket = 0;
  }

  async #doCycle(): Promise<void> {
    const poll = new Poll(this.#ws, this.listeningSocket);
    const service = this.#service(poll);
    if (service.acceptsAll) this.#ws.ioctlsocket(this.listeningSocket, FIONBIO, Uint32Array.of(1));
    this.serverOn = true;
    try {
      while (this.serverOn) {
        await doEvents();
        await this.#turn(poll, service);
        await doEvents();
      }
    } finally {
      await service.end();
      this.#stopServer();
    }
  }

  /** One turn of the cycle: poll, accept who waits, serve who has something to say. */
  async #turn(poll: Poll, service: Service): Promise<void> {
    const count = !this.#blocking ? await poll.selectAsync() : poll.select();
    if (count === SOCKET_ERROR) return this.#pollFailed(service);
    if (count === 0) return;
    const readable = poll.readable();
    if (readable.length === 0) return;
    if (readable.includes(this.listeningSocket)) await this.#acceptCalls(service);
    service.readable(readable);
    await doEvents();
  }

  async #acceptCalls(service: Service): Promise<void> {
    for (let i = 0; i < (service.acceptsAll ? ACCEPTS_A_TURN : 1); i++) {
      const call = this.#acceptCall(service);
      if (call === undefined) return;
      await service.accepted(call);
    }
  }

  #acceptCall(service: Service): Call | undefined {
    const addr = Buffer.alloc(64);
    const s = this.#ws.accept(this.listeningSocket, addr, Int32Array.of(addr.length));
    if (s !== INVALID_SOCKET) {
      const { ip, port } = decodeAddress(this.#ws, addr);
      return newCall(s, ip, port);
    }
    const code = this.#ws.WSAGetLastError();
    if (service.acceptsAll && code === WSAEWOULDBLOCK) return undefined;
    this.#screen.line(`>> ${errorText('accept', code)}`);
    return undefined;
  }

  /** A poll that fails would fail again at once: unless it was interrupted or a client's socket is at fault, stop. */
  #pollFailed(service: Service): void {
    const code = this.#ws.WSAGetLastError();
    if (code === WSAEINTR) return;
    if (code === WSAENOTSOCK && service.dropClosed()) return;
    this.#screen.line(`>> ${errorText('select', code)}`);
    this.serverOn = false;
  }

  #service(poll: Poll): Service {
    const { mode = 'faithful', threads = DEFAULT_THREADS, onServing } = this.#options;
    const host = {
      ws: this.#ws,
      poll,
      screen: this.#screen,
      blocking: this.#blocking,
      on: () => this.serverOn,
      keep: (record: CallRecord) => this.#keep(record),
      serving: (s: SOCKET) => onServing?.(s),
    };
    if (mode === 'pool') return new ServePool(host, threads);
    return mode === 'concurrent' ? new ServeMany(host) : new ServeOne(host);
  }

  #keep(record: CallRecord): void {
    this.#options.onRecord?.(record);
    if (++this.#records === this.#options.calls) this.serverOn = false;
  }

  #setStatus(status: ServerStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #cannot(what: string): false {
    const code = this.#ws.WSAGetLastError();
    this.#say(`Could not ${what}.     \rWinsock error code: ${code}`, code);
    return false;
  }

  #say(text: string, code: number): void {
    this.#options.onMessage?.(text, code);
  }
}
