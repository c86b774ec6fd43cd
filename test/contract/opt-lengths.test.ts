import { expect } from 'vitest';
import {
  AF_INET,
  AF_INET6,
  IP_MULTICAST_LOOP,
  IP_MULTICAST_TTL,
  IP_PKTINFO,
  IP_RECVTOS,
  IP_RECVTTL,
  IP_TOS,
  IP_TTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPV6_DONTFRAG,
  IPV6_HOPLIMIT,
  IPV6_MULTICAST_HOPS,
  IPV6_MULTICAST_LOOP,
  IPV6_PKTINFO,
  IPV6_RECVTCLASS,
  IPV6_UNICAST_HOPS,
  IPV6_V6ONLY,
  SO_BROADCAST,
  SO_DONTLINGER,
  SO_DONTROUTE,
  SO_EXCLUSIVEADDRUSE,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_OOBINLINE,
  SO_OPENTYPE,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_REUSEADDR,
  SO_SNDBUF,
  SO_SNDTIMEO,
  SOCK_DGRAM,
  SOCK_STREAM,
  type SOCKET,
  SOL_SOCKET,
  TCP_KEEPALIVE,
  TCP_KEEPCNT,
  TCP_KEEPINTVL,
  TCP_NODELAY,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOPROTOOPT,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding } from '../support/bindings.js';
import { expectError, expectSuccess, must, track } from '../support/sockets.js';

interface Option {
  readonly name: string;
  readonly af: number;
  readonly type: number;
  readonly level: number;
  readonly option: number;
}

function options(af: number, type: number, level: number, named: Record<string, number>): Option[] {
  return Object.entries(named).map(([name, option]) => ({ name, af, type, level, option }));
}

const socketOptions = (type: number, named: Record<string, number>) =>
  options(AF_INET, type, SOL_SOCKET, named);

const booleans = [
  ...socketOptions(SOCK_DGRAM, { SO_BROADCAST }),
  ...socketOptions(SOCK_STREAM, { SO_DONTLINGER, SO_OOBINLINE, SO_REUSEADDR, SO_EXCLUSIVEADDRUSE }),
];
const oneByte = [
  ...socketOptions(SOCK_STREAM, { SO_KEEPALIVE, SO_DONTROUTE }),
  ...options(AF_INET, SOCK_STREAM, IPPROTO_TCP, { TCP_NODELAY }),
  ...options(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, { IPV6_V6ONLY }),
];
const sizes = socketOptions(SOCK_STREAM, { SO_LINGER, SO_RCVBUF, SO_SNDBUF });
const times = socketOptions(SOCK_STREAM, { SO_RCVTIMEO, SO_SNDTIMEO });
const opentype = socketOptions(SOCK_STREAM, { SO_OPENTYPE });
const fourBytesOnly = [
  ...options(AF_INET, SOCK_STREAM, IPPROTO_TCP, { TCP_KEEPALIVE, TCP_KEEPCNT, TCP_KEEPINTVL }),
  ...options(AF_INET, SOCK_DGRAM, IPPROTO_IP, { IP_PKTINFO, IP_RECVTOS, IP_RECVTTL }),
  ...options(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, { IPV6_HOPLIMIT, IPV6_PKTINFO, IPV6_RECVTCLASS }),
];
const shortAllowed = [
  ...options(AF_INET, SOCK_DGRAM, IPPROTO_IP, { IP_TTL, IP_TOS, IP_MULTICAST_TTL, IP_MULTICAST_LOOP }),
  ...options(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, {
    IPV6_UNICAST_HOPS,
    IPV6_MULTICAST_HOPS,
    IPV6_MULTICAST_LOOP,
  }),
  ...options(AF_INET6, SOCK_STREAM, IPPROTO_IPV6, { IPV6_DONTFRAG }),
];
const all = [...booleans, ...oneByte, ...sizes, ...times, ...opentype, ...fourBytesOnly, ...shortAllowed];
const smallValues = [
  ...options(AF_INET, SOCK_STREAM, IPPROTO_TCP, { TCP_KEEPCNT }),
  ...options(AF_INET, SOCK_DGRAM, IPPROTO_IP, { IP_TTL, IP_TOS, IP_MULTICAST_TTL }),
  ...options(AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, { IPV6_UNICAST_HOPS, IPV6_MULTICAST_HOPS }),
];
const wholeWord = [
  ...sizes,
  ...times,
  ...opentype,
  ...options(AF_INET, SOCK_STREAM, IPPROTO_TCP, { TCP_KEEPALIVE, TCP_KEEPINTVL }),
];

forEachBinding((ws) => {
  const open = (o: Option): SOCKET => track(ws, must(ws, 'socket', ws.socket(o.af, o.type, 0)));
  const one = () => Int32Array.of(1, -1);
  const set = (s: SOCKET, o: Option, value: Int32Array, length: number) =>
    ws.setsockopt(s, o.level, o.option, value, length);

  function get(s: SOCKET, o: Option, length: number) {
    const value = Uint32Array.of(0xdeadbeef, 0xdeadbeef);
    const size = Int32Array.of(length);
    ws.WSASetLastError(424242);
    const result = ws.getsockopt(s, o.level, o.option, value, size);
    return { result, error: ws.WSAGetLastError(), value: value[0], size: size[0] };
  }

  const done = (value: number, size: number) => ({ result: 0, error: 0, value, size });
  const fault = (size: number) => ({ result: -1, error: WSAEFAULT, value: 0xdeadbeef, size });

  /** Wine 8 has none of TCP's keep-alive options: there every call is WSAENOPROTOOPT. */
  function optionFact(
    id: string,
    o: Option,
    title: string,
    body: (wine: boolean) => void,
    key = o.name,
  ): void {
    const keepAlive = o.level === IPPROTO_TCP && o.option !== TCP_NODELAY;
    fact(
      ws,
      id,
      `${o.name} ${title}`,
      (wine) => {
        if (!wine || !keepAlive) return body(wine);
        expectError(ws, () => set(open(o), o, one(), 4), WSAENOPROTOOPT);
      },
      key,
    );
  }

  for (const o of booleans) {
    fact(ws, 'OPT-18', `${o.name} is set with a length of 1, 2, 4 or 8`, () => {
      const s = open(o);
      for (const length of [1, 2, 4, 8]) expectSuccess(ws, () => set(s, o, one(), length));
    });

    fact(ws, 'OPT-19', `${o.name} is read with a length of 4, 1 or 2, of which 2 gives length 1`, () => {
      const s = open(o);
      expectSuccess(ws, () => set(s, o, one(), 4));
      expect(get(s, o, 4)).toEqual(done(1, 4));
      expect(get(s, o, 1)).toEqual(done(0xdeadbe01, 1));
      expect(get(s, o, 2)).toEqual(done(0xdead0001, 1));
    });
  }

  for (const o of oneByte) {
    fact(ws, 'OPT-20', `${o.name} is one byte, whatever the length`, () => {
      const s = open(o);
      expectSuccess(ws, () => set(s, o, one(), 4));
      for (const length of [1, 2, 4, 8]) expect(get(s, o, length)).toEqual(done(0xdeadbe01, 1));
    });
  }

  for (const o of wholeWord) {
    optionFact(
      'OPT-23',
      o,
      '0x100 reads back',
      (wine) => {
        const s = open(o);
        expectSuccess(ws, () => set(s, o, Int32Array.of(0x100), 4));
        expect(get(s, o, 4)).toEqual(done(wine && o.option === SO_LINGER ? 1 : 0x100, 4));
        if (o.option === SO_OPENTYPE) set(s, o, Int32Array.of(0), 4);
      },
      o.option === SO_LINGER ? 'OPT-23 SO_LINGER' : o.name,
    );
  }

  for (const o of smallValues) {
    optionFact('OPT-24', o, '0x100 is WSAEINVAL', () => {
      const s = open(o);
      expectError(ws, () => set(s, o, Int32Array.of(0x100), 4), WSAEINVAL);
    });
  }

  for (const o of [...sizes, ...times, ...opentype]) {
    fact(ws, 'OPT-25', `${o.name} set with a length of 1 or 2 is WSAEFAULT`, () => {
      const s = open(o);
      for (const length of [1, 2]) expectError(ws, () => set(s, o, one(), length), WSAEFAULT);
    });
  }

  for (const o of [...times, ...opentype]) {
    fact(ws, 'OPT-27', `${o.name} read with a length of 1 or 2 is WSAEFAULT`, () => {
      const s = open(o);
      for (const length of [1, 2]) expect(get(s, o, length)).toEqual(fault(length));
    });
  }

  for (const o of fourBytesOnly) {
    optionFact('OPT-28', o, 'with a length of 1 or 2 is WSAEFAULT, and reading sets the length to 0', () => {
      const s = open(o);
      for (const length of [1, 2]) {
        expectError(ws, () => set(s, o, one(), length), WSAEFAULT);
        expect(get(s, o, length)).toEqual(fault(0));
      }
    });
  }

  for (const o of shortAllowed) {
    fact(ws, 'OPT-29', `${o.name} read with a length of 1 or 2 is one byte`, () => {
      const s = open(o);
      expectSuccess(ws, () => set(s, o, one(), 4));
      for (const length of [1, 2]) expect(get(s, o, length)).toEqual(done(0xdeadbe01, 1));
    });
  }

  const natural = (o: Option) => (oneByte.includes(o) ? 1 : 4);
  for (const o of all) {
    optionFact('OPT-30', o, 'is set with a length of 8', () => {
      expectSuccess(ws, () => set(open(o), o, one(), 8));
      if (o.option === SO_OPENTYPE) set(open(o), o, Int32Array.of(0), 4);
    });

    optionFact('OPT-31', o, `read with a length of 8 gives length ${natural(o)}`, () => {
      const s = open(o);
      const { result, error, size } = get(s, o, 8);
      expect({ result, error, size }).toEqual({ result: 0, error: 0, size: natural(o) });
    });

    fact(ws, 'OPT-38', `${o.name} read with a length of 0 is WSAEFAULT`, () => {
      const { result, error } = get(open(o), o, 0);
      expect({ result, error }).toEqual({ result: -1, error: WSAEFAULT });
    });
  }

  for (const o of [...booleans, ...sizes, ...times, ...opentype]) {
    fact(ws, 'OPT-32', `${o.name} set with a length of -1 succeeds`, () => {
      const s = open(o);
      expectSuccess(ws, () => set(s, o, one(), -1));
      if (o.option === SO_OPENTYPE) set(s, o, Int32Array.of(0), 4);
    });
  }

  for (const o of all) {
    if (opentype.includes(o)) continue;
    fact(ws, 'OPT-34', `${o.name} read with a length of -1 is WSAEFAULT and stays -1`, () => {
      expect(get(open(o), o, -1)).toEqual(fault(-1));
    });
  }

  fact(ws, 'OPT-35', 'SO_OPENTYPE read with a length of -1 succeeds with length 4', () => {
    const [o] = opentype;
    expect(get(open(o), o, -1)).toEqual(done(0, 4));
  });

  const v6 = { IPV6_PKTINFO, IPV6_HOPLIMIT, IPV6_RECVTCLASS, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP };
  for (const o of options(AF_INET6, SOCK_STREAM, IPPROTO_IPV6, v6)) {
    fact(ws, 'OPT-56', `${o.name} of a TCPv6 socket is WSAEINVAL, of a UDPv6 socket it is read`, () => {
      expect(get(open(o), o, 4)).toMatchObject({ result: -1, error: WSAEINVAL });
      expect(get(open({ ...o, type: SOCK_DGRAM }), o, 4)).toMatchObject({ result: 0, error: 0 });
    });
  }
});
