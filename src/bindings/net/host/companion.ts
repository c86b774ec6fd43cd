import dgram from 'node:dgram';
import { type Address, AF_INET, hostText } from '../address.js';

/** More destinations than this are served without word of their resets. */
export const MOST_COMPANIONS = 64;

/**
 * A second socket on the port of a UDP socket, connected to one destination: the kernel tells a connected socket
 * when nobody is at the other end, which Windows tells an unconnected one too (WSAECONNRESET). What that peer
 * sends comes in here as well.
 */
export class Companion {
  private readonly socket: dgram.Socket;
  private readonly to: Address;
  private connected = false;
  private broken = false;
  private waiting: (() => void)[] = [];

  constructor(
    local: { address: string; port: number },
    to: Address,
    received: (message: Buffer, from: dgram.RemoteInfo) => void,
    refused: () => void,
  ) {
    this.to = to;
    this.socket = dgram.createSocket({ type: to.family === AF_INET ? 'udp4' : 'udp6', reuseAddr: true });
    this.socket.on('message', received);
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') refused();
      else if (!this.connected) this.proceed(true);
    });
    this.socket.bind({ address: local.address, port: local.port, exclusive: true }, () => {
      this.socket.connect(to.port, hostText(to), () => this.proceed(false));
    });
  }

  private proceed(broken: boolean): void {
    this.connected = !broken;
    this.broken = broken;
    for (const go of this.waiting.splice(0)) go();
  }

  /** Sends, through `other` when this one could not be had. */
  send(message: Buffer, other: dgram.Socket, done: (error: Error | null) => void): void {
    if (this.connected) this.socket.send(message, done);
    else if (this.broken) other.send(message, this.to.port, hostText(this.to), done);
    else this.waiting.push(() => this.send(message, other, done));
  }

  close(): void {
    this.socket.close();
  }
}
