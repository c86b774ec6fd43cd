import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_STREAM,
} from '../../../ws2_32/constants.js';
import {
  WSAEAFNOSUPPORT,
  WSAEINVAL,
  WSAEPROTONOSUPPORT,
  WSAESOCKTNOSUPPORT,
} from '../../../ws2_32/errors/codes.js';

export interface SocketKind {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
}

/** What `socket(af, type, protocol)` makes, or the code with which it is refused (facts SOC-02 to SOC-18). */
export function socketKind(af: number, type: number, protocol: number): SocketKind | number {
  if (af === AF_UNSPEC && protocol === 0) return WSAEINVAL;
  if (type !== 0 && type !== SOCK_STREAM && type !== SOCK_DGRAM) return WSAESOCKTNOSUPPORT;
  if (af !== AF_UNSPEC && af !== AF_INET && af !== AF_INET6) return WSAEAFNOSUPPORT;
  if (protocol !== 0 && protocol !== IPPROTO_TCP && protocol !== IPPROTO_UDP) return WSAEPROTONOSUPPORT;
  const implied = protocol === IPPROTO_UDP ? SOCK_DGRAM : SOCK_STREAM;
  const family = af === AF_UNSPEC ? AF_INET : af;
  if (type === 0)
    return { family, type: implied, protocol: implied === SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP };
  if (protocol !== 0 && type !== implied) return WSAEPROTONOSUPPORT;
  return { family, type, protocol: type === SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP };
}
