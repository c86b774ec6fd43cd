import * as ws from '../../../ws2_32/constants.js';

/**
 * Socket options: where each is kept, its default, and how Windows treats lengths (facts OPT-18 to OPT-39). What
 * an option *does* is elsewhere; this is how it is stored.
 */
export const OPTION_RECEIVE_BUFFER = 0;
export const OPTION_SEND_BUFFER = 1;
export const OPTION_RECEIVE_TIMEOUT = 2;
export const OPTION_SEND_TIMEOUT = 3;
/** SO_LINGER as its 4 bytes: l_onoff low, l_linger high. */
export const OPTION_LINGER = 4;
export const OPTION_REUSE = 5;
export const OPTION_EXCLUSIVE = 6;
export const OPTION_KEEPALIVE = 7;
export const OPTION_BROADCAST = 8;
export const OPTION_OOBINLINE = 9;
export const OPTION_DONTROUTE = 10;
export const OPTION_NODELAY = 11;
export const OPTION_V6ONLY = 12;
export const OPTION_KEEPIDLE = 13;
export const OPTION_KEEPINTERVAL = 14;
export const OPTION_KEEPCOUNT = 15;
export const OPTION_TTL = 16;
export const OPTION_TOS = 17;
export const OPTION_MULTICAST_TTL = 18;
export const OPTION_MULTICAST_LOOP = 19;
export const OPTION_MULTICAST_IF = 20;
export const OPTION_DONTFRAGMENT = 21;
export const OPTION_CONDITIONAL_ACCEPT = 22;
export const OPTION_DEBUG = 23;
export const OPTION_HOPS6 = 24;
export const OPTION_MULTICAST_HOPS6 = 25;
export const OPTION_MULTICAST_LOOP6 = 26;
export const OPTION_MULTICAST_IF6 = 27;
export const OPTION_DONTFRAGMENT6 = 28;
export const OPTION_PKTINFO = 29;
export const OPTION_RECVTTL = 30;
export const OPTION_RECVTOS = 31;
export const OPTION_PKTINFO6 = 32;
export const OPTION_HOPLIMIT6 = 33;
export const OPTION_RECVTCLASS6 = 34;
export const OPTION_UNICAST_IF = 35;
/** Not an option: SIO_UDP_CONNRESET, stored inverted so that 0 is Windows' default (resets are reported). */
export const OPTION_NO_UDP_RESETS = 36;
export const OPTION_RANDOMIZE_PORT = 37;
export const OPTION_NO_SYN_RETRIES = 38;

/**
 * How lengths other than the natural one are taken.
 * - `flag`: set with any length of 1 or more; get writes 4 bytes, with length 2 two bytes and says 1.
 * - `byte`: the same, but get writes one byte whatever the length.
 * - `word`: set needs 4 bytes; get with 1 or 2 bytes gives the low ones.
 * - `timeout`: set needs 4 bytes; get needs 4 bytes and leaves the length alone when it refuses.
 * - `strict`: needs 4 bytes both ways; a refused get sets the length to 0.
 * - `small`: set takes 1 byte or more, values to 255; get with 1 or 2 writes one byte.
 */
export type LengthRule = 'flag' | 'byte' | 'word' | 'timeout' | 'strict' | 'small';

export interface OptionRule {
  readonly index: number;
  readonly rule: LengthRule;
  /** On a socket that never set it; `udp` where datagram sockets differ. */
  readonly initial: number;
  readonly udp?: number;
  /** Any non-zero value reads back as 1. */
  readonly boolean?: true;
  /** Sockets of this kind only; others answer WSAENOPROTOOPT (SOL_SOCKET) or WSAEINVAL. */
  readonly only?: 'stream' | 'datagram';
  readonly highest?: number;
}

const key = (level: number, name: number): number => level * 0x10000 + (name & 0xffff);

const flag = (index: number, more: Partial<OptionRule> = {}): OptionRule => ({
  index,
  rule: 'flag',
  initial: 0,
  boolean: true,
  ...more,
});

const rules = new Map<number, OptionRule>([
  [key(ws.SOL_SOCKET, ws.SO_RCVBUF), { index: OPTION_RECEIVE_BUFFER, rule: 'word', initial: 65_536 }],
  [key(ws.SOL_SOCKET, ws.SO_SNDBUF), { index: OPTION_SEND_BUFFER, rule: 'word', initial: 65_536 }],
  [key(ws.SOL_SOCKET, ws.SO_RCVTIMEO), { index: OPTION_RECEIVE_TIMEOUT, rule: 'timeout', initial: 0 }],
  [key(ws.SOL_SOCKET, ws.SO_SNDTIMEO), { index: OPTION_SEND_TIMEOUT, rule: 'timeout', initial: 0 }],
  [key(ws.SOL_SOCKET, ws.SO_LINGER), { index: OPTION_LINGER, rule: 'word', initial: 0, only: 'stream' }],
  [key(ws.SOL_SOCKET, ws.SO_REUSEADDR), flag(OPTION_REUSE)],
  [key(ws.SOL_SOCKET, ws.SO_EXCLUSIVEADDRUSE), flag(OPTION_EXCLUSIVE)],
  [key(ws.SOL_SOCKET, ws.SO_DEBUG), flag(OPTION_DEBUG)],
  [key(ws.SOL_SOCKET, ws.SO_KEEPALIVE), flag(OPTION_KEEPALIVE, { rule: 'byte', only: 'stream' })],
  [key(ws.SOL_SOCKET, ws.SO_BROADCAST), flag(OPTION_BROADCAST, { only: 'datagram' })],
  [key(ws.SOL_SOCKET, ws.SO_OOBINLINE), flag(OPTION_OOBINLINE, { only: 'stream' })],
  [key(ws.SOL_SOCKET, ws.SO_DONTROUTE), flag(OPTION_DONTROUTE, { rule: 'byte' })],
  [key(ws.SOL_SOCKET, ws.SO_CONDITIONAL_ACCEPT), flag(OPTION_CONDITIONAL_ACCEPT, { only: 'stream' })],
  [key(ws.SOL_SOCKET, ws.SO_RANDOMIZE_PORT), flag(OPTION_RANDOMIZE_PORT)],
  [key(ws.IPPROTO_TCP, ws.TCP_NODELAY), flag(OPTION_NODELAY, { rule: 'byte' })],
  [key(ws.IPPROTO_TCP, ws.TCP_NOSYNRETRIES), flag(OPTION_NO_SYN_RETRIES, { rule: 'byte' })],
  [key(ws.IPPROTO_TCP, ws.TCP_KEEPALIVE), { index: OPTION_KEEPIDLE, rule: 'strict', initial: 7200 }],
  [key(ws.IPPROTO_TCP, ws.TCP_KEEPINTVL), { index: OPTION_KEEPINTERVAL, rule: 'strict', initial: 1 }],
  [
    key(ws.IPPROTO_TCP, ws.TCP_KEEPCNT),
    { index: OPTION_KEEPCOUNT, rule: 'strict', initial: 10, highest: 255 },
  ],
  [key(ws.IPPROTO_IP, ws.IP_TTL), { index: OPTION_TTL, rule: 'small', initial: 128 }],
  [key(ws.IPPROTO_IP, ws.IP_TOS), { index: OPTION_TOS, rule: 'small', initial: 0 }],
  [key(ws.IPPROTO_IP, ws.IP_DONTFRAGMENT), flag(OPTION_DONTFRAGMENT, { initial: 1, udp: 0 })],
  [
    key(ws.IPPROTO_IP, ws.IP_MULTICAST_TTL),
    { index: OPTION_MULTICAST_TTL, rule: 'small', initial: 1, only: 'datagram' },
  ],
  [
    key(ws.IPPROTO_IP, ws.IP_MULTICAST_LOOP),
    flag(OPTION_MULTICAST_LOOP, { rule: 'small', initial: 1, only: 'datagram' }),
  ],
  [
    key(ws.IPPROTO_IP, ws.IP_MULTICAST_IF),
    { index: OPTION_MULTICAST_IF, rule: 'word', initial: 0, only: 'datagram' },
  ],
  [key(ws.IPPROTO_IP, ws.IP_UNICAST_IF), { index: OPTION_UNICAST_IF, rule: 'word', initial: 0 }],
  [key(ws.IPPROTO_IP, ws.IP_PKTINFO), flag(OPTION_PKTINFO, { rule: 'strict', only: 'datagram' })],
  [key(ws.IPPROTO_IP, ws.IP_RECVTTL), flag(OPTION_RECVTTL, { rule: 'strict', only: 'datagram' })],
  [key(ws.IPPROTO_IP, ws.IP_RECVTOS), flag(OPTION_RECVTOS, { rule: 'strict', only: 'datagram' })],
  [key(ws.IPPROTO_IPV6, ws.IPV6_V6ONLY), flag(OPTION_V6ONLY, { rule: 'byte', initial: 1 })],
  [key(ws.IPPROTO_IPV6, ws.IPV6_UNICAST_HOPS), { index: OPTION_HOPS6, rule: 'small', initial: 128 }],
  [
    key(ws.IPPROTO_IPV6, ws.IPV6_MULTICAST_HOPS),
    { index: OPTION_MULTICAST_HOPS6, rule: 'small', initial: 1, only: 'datagram' },
  ],
  [
    key(ws.IPPROTO_IPV6, ws.IPV6_MULTICAST_LOOP),
    flag(OPTION_MULTICAST_LOOP6, { rule: 'small', initial: 1, only: 'datagram' }),
  ],
  [
    key(ws.IPPROTO_IPV6, ws.IPV6_MULTICAST_IF),
    { index: OPTION_MULTICAST_IF6, rule: 'word', initial: 0, only: 'datagram' },
  ],
  [key(ws.IPPROTO_IPV6, ws.IPV6_DONTFRAG), flag(OPTION_DONTFRAGMENT6, { rule: 'small', initial: 1, udp: 0 })],
  [key(ws.IPPROTO_IPV6, ws.IPV6_PKTINFO), flag(OPTION_PKTINFO6, { rule: 'strict', only: 'datagram' })],
  [key(ws.IPPROTO_IPV6, ws.IPV6_HOPLIMIT), flag(OPTION_HOPLIMIT6, { rule: 'strict', only: 'datagram' })],
  [key(ws.IPPROTO_IPV6, ws.IPV6_RECVTCLASS), flag(OPTION_RECVTCLASS6, { rule: 'strict', only: 'datagram' })],
]);

/** The stored option of that level and name, or undefined. */
export function optionRule(level: number, name: number): OptionRule | undefined {
  return rules.get(key(level, name));
}

const STREAM = 1;

/** Fills in the defaults of a new socket. */
export function initialOptions(words: Int32Array, at: number, type: number): void {
  for (const { index, initial, udp } of rules.values()) {
    words[at + index] = type === STREAM ? initial : (udp ?? initial);
  }
}

/** What `setsockopt` stores, or the code with which it is refused. */
export function decodeOption(
  rule: OptionRule,
  value: DataView,
  length: number,
): { readonly value: number; readonly error: number } {
  const needsFour = rule.rule === 'word' || rule.rule === 'timeout' || rule.rule === 'strict';
  if (length === 0 || (needsFour && length > 0 && length < 4)) return { value: 0, error: 10014 };
  const bytes = Math.min(4, length < 0 ? 4 : length, value.byteLength);
  const given =
    bytes >= 4 ? value.getInt32(0, true) : bytes >= 2 ? value.getUint16(0, true) : value.getUint8(0);
  if (rule.boolean) return { value: given === 0 ? 0 : 1, error: 0 };
  const bounded = rule.rule === 'small' || rule.highest !== undefined;
  return bounded && (given < 0 || given > 255) ? { value: 0, error: 10022 } : { value: given, error: 0 };
}

/** How a `getsockopt` with this length goes: bytes written and the length that it leaves, or an error. */
export interface Reading {
  readonly error: number;
  readonly bytes: number;
  /** -1: the caller's length stays as it was. */
  readonly length: number;
}

export function readingOf(rule: LengthRule, length: number): Reading {
  const refused = (left: number): Reading => ({ error: 10014, bytes: 0, length: left });
  if (length <= 0) return refused(-1);
  const natural = Math.min(length, 4);
  switch (rule) {
    case 'byte':
      return { error: 0, bytes: 1, length: 1 };
    case 'flag':
      return { error: 0, bytes: length === 3 ? 3 : natural, length: length < 4 ? 1 : 4 };
    case 'small':
      return length < 4 ? { error: 0, bytes: 1, length: 1 } : { error: 0, bytes: 4, length: 4 };
    case 'word':
      return { error: 0, bytes: natural, length: natural };
    case 'timeout':
      return length < 4 ? refused(-1) : { error: 0, bytes: 4, length: 4 };
    case 'strict':
      return length < 4 ? refused(0) : { error: 0, bytes: 4, length: 4 };
  }
}
