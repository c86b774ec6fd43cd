import { FIONBIO, FIONREAD, WSAENOTSOCK } from '../ws2_32/index.js';
import type { SOCKET } from '../ws2_32/winsock.js';
import { acceptedText, type Call, finish, READ_SIZE, receive } from './call.js';
import { errorText } from './error-text.js';
import { type Host, type Service, STOPPED } from './service.js';

/** Chunks that one client may bring in one turn, so that a fast one does not hold up the others. */
const CHUNKS_A_TURN = 16;

interface OpenCall {
  readonly call: Call;
  dots: string;
}

/**
 * Mode `concurrent`: every accepted socket is non-blocking and polled with the listening one, so a silent client
 * holds up nobody. A call's line appears on the screen whole when the call is over: the dots of many calls would
 * mix in one line.
 */
export class ServeMany implements Service {
  readonly acceptsAll = true;
  readonly #host: Host;
  readonly #open = new Map<SOCKET, OpenCall>();
  readonly #buffer = Buffer.alloc(READ_SIZE);

  constructor(host: Host) {
    this.#host = host;
  }

  accepted(call: Call): void {
    this.#host.ws.ioctlsocket(call.socket, FIONBIO, Uint32Array.of(1));
    this.#host.poll.add(call.socket);
    this.#open.set(call.socket, { call, dots: '' });
  }

  readable(sockets: readonly SOCKET[]): void {
    for (const s of sockets) {
      const open = this.#open.get(s);
      if (open !== undefined && this.#read(open) === 'over') this.#finish(open);
    }
  }

  /** A socket that someone else closed makes every `select` fail: FIONREAD finds it. */
  dropClosed(): boolean {
    const { ws } = this.#host;
    const before = this.#open.size;
    for (const open of [...this.#open.values()]) {
      if (ws.ioctlsocket(open.call.socket, FIONREAD, new Uint32Array(1)) === 0) continue;
      if (ws.WSAGetLastError() !== WSAENOTSOCK) continue;
      open.call.error = errorText('select', WSAENOTSOCK);
      this.#finish(open);
    }
    return this.#open.size < before;
  }

  end(): void {
    for (const open of [...this.#open.values()]) {
      open.call.error = STOPPED;
      this.#finish(open);
    }
  }

  #read(open: OpenCall): 'data' | 'later' | 'over' {
    let outcome: 'data' | 'later' | 'over' = 'data';
    for (let i = 0; i < CHUNKS_A_TURN && outcome === 'data'; i++) {
      outcome = receive(this.#host.ws, open.call, this.#buffer, false);
      if (outcome === 'data') open.dots += '.';
    }
    return outcome;
  }

  #finish({ call, dots }: OpenCall): void {
    const { ws, poll, screen, keep } = this.#host;
    poll.remove(call.socket);
    this.#open.delete(call.socket);
    finish(ws, call, (text) => screen.line(`${acceptedText(call)}${dots}${text}`), keep);
  }
}
