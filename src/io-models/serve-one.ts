import { FD_SET, FIONBIO, fd_set, timeval } from '../ws2_32/index.js';
import { acceptedText, type Call, finish, READ_SIZE, receive } from './call.js';
import { POLL_MICROSECONDS, POLL_SECONDS } from './poll.js';
import { type Host, type Service, STOPPED } from './service.js';

/**
 * The original's way, mode `faithful`: one client at a time, from its first byte to its last. All others wait
 * meanwhile, and a client that stays silent holds the server up for as long as it likes.
 */
export class ServeOne implements Service {
  readonly acceptsAll = false;
  readonly #host: Host;
  readonly #buffer = Buffer.alloc(READ_SIZE);

  constructor(host: Host) {
    this.#host = host;
  }

  async accepted(call: Call): Promise<void> {
    const { ws, screen, keep, serving, blocking } = this.#host;
    screen.line(acceptedText(call));
    if (!blocking) ws.ioctlsocket(call.socket, FIONBIO, Uint32Array.of(1));
    serving(call.socket);
    for (;;) {
      const outcome = receive(ws, call, this.#buffer, blocking);
      if (outcome === 'over') break;
      if (outcome === 'data') screen.append('.');
      else if (!(await this.#wait(call))) break;
    }
    serving(0);
    finish(ws, call, (text) => screen.append(text), keep);
  }

  readable(): void {}
  dropClosed(): boolean {
    return false;
  }
  end(): void {}

  /** Waits for the client with the event loop free; false if Stop was pressed and the client was silent since. */
  async #wait(call: Call): Promise<boolean> {
    const read = new fd_set(1);
    FD_SET(call.socket, read);
    const timeout = new timeval(POLL_SECONDS, POLL_MICROSECONDS);
    const count = await this.#host.ws.selectAsync(0, read, null, null, timeout);
    if (count !== 0 || this.#host.on()) return true;
    call.error = STOPPED;
    return false;
  }
}
