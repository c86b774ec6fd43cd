import { expect } from 'vitest';
import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { guarded } from '../support/memory.js';
import { lastError, MARKER } from '../support/sockets.js';

const STATUS_INVALID_PARAMETER = 0xc000000d | 0;

const strict4 = [
  ...['1', '1.2', '1.2.3', '203569230', '0x00010203', '0777', '1.1.1.010', '1.1.1.00', '1.1.1.0xaA'],
  ...['127.127.127.256', '3.4.5.6.7', '', ' ', ' 3.4.5.6', '3. 4.5.6', '1.1.1.-2', 'a', '::1'],
];
const trailing4: [string, number[]][] = [
  ['127.127.127.255:123', [127, 127, 127, 255]],
  ['3.4.5.6 ', [3, 4, 5, 6]],
  ['1.1.1.0a', [1, 1, 1, 0]],
  ['1.1.1.0o10', [1, 1, 1, 0]],
];
const parsed6: [id: string, text: string, groups: number[]][] = [
  ['PTN-09', '0:0:0:0:0:0:0::', [0, 0, 0, 0, 0, 0, 0, 0]],
  [
    'PTN-09',
    '1111::3333:4444:5555:6666:7777:8888',
    [0x1111, 0, 0x3333, 0x4444, 0x5555, 0x6666, 0x7777, 0x8888],
  ],
  ['PTN-12', '1::001.2.3.4', [1, 0, 0, 0, 0, 0, 0x102, 0x304]],
  ['PTN-12', '1::1.002.3.4', [1, 0, 0, 0, 0, 0, 0x102, 0x304]],
  ['', '::', [0, 0, 0, 0, 0, 0, 0, 0]],
  ['', '::1', [0, 0, 0, 0, 0, 0, 0, 1]],
  ['', '0:1:2:3:4:5:6:7', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['', '2001:db8:85a3::8a2e:370:7334', [0x2001, 0xdb8, 0x85a3, 0, 0, 0x8a2e, 0x370, 0x7334]],
  ['', '0:0:0:0:0:FFFF:129.144.52.38', [0, 0, 0, 0, 0, 0xffff, 0x8190, 0x3426]],
  ['', '1111::', [0x1111, 0, 0, 0, 0, 0, 0, 0]],
];
const refused6: [id: string, texts: string[]][] = [
  [
    'PTN-10',
    ['12345::6:7:8', '1::2::3', '1:2:3:4:5:6:7:8:9', '1111:2222:3333', '1111:2222:', ':1111::', ':'],
  ],
  ['PTN-11', ['::%16', '::/16', '[::]', '1:2: 3:4:5:6:7:8', '1111:2222:0x3333::', '::-1', '-1']],
  ['PTN-12', ['1::0001.2.3.4', '1::1.2.256.4', '1::1.2.3', '1::1.2.3.4.5', '1::1.2.3.900']],
  ['PTN-13', ['1.2.3.4']],
];

const bytes6 = (groups: number[]) => groups.flatMap((group) => [group >> 8, group & 255]);

forEachBinding((ws) => {
  withFunctions(ws, ['inet_pton', 'InetPtonW', 'InetPton'], (x) => {
    const parse = (name: string, family: number, text: string, fill = 0) => {
      const { view, intact } = guarded(family === AF_INET ? 4 : 16, fill);
      ws.WSASetLastError(MARKER);
      const result = x[name](family, text, view);
      intact();
      return { result, error: lastError(ws), bytes: [...view] };
    };

    fact(ws, 'PTN-03', 'inet_pton leaves the last error alone, well formed or not', () => {
      expect(parse('inet_pton', AF_INET, '1.2.3.4')).toMatchObject({ result: 1, error: MARKER });
      expect(parse('inet_pton', AF_INET, 'junk')).toMatchObject({ result: 0, error: MARKER });
      expect(parse('inet_pton', AF_INET6, 'junk')).toMatchObject({ result: 0, error: MARKER });
    });

    fact(ws, 'PTN-04', 'InetPtonW of a malformed text is 0 with WSAEINVAL', () => {
      for (const name of ['InetPtonW', 'InetPton']) {
        expect(parse(name, AF_INET, '1.2.3.4')).toMatchObject({ result: 1, error: MARKER });
        expect(parse(name, AF_INET, 'junk')).toMatchObject({ result: 0, error: WSAEINVAL });
        expect(parse(name, AF_INET6, 'junk')).toMatchObject({ result: 0, error: WSAEINVAL });
      }
    });

    for (const text of ['1.1.1.1', '0.0.0.0', '127.127.127.255']) {
      fact(ws, 'PTN-05', `${text} is an IPv4 address`, () => {
        expect(parse('inet_pton', AF_INET, text)).toEqual({
          result: 1,
          error: MARKER,
          bytes: text.split('.').map(Number),
        });
      });
    }

    for (const text of strict4) {
      fact(ws, 'PTN-06', `${JSON.stringify(text)} is none, and nothing is written`, () => {
        expect(parse('inet_pton', AF_INET, text, 0xcc)).toMatchObject({
          result: 0,
          bytes: Array(4).fill(0xcc),
        });
      });
    }

    for (const [text, bytes] of trailing4) {
      fact(ws, 'PTN-07', `${JSON.stringify(text)} is none, yet its four bytes are written`, () => {
        expect(parse('inet_pton', AF_INET, text, 0xcc)).toMatchObject({ result: 0, bytes });
      });
    }

    for (const [id, text, groups] of parsed6) {
      const body = () =>
        expect(parse('inet_pton', AF_INET6, text, 0xcc)).toMatchObject({ result: 1, bytes: bytes6(groups) });
      if (id) fact(ws, id, `${text} is an IPv6 address`, body);
      else rule(ws, `${text} is an IPv6 address`, body);
    }

    for (const [id, list] of refused6) {
      for (const text of list) {
        fact(ws, id, `${JSON.stringify(text)} is no IPv6 address`, () => {
          expect(parse('inet_pton', AF_INET6, text).result).toBe(0);
        });
      }
    }

    rule(ws, 'no text is WSAEFAULT, another family WSAEAFNOSUPPORT', () => {
      for (const name of ['inet_pton', 'InetPtonW']) {
        for (const [family, text, code] of [
          [AF_INET, null, WSAEFAULT],
          [AF_UNSPEC, null, WSAEFAULT],
          [AF_UNSPEC, '127.0.0.1', WSAEAFNOSUPPORT],
        ] as const) {
          ws.WSASetLastError(MARKER);
          expect(x[name](family, text, new Uint8Array(16))).toBe(-1);
          expect(lastError(ws)).toBe(code);
        }
      }
    });
  });

  withFunctions(ws, ['inet_ntop', 'InetNtopW'], (x) => {
    const inetNtop = x.inet_ntop as unknown as (...args: unknown[]) => string | null;
    const inetNtopW = x.InetNtopW as unknown as (...args: unknown[]) => string | null;

    for (const [family, bytes, text] of [
      [AF_INET, [21, 16, 32, 32], '21.16.32.32'],
      [AF_INET6, bytes6([0, 0, 0, 0, 0, 0xfffe, 0xcc98, 0xbd74]), '::fffe:cc98:bd74'],
      [AF_INET6, bytes6([0x2030, 0xa4b1, 0, 0, 0, 0, 0, 0]), '2030:a4b1::'],
      [AF_INET6, bytes6([0, 0, 0, 0, 0, 0, 0xcc98, 0xbd74]), '::204.152.189.116'],
    ] as const) {
      rule(ws, `inet_ntop gives ${text}, and writes it with a NUL`, () => {
        const buffer = Buffer.alloc(64, 0xcc);
        expect(inetNtop(family, Uint8Array.from(bytes), buffer, 64)).toBe(text);
        expect(buffer.toString('latin1', 0, text.length + 1)).toBe(`${text}\0`);
        const wide = Buffer.alloc(128, 0xcc);
        expect(inetNtopW(family, Uint8Array.from(bytes), wide, 64)).toBe(text);
        expect(wide.toString('utf16le', 0, 2 * text.length + 2)).toBe(`${text}\0`);
      });
    }

    fact(ws, 'PTN-15', 'inet_ntop without room is NULL with WSAEINVAL', () => {
      const address = Uint8Array.of(21, 16, 32, 32);
      for (const [buffer, size] of [
        [null, 16],
        [Buffer.alloc(16), 0],
        [Buffer.alloc(16), 6],
      ] as const) {
        expect(inetNtop(AF_INET, address, buffer, size)).toBeNull();
        expect([WSAEINVAL, STATUS_INVALID_PARAMETER]).toContain(lastError(ws));
      }
    });

    rule(ws, 'inet_ntop of another family is NULL with WSAEAFNOSUPPORT', () => {
      expect(inetNtop(1, Uint8Array.of(1, 2, 3, 4), Buffer.alloc(16), 16)).toBeNull();
      expect(lastError(ws)).toBe(WSAEAFNOSUPPORT);
    });
  });
});
