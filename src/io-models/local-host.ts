import { WSADATA } from '../ws2_32/index.js';
import type { Winsock } from '../ws2_32/winsock.js';

/** The version that the legacy programs ask for: 2.2. */
export const WS_VERSION = 0x0202;

export interface LocalHost {
  /** What `gethostname` says; empty if it fails. */
  name: string;
  /** The first address that `gethostbyname` gives for that name; empty if there is none. */
  ip: string;
}

/** `WSAStartup(0x0202)`: 0, or the code of what went wrong (returned, not left as the last error, as in C). */
export function startWinsock(ws: Winsock): number {
  return ws.WSAStartup(WS_VERSION, new WSADATA());
}

/** `gethostname`, then `gethostbyname` of that name, as the server and the UDP responder call them. */
export function localHost(ws: Winsock): LocalHost {
  const buffer = Buffer.alloc(250);
  const failed = ws.gethostname(buffer, buffer.length) !== 0;
  const name = failed ? '' : buffer.toString('utf8', 0, buffer.indexOf(0));
  const address = ws.gethostbyname(name)?.h_addr_list[0];
  const ip = address === undefined ? '' : (ws.inet_ntoa(Buffer.from(address).readUInt32LE(0)) ?? '');
  return { name, ip };
}
