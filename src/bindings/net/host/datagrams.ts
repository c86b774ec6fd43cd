import dgram from 'node:dgram';
import { FD_READ } from '../../../ws2_32/constants/events.js';
import {
  type Address,
  AF_INET,
  addressFrom,
  decodeAddress,
  encodeAddress,
  hostText,
  isLoopback,
} from '../address.js';
import type { Arena } from '../arena/arena.js';
import { publish } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { indicate } from '../arena/notices.js';
import { advance, append, length, peek } from '../arena/queue.js';
import type { Claim } from '../rules/bind.js';
import { isFromPeer, RECORD_HEADER, readHeader, writeHeader } from '../rules/datagram.js';
import { receiveLimit } from '../rules/limits.js';
import { OPTION_NO_UDP_RESETS } from '../rules/options.js';
import { holds } from './claims.js';
import { Companion, MOST_COMPANIONS } from './companion.js';
import { wsaCode } from './errors.js';

function socketOptions({ address, v6only }: Claim, reuseAddr: boolean): dgram.SocketOptions {
  const v4 = address.family === AF_INET;
  return { type: v4 ? 'udp4' : 'udp6', reuseAddr, ipv6Only: !v4 && v6only };
}

/** A UDP socket: each datagram is a record in the arena's queues (see rules/datagram.ts). */
export class Datagrams {
  /** Once bound. */
  ready: dgram.Socket | undefined;
  private socket: dgram.Socket | undefined;
  private readonly arena: Arena;
  private readonly base: number;
  private readonly companions = new Map<string, Companion>();
  private opening = false;
  private closed: (() => void) | undefined;

  constructor(arena: Arena, base: number) {
    this.arena = arena;
    this.base = base;
  }

  /** `done` is not called when the socket is closed meanwhile. */
  bind(claim: Claim, done: (code: number, port: number) => void): void {
    this.opening = true;
    this.claim(claim, (code, port) => {
      this.opening = false;
      if (this.closed === undefined) done(code, port);
      else this.finish();
    });
  }

  private claim(claim: Claim, done: (code: number, port: number) => void): void {
    // Of two sockets on one port Windows wants no permission where Linux does; `claims.ts` has already decided, so
    // every socket here gives it. Against other processes a socket that gives none has to show that the port is free.
    if (process.platform === 'win32' || holds(claim.address.port))
      return this.open(claim, claim.address.port, done);
    const probe = dgram.createSocket(socketOptions(claim, false));
    probe.once('error', (error: NodeJS.ErrnoException) => {
      probe.close();
      done(wsaCode(error), 0);
    });
    probe.bind({ address: hostText(claim.address), port: claim.address.port, exclusive: true }, () => {
      const { port } = probe.address();
      probe.close(() => this.open(claim, port, done));
    });
  }

  private open(claim: Claim, port: number, done: (code: number, port: number) => void): void {
    const socket = dgram.createSocket(socketOptions(claim, process.platform !== 'win32' || claim.reuse));
    this.socket = socket;
    const refused = (error: NodeJS.ErrnoException): void => {
      socket.close();
      this.socket = undefined;
      done(wsaCode(error), 0);
    };
    socket.once('error', refused);
    socket.bind({ address: hostText(claim.address), port, exclusive: true }, () => {
      socket.off('error', refused);
      // What comes later (a reset, an unreachable host) belongs to no call: Windows has its own way to tell.
      socket.on('error', () => {});
      socket.on('message', (message, from) => this.received(message, from));
      this.ready = socket;
      done(0, socket.address().port);
    });
  }

  private received(message: Buffer, from: dgram.RemoteInfo): void {
    const { arena, base } = this;
    const queue = base + L.S_RECEIVE_QUEUE;
    if (length(arena, queue) >= receiveLimit(arena.control, base)) return;
    const family = arena.control[base + L.S_FAMILY];
    const sockaddr = encodeAddress(addressFrom(from.address, from.port, family));
    if (!isFromPeer(arena.control, base, sockaddr)) return;
    const header = writeHeader(message.length, sockaddr);
    // Told under the lock under which it is taken, so that it is never told after it was.
    acquire(arena.control, base + L.S_RLOCK);
    const queued = append(arena, queue, [header, message], RECORD_HEADER + message.length);
    if (queued) {
      Atomics.add(arena.control, queue + L.Q_MESSAGES, 1);
      indicate(arena, base, FD_READ);
    }
    release(arena.control, base + L.S_RLOCK);
    if (queued) publish(arena, base);
  }

  /** Sends what callers queued, one datagram after the other. */
  pump(): void {
    const { arena, base, ready } = this;
    if (ready === undefined) return;
    const queue = base + L.S_SEND_QUEUE;
    while (length(arena, queue) > 0) {
      const header = new Uint8Array(RECORD_HEADER);
      peek(arena, queue, header);
      const { size, sockaddr } = readHeader(header);
      const message = Buffer.allocUnsafe(size);
      peek(arena, queue, message, RECORD_HEADER);
      // Counted before it leaves the queue: the end of the process waits for both.
      Atomics.add(arena.control, base + L.S_SENDING, 1);
      advance(arena, queue, RECORD_HEADER + size);
      this.transmit(ready, message, decodeAddress(sockaddr));
    }
    publish(arena, base);
  }

  private transmit(ready: dgram.Socket, message: Buffer, to: Address): void {
    const sent = (error: Error | null): void => this.sent(error);
    const companion = this.companionFor(ready, to);
    if (companion !== undefined) companion.send(message, ready, sent);
    else ready.send(message, to.port, hostText(to), sent);
  }

  /** A connected socket for a destination on this machine, whose resets can be heard. */
  private companionFor(ready: dgram.Socket, to: Address): Companion | undefined {
    if (process.platform === 'win32' || !isLoopback(to.bytes)) return undefined;
    const key = `${hostText(to)}|${to.port}`;
    const known = this.companions.get(key);
    if (known !== undefined || this.companions.size >= MOST_COMPANIONS) return known;
    const made = new Companion(
      ready.address(),
      to,
      (message, from) => this.received(message, from),
      () => this.refused(),
    );
    this.companions.set(key, made);
    return made;
  }

  /** Nobody was there: the next receive says so, unless SIO_UDP_CONNRESET has switched that off. */
  private refused(): void {
    const { arena, base } = this;
    if (arena.control[base + L.S_OPTIONS + OPTION_NO_UDP_RESETS] !== 0) return;
    Atomics.add(arena.control, base + L.S_UDP_RESETS, 1);
    indicate(arena, base, FD_READ);
    publish(arena, base);
  }

  private sent(error: NodeJS.ErrnoException | null): void {
    if (error?.code === 'ECONNREFUSED') this.refused();
    const left = Atomics.sub(this.arena.control, this.base + L.S_SENDING, 1) - 1;
    if (left === 0 && this.closed !== undefined) this.finish();
  }

  /** closesocket: after the datagrams that are on their way. */
  close(done: () => void): void {
    this.closed = done;
    this.pump();
    const sending = Atomics.load(this.arena.control, this.base + L.S_SENDING);
    if (sending === 0 && !this.opening) this.finish();
  }

  private finish(): void {
    for (const companion of this.companions.values()) companion.close();
    this.companions.clear();
    if (this.socket === undefined) this.closed?.();
    else this.socket.close(() => this.closed?.());
    this.socket = undefined;
    this.ready = undefined;
  }
}
