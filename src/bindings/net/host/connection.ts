import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { FD_CLOSE, FD_CONNECT, FD_READ, FD_WRITE } from '../../../ws2_32/constants/events.js';
import { addressFrom, encodeAddress, storeAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { publish, publishToSocket } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { indicate } from '../arena/notices.js';
import { advance, append, commit, contiguous, length, reserve } from '../arena/queue.js';
import { receiveLimit, sendLimit } from '../rules/limits.js';
import { closeError } from '../rules/network-events.js';
import { wsaCode } from './errors.js';
import { localName, peerName, type TcpHandle } from './handles.js';

/** Sockets read into these bytes; what comes is copied into the socket's queue before the next read. */
const scratch = Buffer.allocUnsafeSlow(262_144);
/** After a read of so much more is likely to follow: the next one goes straight into the queue. */
const BULK_BYTES = 32_768;
/** What a queue sets aside for such a read: a segment's payload. */
const RESERVED_BYTES = 262_128;
/** After closesocket the peer has this long to close too before the system takes the connection over. */
const LINGER_MS = 1_000;
const RETRY_MS = 10;
/** With this much unread a reader is woken at once. */
const PROMPT_BYTES = 262_144;

function handleOf(socket: Socket): TcpHandle | null {
  return (socket as unknown as { _handle: TcpHandle | null })._handle;
}

/** Every way in which Node closes a socket leads through `_destroy`: there callers lose the descriptor first. */
class ConnectionSocket extends Socket {
  private readonly owner: Connection;

  constructor(owner: Connection, options: object) {
    super(options as never);
    this.owner = owner;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.owner.withdrawDescriptor();
    super._destroy(error, done);
  }
}

const dirty = new Set<number>();

/** `publish` once the event loop has gone through what it has: a waking costs more than the bytes it is for. */
function publishSoon(arena: Arena, base: number): void {
  if (dirty.size === 0) setImmediate(() => publishDirty(arena));
  dirty.add(base);
}

function publishDirty(arena: Arena): void {
  for (const base of dirty) publish(arena, base);
  dirty.clear();
}

/** A TCP connection: moves bytes between a Node socket and the arena, and its state into the table. */
export class Connection {
  readonly socket: Socket;
  private readonly arena: Arena;
  private readonly base: number;
  private readonly outgoing: boolean;
  private writing = 0;
  private ending = false;
  /** Called when the connection is over, once closesocket has been. */
  private closed: (() => void) | undefined;
  private gone = false;
  /** Read while the arena was exhausted. */
  private backlog: Buffer | undefined;
  /** The queue's own memory, while the next read goes there. */
  private reserved: Uint8Array | undefined;
  private lastRead = 0;

  constructor(arena: Arena, base: number, handle?: TcpHandle, connected = false) {
    this.arena = arena;
    this.base = base;
    this.outgoing = !connected;
    const socket = new ConnectionSocket(this, {
      ...(handle && { handle }),
      ...(handle && !connected && { manualStart: true }),
      allowHalfOpen: true,
      onread: { buffer: () => this.whereToRead(), callback: (count: number) => this.received(count) },
    });
    this.socket = socket;
    socket.on('error', (error) => this.failed(error));
    socket.on('end', () => this.ended());
    socket.on('close', () => this.over());
  }

  private get control(): Int32Array {
    return this.arena.control;
  }

  /** The connection is there: its names, then its state. */
  established(): void {
    const { control, base } = this;
    this.storeName(L.S_LOCAL, 'local');
    this.storeName(L.S_PEER, 'peer');
    // A host that is terminated cannot withdraw it.
    if (control[L.HOST_LASTS] !== 0) Atomics.store(control, base + L.S_DESCRIPTOR, this.descriptor() + 1);
    control[base + L.S_CONNECTED_AT] = Math.floor(Date.now() / 1000);
    Atomics.store(control, base + L.S_STATE, L.STATE_CONNECTED);
    if (this.outgoing) indicate(this.arena, base, FD_CONNECT);
    indicate(this.arena, base, FD_WRITE);
  }

  /** -1 where the system has none, and when it is closed. */
  private descriptor(): number {
    return handleOf(this.socket)?.fd ?? -1;
  }

  /** From here on no caller writes to the descriptor: it may be closed, and its number be another file's. */
  withdrawDescriptor(): void {
    const { control, base } = this;
    if (Atomics.load(control, base + L.S_DESCRIPTOR) === 0) return;
    acquire(control, base + L.S_WLOCK);
    Atomics.store(control, base + L.S_DESCRIPTOR, 0);
    release(control, base + L.S_WLOCK);
  }

  storeName(word: number, side: 'local' | 'peer'): void {
    const handle = handleOf(this.socket);
    if (handle === null) return;
    const name = side === 'local' ? localName(handle) : peerName(handle);
    if (name === undefined || name.port === undefined) return;
    const family = this.control[this.base + L.S_FAMILY];
    storeAddress(this.control, this.base + word, encodeAddress(addressFrom(name.address, name.port, family)));
  }

  /** Asked before every read. */
  private whereToRead(): Uint8Array {
    // A read that filled what was left of a segment may have been short for that reason.
    const bulk = this.lastRead >= Math.min(BULK_BYTES, this.reserved?.length ?? BULK_BYTES);
    const direct = bulk && this.closed === undefined && this.backlog === undefined;
    this.reserved = direct ? reserve(this.arena, this.base + L.S_RECEIVE_QUEUE, RESERVED_BYTES) : undefined;
    return this.reserved ?? scratch;
  }

  /** `false` stops the reading. */
  private received(count: number): boolean {
    const { arena, base, control } = this;
    if (this.closed !== undefined) return true;
    this.lastRead = count;
    const queue = base + L.S_RECEIVE_QUEUE;
    // Told under the lock under which it is taken: told later, it might be taken, and answered, before it is told.
    acquire(control, base + L.S_RLOCK);
    const queued = this.enqueue(queue, count);
    if (queued) indicate(arena, base, FD_READ);
    release(control, base + L.S_RLOCK);
    if (!queued) {
      this.backlog = Buffer.from(scratch.subarray(0, count));
      setTimeout(() => this.resume(), RETRY_MS);
      return false;
    }
    if (length(arena, queue) >= receiveLimit(control, base)) {
      Atomics.or(control, base + L.S_FACTS, L.FACT_PAUSED);
      publish(arena, base);
      // A reader that drained the queue before it could see the flag will not ask us to go on.
      return length(arena, queue) < receiveLimit(control, base) / 2 && this.unpause();
    }
    // The reads of one turn of the event loop are told together, unless the reader can get far behind.
    if (length(arena, queue) < PROMPT_BYTES) publishSoon(arena, base);
    else publish(arena, base);
    return true;
  }

  private enqueue(queue: number, count: number): boolean {
    if (this.reserved === undefined) return append(this.arena, queue, [scratch.subarray(0, count)], count);
    commit(this.arena, queue, count);
    return true;
  }

  private unpause(): boolean {
    Atomics.and(this.control, this.base + L.S_FACTS, ~L.FACT_PAUSED);
    return true;
  }

  /** The reader has made room. After closesocket the slot may be another socket's. */
  resume(): void {
    if (this.closed !== undefined) return;
    if (this.backlog !== undefined) {
      const { arena, base, control, backlog } = this;
      acquire(control, base + L.S_RLOCK);
      const queued = append(arena, base + L.S_RECEIVE_QUEUE, [backlog], backlog.length);
      if (queued) indicate(arena, base, FD_READ);
      release(control, base + L.S_RLOCK);
      if (!queued) {
        setTimeout(() => this.resume(), RETRY_MS);
        return;
      }
      this.backlog = undefined;
      publish(arena, base);
    }
    this.unpause();
    this.socket.resume();
  }

  private ended(): void {
    const { control, base } = this;
    const fact = this.wasReset() ? L.FACT_RESET : L.FACT_END;
    const before = Atomics.or(control, base + L.S_FACTS, fact);
    // A caller that met the reset in a send of its own has told of it.
    if ((before & L.FACT_RESET) === 0) indicate(this.arena, base, FD_CLOSE, closeError(control, base));
    publish(this.arena, this.base);
    if (this.closed !== undefined && this.ending && this.writing === 0) this.socket.destroy();
  }

  /** libuv reports data and a reset that it finds together as data and an end; one more read tells which it was. */
  private wasReset(): boolean {
    const descriptor = this.descriptor();
    if (descriptor < 0) return false;
    try {
      readSync(descriptor, scratch, 0, 1, null);
      // A sender that met the reset has taken the error; the peer's name is lost all the same.
      const handle = handleOf(this.socket);
      return !this.ending && handle !== null && peerName(handle) === undefined;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ECONNRESET';
    }
  }

  private failed(error: NodeJS.ErrnoException): void {
    const { control, base } = this;
    if (Atomics.load(control, base + L.S_STATE) === L.STATE_CONNECTING) {
      const code = wsaCode(error);
      control[base + L.S_CONNECT_ERROR] = code;
      Atomics.store(control, base + L.S_ERROR, code);
      Atomics.or(control, base + L.S_FACTS, L.FACT_CONNECT_FAILED);
      Atomics.store(
        control,
        base + L.S_STATE,
        control[base + L.S_LOCAL] === 0 ? L.STATE_OPEN : L.STATE_BOUND,
      );
      indicate(this.arena, base, FD_CONNECT, code);
    } else {
      const fact = error.code === 'ETIMEDOUT' ? L.FACT_ABORTED : L.FACT_RESET;
      const ended = (Atomics.or(control, base + L.S_FACTS, fact) & L.FACT_END) !== 0;
      if (!ended) indicate(this.arena, base, FD_CLOSE, closeError(control, base));
    }
    publish(this.arena, base);
  }

  /** Sends what callers queued, a run of bytes at a time, straight out of the arena. */
  pump(): void {
    if (this.writing !== 0 || this.gone || this.socket.connecting) return;
    const queue = this.base + L.S_SEND_QUEUE;
    const run = contiguous(this.arena, queue);
    if (run === undefined) {
      if (this.ending) this.socket.end();
      return;
    }
    this.writing = run.length;
    this.socket.write(run, (error) => this.written(error));
  }

  private written(error: Error | null | undefined): void {
    const { arena, base, writing } = this;
    this.writing = 0;
    const queue = base + L.S_SEND_QUEUE;
    const limit = sendLimit(this.control, base);
    advance(arena, queue, writing);
    if (error != null) return this.dropUnsent();
    // Counted after the advance: a sender that queued meanwhile is in it, one that comes later sees the room itself.
    const left = length(arena, queue);
    if (left < limit && Atomics.exchange(this.control, base + L.S_EVENT_SEND_BLOCKED, 0) !== 0) {
      indicate(arena, base, FD_WRITE);
    }
    if (left + writing >= limit) publish(arena, base);
    else if (left === 0) publishToSocket(arena, base);
    this.pump();
  }

  /** The connection is lost: what is queued can never be sent, and nobody must wait for it. */
  private dropUnsent(): void {
    const queue = this.base + L.S_SEND_QUEUE;
    if (this.writing === 0) advance(this.arena, queue, length(this.arena, queue));
    publish(this.arena, this.base);
  }

  /** FIN after everything that is queued. */
  shutdownSend(): void {
    this.ending = true;
    this.pump();
  }

  /** closesocket: delivers what was sent, then ends; `abort` resets instead. `done` runs when all is over. */
  close(abort: boolean, done: () => void): void {
    this.closed = done;
    if (this.gone) return done();
    if (abort) return this.reset();
    if (this.socket.connecting) {
      this.socket.destroy();
      return;
    }
    this.socket.once('finish', () => this.linger());
    this.shutdownSend();
    this.socket.resume();
    if (this.socket.writableFinished) this.linger();
  }

  /**
   * While a shutdown is under way libuv refuses a reset, and Node then never closes the handle, nor lets its thread
   * end. The shutdown is over in a moment: all was written before it began.
   */
  private reset(): void {
    const { socket } = this;
    if (socket.writableEnded && !socket.writableFinished)
      socket.once('finish', () => socket.resetAndDestroy());
    else socket.resetAndDestroy();
  }

  /** All is sent. Data of the peer that nobody reads would turn our FIN into a reset: so it is read for a while. */
  private linger(): void {
    if ((Atomics.load(this.control, this.base + L.S_FACTS) & L.FACT_END) !== 0) this.socket.destroy();
    else setTimeout(() => this.socket.destroy(), LINGER_MS);
  }

  private over(): void {
    this.gone = true;
    this.dropUnsent();
    this.closed?.();
  }
}
