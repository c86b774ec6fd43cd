import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import type { Call } from './call.js';
import type { Poll } from './poll.js';
import type { CallRecord } from './record.js';
import type { Screen } from './screen.js';

/** What the server lends to the part of it that serves the accepted calls. */
export interface Host {
  readonly ws: Winsock;
  readonly poll: Poll;
  readonly screen: Screen;
  /** Whether a call may block the thread; if not, it has to wait with `selectAsync`. */
  readonly blocking: boolean;
  /** Whether the server is on: false once Stop was pressed. */
  on(): boolean;
  keep(record: CallRecord): void;
  /** Tells which socket a blocking `recv` is about to sit in, and 0 when it no longer does. */
  serving(s: SOCKET): void;
}

/**
 * How accepted calls are served: the one thing in which the server's modes differ. The loop polls and accepts,
 * the service does the rest.
 */
export interface Service {
  /** Whether the listening socket is non-blocking, so that one turn of the loop accepts all who wait. */
  readonly acceptsAll: boolean;
  /** A client was accepted. */
  accepted(call: Call): void | Promise<void>;
  /** `select` says that these sockets, which the service added to the poll, can be read. */
  readable(sockets: readonly SOCKET[]): void;
  /** A socket in the poll is none any more: drops those that are gone, and says whether there were any. */
  dropClosed(): boolean;
  /** The server stops: what is still open ends here. */
  end(): void | Promise<void>;
}

/** What an unfinished call is told when the server stops. */
export const STOPPED = 'the server was stopped';
