import { AF_INET } from '../ws2_32/index.js';
import type { Winsock } from '../ws2_32/winsock.js';

/** The bytes of a sockaddr_in: family, port and address 2 + 2 + 4 bytes, then 8 zero bytes. */
export const SOCKADDR_IN_SIZE = 16;

export interface Endpoint {
  ip: string;
  port: number;
}

/**
 * The 16-byte sockaddr_in of `ip` and `port`, built as the legacy programs build it: family in the machine's byte
 * order, port from `htons`, address from `inet_addr`. What is no address becomes INADDR_NONE, as in C.
 */
export function encodeAddress(ws: Winsock, ip: string, port: number): Buffer {
  const name = Buffer.alloc(SOCKADDR_IN_SIZE);
  name.writeUInt16LE(AF_INET, 0);
  name.writeUInt16LE(ws.htons(port), 2);
  name.writeUInt32LE(ws.inet_addr(ip), 4);
  return name;
}

/** The IP and port that `accept`, `recvfrom` or `getsockname` left in an address buffer. */
export function decodeAddress(ws: Winsock, name: Buffer): Endpoint {
  return { ip: ws.inet_ntoa(name.readUInt32LE(4)) ?? '', port: name.readUInt16BE(2) };
}

/** The port that Windows chose for a socket that was bound to port 0; 0 if it cannot be told. */
export function boundPort(ws: Winsock, s: number): number {
  const name = Buffer.alloc(64);
  return ws.getsockname(s, name, Int32Array.of(name.length)) === 0 ? decodeAddress(ws, name).port : 0;
}
