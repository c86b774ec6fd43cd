import { WSAEAFNOSUPPORT, WSAEINVAL, WSAEPROTONOSUPPORT, WSAESOCKTNOSUPPORT } from '../codes.js';

const AF_UNSPEC = 0;
const AF_INET = 2;
const AF_INET6 = 23;
const STREAM = 1;
const DATAGRAM = 2;
const TCP = 6;
const UDP = 17;

export interface SocketKind {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
}

/** What `socket(af, type, protocol)` makes, or the code with which it is refused (facts SOC-02 to SOC-18). */
export function socketKind(af: number, type: number, protocol: number): SocketKind | number {
  if (af === AF_UNSPEC && protocol === 0) return WSAEINVAL;
  if (type !== 0 && type !== STREAM && type !== DATAGRAM) return WSAESOCKTNOSUPPORT;
  if (af !== AF_UNSPEC && af !== AF_INET && af !== AF_INET6) return WSAEAFNOSUPPORT;
  if (protocol !== 0 && protocol !== TCP && protocol !== UDP) return WSAEPROTONOSUPPORT;
  const implied = protocol === UDP ? DATAGRAM : STREAM;
  const family = af === AF_UNSPEC ? AF_INET : af;
  if (type === 0) return { family, type: implied, protocol: implied === STREAM ? TCP : UDP };
  if (protocol !== 0 && type !== implied) return WSAEPROTONOSUPPORT;
  return { family, type, protocol: type === STREAM ? TCP : UDP };
}
