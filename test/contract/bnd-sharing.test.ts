import { expect } from 'vitest';
import {
  AF_INET6,
  IPPROTO_IPV6,
  IPV6_V6ONLY,
  SO_EXCLUSIVEADDRUSE,
  SO_REUSEADDR,
  SOCK_STREAM,
  type SOCKET,
  SOL_SOCKET,
  WSAEACCES,
  WSAEADDRINUSE,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  ANY,
  accepted,
  address,
  connected,
  expectError,
  expectSuccess,
  LOOPBACK,
  must,
  nameOf,
  portOf,
  selectAll,
  tcpSocket,
  track,
  udpSocket,
} from '../support/sockets.js';
import { wineBind } from '../support/wine-differs.js';

type Option = 'plain' | 'SO_REUSEADDR' | 'SO_EXCLUSIVEADDRUSE';
type Answer = 0 | typeof WSAEADDRINUSE | typeof WSAEACCES;
type Place = 'wildcard' | 'specific';

const INUSE = WSAEADDRINUSE as Answer;
const ACCESS = WSAEACCES as Answer;

const columns: [Option, Place][] = [
  ['plain', 'wildcard'],
  ['plain', 'specific'],
  ['SO_REUSEADDR', 'wildcard'],
  ['SO_REUSEADDR', 'specific'],
  ['SO_EXCLUSIVEADDRUSE', 'wildcard'],
  ['SO_EXCLUSIVEADDRUSE', 'specific'],
];

// Microsoft, "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE": Windows Server 2003 and later, one user account.
const matrix: [Option, Place, Answer[]][] = [
  ['plain', 'wildcard', [INUSE, 0, ACCESS, 0, INUSE, 0]],
  ['plain', 'specific', [0, INUSE, 0, ACCESS, INUSE, INUSE]],
  ['SO_REUSEADDR', 'wildcard', [INUSE, 0, 0, 0, INUSE, 0]],
  ['SO_REUSEADDR', 'specific', [0, INUSE, 0, 0, INUSE, INUSE]],
  ['SO_EXCLUSIVEADDRUSE', 'wildcard', [INUSE, ACCESS, ACCESS, ACCESS, INUSE, ACCESS]],
  ['SO_EXCLUSIVEADDRUSE', 'specific', [0, INUSE, 0, ACCESS, INUSE, INUSE]],
];

const V4_ANY = { family: 4, ip: ANY } as const;
const V4 = { family: 4, ip: LOOPBACK } as const;
const V6_ANY = { family: 6, ip: '::' } as const;
const V6 = { family: 6, ip: '::1' } as const;
const MAPPED_ANY = { family: 6, ip: '::ffff:0.0.0.0' } as const;
const MAPPED = { family: 6, ip: '::ffff:127.0.0.1' } as const;
type End = typeof V4_ANY | typeof V4 | typeof V6_ANY | typeof V6 | typeof MAPPED_ANY | typeof MAPPED;

const ip6: Record<string, number[]> = {
  '::': Array(16).fill(0),
  '::1': [...Array(15).fill(0), 1],
  '::ffff:0.0.0.0': [...Array(10).fill(0), 255, 255, 0, 0, 0, 0],
  '::ffff:127.0.0.1': [...Array(10).fill(0), 255, 255, 127, 0, 0, 1],
};

function nameFor(end: End, port: number): Uint8Array {
  if (end.family === 4) return address(port, end.ip);
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET6, true);
  view.setUint16(2, port);
  bytes.set(ip6[end.ip], 8);
  return bytes;
}

const exclusive: [id: string, End, boolean, End, boolean, Answer][] = [
  ['', V4_ANY, true, V4, false, ACCESS],
  ['', V6_ANY, true, V4, false, ACCESS],
  ['', V4_ANY, false, V4, true, 0],
  ['BND-26', V4_ANY, true, V4, true, ACCESS],
  ['', V4, true, V4_ANY, false, 0],
  ['', V4, false, V4_ANY, true, INUSE],
  ['BND-29', V4, false, V6_ANY, true, INUSE],
  ['', V6, false, V4_ANY, true, 0],
  ['', V6, true, V4, true, 0],
  ['', MAPPED, false, V4_ANY, true, INUSE],
  ['BND-32', V6_ANY, true, V4_ANY, false, ACCESS],
  ['BND-33', V6_ANY, false, V4_ANY, true, 0],
  ['BND-33', V6_ANY, false, V4_ANY, false, 0],
  ['BND-34', V4_ANY, false, V4_ANY, true, INUSE],
  ['BND-34', V4_ANY, false, V4_ANY, false, INUSE],
  ['BND-35', MAPPED_ANY, false, V4_ANY, false, INUSE],
  ['BND-35', MAPPED, false, V4, false, INUSE],
  ['BND-35', V4, false, MAPPED, false, INUSE],
  ['BND-36', V4, true, V4, false, INUSE],
  ['BND-36', V4, false, V4, true, INUSE],
];

forEachBinding((ws) => {
  const on = Int32Array.of(1);
  const optionNames = { SO_REUSEADDR, SO_EXCLUSIVEADDRUSE };

  function set(s: SOCKET, option: Option): SOCKET {
    if (option !== 'plain') must(ws, option, ws.setsockopt(s, SOL_SOCKET, optionNames[option], on, 4));
    return s;
  }

  function bound(s: SOCKET, ip: string, port: number): { s: SOCKET; port: number } {
    must(ws, 'bind', ws.bind(s, address(port, ip), 16));
    return { s, port: portOf(nameOf(ws, s)) };
  }

  function answer(result: number): number {
    return result === 0 ? 0 : ws.WSAGetLastError();
  }

  const places = { wildcard: ANY, specific: LOOPBACK };
  for (const [kind, make] of [
    ['TCP', tcpSocket],
    ['UDP', udpSocket],
  ] as const) {
    for (const [first, where, row] of matrix) {
      row.forEach((expected, column) => {
        const [second, at] = columns[column];
        const key = `${kind} ${second} ${at} onto ${first} ${where}`;
        rule(
          ws,
          `${kind} bind: ${second} ${at} onto ${first} ${where} gives ${expected}`,
          (wine) => {
            const { port } = bound(set(make(ws), first), places[where], 0);
            const s = set(make(ws), second);
            expect(answer(ws.bind(s, address(port, places[at]), 16))).toBe(
              wine ? wineBind[key].answer : expected,
            );
          },
          key,
        );
      });
    }
  }

  fact(ws, 'BND-12', 'SO_REUSEADDR onto a plain owner is WSAEACCES', () => {
    const { port } = bound(tcpSocket(ws), LOOPBACK, 0);
    const s = set(tcpSocket(ws), 'SO_REUSEADDR');
    expectError(ws, () => ws.bind(s, address(port), 16), WSAEACCES);
  });

  fact(
    ws,
    'BND-13',
    'a plain socket onto a SO_REUSEADDR owner fails, and binds once it has the option',
    () => {
      const { port } = bound(set(tcpSocket(ws), 'SO_REUSEADDR'), LOOPBACK, 0);
      const s = tcpSocket(ws);
      expect(ws.bind(s, address(port), 16)).toBe(-1);
      set(s, 'SO_REUSEADDR');
      expectSuccess(ws, () => ws.bind(s, address(port), 16));
    },
  );

  function sharing(first: string, second: string): { s1: SOCKET; s2: SOCKET; port: number } {
    const { s: s1, port } = bound(set(tcpSocket(ws), 'SO_REUSEADDR'), first, 0);
    const { s: s2 } = bound(set(tcpSocket(ws), 'SO_REUSEADDR'), second, port);
    must(ws, 'listen', ws.listen(s1, 5));
    must(ws, 'listen', ws.listen(s2, 5));
    return { s1, s2, port };
  }

  function expectSecondListenRefused(first: string): void {
    expect(() => sharing(first, LOOPBACK)).toThrow(`listen failed with ${WSAEADDRINUSE}`);
  }

  fact(ws, 'BND-15', 'of two listeners on one address the first bound gets the connection', (wine) => {
    if (wine) return expectSecondListenRefused(LOOPBACK);
    const { s1, s2, port } = sharing(LOOPBACK, LOOPBACK);
    connected(ws, port);
    expect([selectAll(ws, s1, 1000).read, selectAll(ws, s2).read]).toEqual([true, false]);
    accepted(ws, s1);
  });

  fact(ws, 'BND-18', 'of a wildcard and a specific listener the specific one gets the connection', (wine) => {
    if (wine) return expectSecondListenRefused(ANY);
    const { s1, s2, port } = sharing(ANY, LOOPBACK);
    connected(ws, port);
    expect([selectAll(ws, s2, 1000).read, selectAll(ws, s1).read]).toEqual([true, false]);
  });

  fact(ws, 'BND-20', 'two plain wildcard sockets on one port: WSAEADDRINUSE', () => {
    const { port } = bound(tcpSocket(ws), ANY, 0);
    expectError(ws, () => ws.bind(tcpSocket(ws), address(port, ANY), 16), WSAEADDRINUSE);
  });

  function end(place: End, alone: boolean): SOCKET {
    if (place.family === 4) return set(tcpSocket(ws), alone ? 'SO_EXCLUSIVEADDRUSE' : 'plain');
    const s = track(ws, must(ws, 'socket', ws.socket(AF_INET6, SOCK_STREAM, 0)));
    must(ws, 'IPV6_V6ONLY', ws.setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, Int32Array.of(0), 4));
    return set(s, alone ? 'SO_EXCLUSIVEADDRUSE' : 'plain');
  }

  for (const [id, first, firstAlone, second, secondAlone, expected] of exclusive) {
    const title = `${second.ip}${secondAlone ? ' exclusive' : ''} onto ${first.ip}${firstAlone ? ' exclusive' : ''} gives ${expected}`;
    const body = () => {
      const s1 = end(first, firstAlone);
      const name = nameFor(first, 0);
      must(ws, 'bind', ws.bind(s1, name, name.length));
      const bytes = new Uint8Array(28);
      must(ws, 'getsockname', ws.getsockname(s1, bytes, Int32Array.of(28)));
      const wanted = nameFor(second, portOf(bytes));
      expect(answer(ws.bind(end(second, secondAlone), wanted, wanted.length))).toBe(expected);
    };
    if (id) fact(ws, id, title, () => body());
    else rule(ws, title, () => body(), title);
  }

  fact(ws, 'BND-39', 'SO_REUSEADDR on 0.0.0.0 onto an exclusive dual-stack :: is WSAEACCES', () => {
    const s1 = end(V6_ANY, true);
    const name = nameFor(V6_ANY, 0);
    must(ws, 'bind', ws.bind(s1, name, name.length));
    const bytes = new Uint8Array(28);
    must(ws, 'getsockname', ws.getsockname(s1, bytes, Int32Array.of(28)));
    const s2 = set(tcpSocket(ws), 'SO_REUSEADDR');
    expectError(ws, () => ws.bind(s2, address(portOf(bytes), ANY), 16), WSAEACCES);
  });
});
