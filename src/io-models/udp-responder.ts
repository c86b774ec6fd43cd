import {
  AF_INET,
  INVALID_SOCKET,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCKET_ERROR,
  WinsockError,
} from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { boundPort, decodeAddress, type Endpoint, encodeAddress } from './address.js';
import { localHost, startWinsock } from './local-host.js';
import { responderMessage } from './message.js';
import { blankScreen, type Screen } from './screen.js';

/** What `recvfrom` is given for data and for the sender's address. */
const DATA_SIZE = 0x1000;
const ADDRESS_SIZE = 64;

export interface Datagram extends Endpoint {
  data: Buffer;
}

export interface UdpOptions {
  /** The address to bind to; by default the local IP. */
  host?: string;
  screen?: Screen;
}

/**
 * What the UDP responder and its client have in common ("How to build UDP responder"): a datagram socket bound to
 * the local IP. The calls block without limit.
 */
export class UdpEndpoint {
  localName = '';
  localIP = '';
  /** The port that the socket is bound to; 0 before. */
  localPort = 0;
  protected readonly ws: Winsock;
  protected readonly screen: Screen;
  readonly #host: string | undefined;
  #socket: SOCKET = 0;
  #started = false;

  constructor(ws: Winsock, options: UdpOptions = {}) {
    this.ws = ws;
    this.screen = options.screen ?? blankScreen;
    this.#host = options.host;
  }

  /** Starts Winsock 2.2 and asks for the local name and IP. @throws WinsockError */
  init(): void {
    const code = startWinsock(this.ws);
    if (code !== 0) throw new WinsockError(code, 'WSAStartup');
    this.#started = true;
    ({ name: this.localName, ip: this.localIP } = localHost(this.ws));
  }

  /** The address that the socket is bound to. */
  get host(): string {
    return this.#host ?? (this.localIP || '127.0.0.1');
  }

  /** Closes the socket, if one is open, and releases Winsock. */
  close(): void {
    this.closeSocket();
    if (this.#started) this.ws.WSACleanup();
    this.#started = false;
  }

  /** Opens a datagram socket bound to the local IP and `port`; 0 lets Windows choose. @throws WinsockError */
  protected bind(port: number): void {
    const s = this.ws.socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (s === INVALID_SOCKET) throw this.#failed('socket');
    this.#socket = s;
    const name = encodeAddress(this.ws, this.host, port);
    if (this.ws.bind(s, name, name.length) !== 0) throw this.#failed('bind');
    this.localPort = port === 0 ? boundPort(this.ws, s) : port;
  }

  protected sendTo(data: Uint8Array, to: Endpoint): void {
    const name = encodeAddress(this.ws, to.ip, to.port);
    const n = this.ws.sendto(this.#socket, data, data.length, 0, name, name.length);
    if (n === SOCKET_ERROR) throw this.#failed('sendto');
  }

  /** Waits without limit for one datagram. @throws WinsockError; WSAEMSGSIZE for one of more than 4096 bytes */
  protected receiveFrom(): Datagram {
    const data = Buffer.alloc(DATA_SIZE);
    const from = Buffer.alloc(ADDRESS_SIZE);
    const n = this.ws.recvfrom(this.#socket, data, DATA_SIZE, 0, from, Int32Array.of(ADDRESS_SIZE));
    if (n === SOCKET_ERROR) throw this.#failed('recvfrom');
    return { ...decodeAddress(this.ws, from), data: data.subarray(0, n) };
  }

  protected closeSocket(): void {
    if (this.#socket !== 0) this.ws.closesocket(this.#socket);
    this.#socket = 0;
    this.localPort = 0;
  }

  #failed(syscall: string): WinsockError {
    return new WinsockError(this.ws.WSAGetLastError(), syscall);
  }
}

/** The responder: answers one datagram with `Responder: HOST # USER DATE TIME`. */
export class UdpServer extends UdpEndpoint {
  /**
   * Binds, waits without limit for a request, shows it and answers it.
   *
   * @param requests how many to answer; the original answers one
   * @returns the last request
   * @throws WinsockError
   */
  waitForRequest(port: number, requests = 1): Datagram {
    this.bind(port);
    try {
      this.screen.line(`Waiting for incoming requests on ${this.host}:${this.localPort}...`);
      let request = this.#answerOne();
      for (let answered = 1; answered < requests; answered++) request = this.#answerOne();
      return request;
    } finally {
      this.closeSocket();
    }
  }

  #answerOne(): Datagram {
    const request = this.receiveFrom();
    this.screen.line(`Request received from ${request.ip}:${request.port}`);
    this.screen.line(request.data.toString('utf8'));
    this.sendTo(Buffer.from(responderMessage(this.localName), 'utf8'), request);
    return request;
  }
}

/** The client: sends one request and shows the answer. */
export class UdpClient extends UdpEndpoint {
  /**
   * Binds `localPort`, sends `data`, waits without limit for the answer and shows it.
   *
   * @returns the answer
   * @throws WinsockError
   */
  sendRequest(localPort: number, data: string | Uint8Array, remoteIP: string, remotePort: number): Datagram {
    this.bind(localPort);
    try {
      this.sendTo(typeof data === 'string' ? Buffer.from(data, 'utf8') : data, {
        ip: remoteIP,
        port: remotePort,
      });
      const response = this.receiveFrom();
      this.screen.line(`Response received from ${response.ip}:${response.port}`);
      this.screen.line(response.data.toString('utf8'));
      return response;
    } finally {
      this.closeSocket();
    }
  }
}
