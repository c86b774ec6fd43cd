import { expect } from 'vitest';
import { INADDR_NONE, WSAEFAULT } from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { lastError, MARKER } from '../support/sockets.js';
import { inThread } from '../support/threads.js';

/** The number that has these bytes in memory. */
function bytes(a: number, b: number, c: number, d: number): number {
  return ((d << 24) | (c << 16) | (b << 8) | a) >>> 0;
}

const parsed: [id: string, text: string, value: number][] = [
  ['INA-06', '203569230', bytes(12, 34, 56, 78)],
  ['INA-07', '0xa1a2b3b4 ', bytes(161, 162, 179, 180)],
  ['INA-07', '0x00010203', bytes(0, 1, 2, 3)],
  ['INA-07', '0x2134', bytes(0, 0, 33, 52)],
  ['INA-08', '1.2.3.0xaA', bytes(1, 2, 3, 170)],
  ['INA-08', '1.2.3.010', bytes(1, 2, 3, 8)],
  ['INA-08', '1.2.3.00', bytes(1, 2, 3, 0)],
  ['INA-09', '017700000001', bytes(127, 0, 0, 1)],
  ['INA-09', '0777', bytes(0, 0, 1, 255)],
  ['INA-12', ' ', 0],
  ['INA-16', '1 2 3 4', bytes(0, 0, 0, 1)],
  ['INA-17', '3 .4.5.6', bytes(0, 0, 0, 3)],
  ['INA-17', '1.2.3 .4', bytes(1, 2, 0, 3)],
  ['INA-17', '1.2.3 \u00fe\u00ff', bytes(1, 2, 0, 3)],
  ['', '1.2.3.4', bytes(1, 2, 3, 4)],
  ['', '0.0.0.0', 0],
  ['', '127.127.127.255', bytes(127, 127, 127, 255)],
  ['', '255.255.255.255', INADDR_NONE],
  ['', '1', bytes(0, 0, 0, 1)],
  ['', '1.2', bytes(1, 0, 0, 2)],
  ['', '1.2.3', bytes(1, 2, 0, 3)],
  ['', '1.65535', bytes(1, 0, 255, 255)],
  ['', '3.4.5.6 ', bytes(3, 4, 5, 6)],
  ['', '3.4.5.6  7', bytes(3, 4, 5, 6)],
];

const refused: [id: string, texts: string[]][] = [
  ['INA-10', ['1.1.1.0x', '1.2.3.0a', '1.1.1.0o10', '1.1.1.0b10', '1.1.1.-2', '1234BEEF', 'a']],
  ['INA-11', ['', '.', '.1.2.3']],
  ['INA-13', ['  ', '\t', ' 0', ' 3.4.5.6', '\t3.4.5.6']],
  ['INA-15', ['3.4.5.6. 7', '3. 4.5.6', '1.2.3. 4']],
  ['', ['3.4.5.6.7', '127.127.127.256', '127.127.127.255:123', '[0.1.2.3]', '::1', ':1', 'localhost']],
];

forEachBinding((ws) => {
  for (const [id, text, value] of parsed) {
    const body = () => {
      ws.WSASetLastError(MARKER);
      expect(ws.inet_addr(text)).toBe(value);
      expect(lastError(ws)).toBe(MARKER);
    };
    const title = `inet_addr(${JSON.stringify(text)})`;
    if (id) fact(ws, id, title, body);
    else rule(ws, title, body);
  }

  for (const [id, texts] of refused) {
    for (const text of texts) {
      const body = () => {
        ws.WSASetLastError(MARKER);
        expect(ws.inet_addr(text)).toBe(INADDR_NONE);
        expect(lastError(ws)).toBe(MARKER);
      };
      const title = `inet_addr(${JSON.stringify(text)}) is INADDR_NONE`;
      if (id) fact(ws, id, title, body);
      else rule(ws, title, body);
    }
  }

  fact(
    ws,
    'INA-18',
    'after "1.2.3" every white-space character ends the address, every other spoils it',
    () => {
      const space = new Set([9, 10, 11, 12, 13, 32]);
      for (let c = 1; c < 128; c++) {
        if (c >= 48 && c <= 57) continue;
        const text = `1.2.3${String.fromCharCode(c)}`;
        expect([c, ws.inet_addr(text)]).toEqual([c, space.has(c) ? bytes(1, 2, 0, 3) : INADDR_NONE]);
      }
    },
  );

  rule(ws, 'inet_addr(NULL) is INADDR_NONE with WSAEFAULT', () => {
    ws.WSASetLastError(MARKER);
    expect(ws.inet_addr(null as never)).toBe(INADDR_NONE);
    expect(lastError(ws)).toBe(WSAEFAULT);
  });

  rule(ws, 'inet_ntoa turns what inet_addr gives back into text', () => {
    for (const text of ['1.2.3.4', '0.0.0.0', '255.255.255.254', '127.0.0.1', '192.168.100.200']) {
      expect(ws.inet_ntoa(ws.inet_addr(text))).toBe(text);
    }
    expect(ws.inet_ntoa(0xffffffff)).toBe('255.255.255.255');
    expect(ws.inet_ntoa(-1)).toBe('255.255.255.255');
  });

  fact(ws, 'INA-21', "a thread's inet_ntoa is not disturbed by another's", async () => {
    const mine = ws.inet_ntoa(bytes(1, 2, 3, 4));
    const other = await inThread(ws, (ws) => ws.inet_ntoa(0x08070605)).result;
    expect([mine, other.value]).toEqual(['1.2.3.4', '5.6.7.8']);
  });

  rule(ws, 'htons, htonl and their opposites swap bytes and wrap as C does', () => {
    expect(ws.htons(0x1234)).toBe(0x3412);
    expect(ws.ntohs(0x3412)).toBe(0x1234);
    expect(ws.htons(0xff)).toBe(0xff00);
    expect(ws.htons(0x11234)).toBe(0x3412);
    expect(ws.htons(-1)).toBe(0xffff);
    expect(ws.htonl(0x12345678)).toBe(0x78563412);
    expect(ws.ntohl(0x7f000001)).toBe(0x0100007f);
    expect(ws.htonl(0xff)).toBe(0xff000000);
    expect(ws.htonl(-1)).toBe(0xffffffff);
    expect(ws.htonl(2 ** 32 + 1)).toBe(0x01000000);
  });

  rule(ws, 'byte order and address text leave the last error alone', () => {
    ws.WSASetLastError(MARKER);
    ws.htons(80);
    ws.ntohl(1);
    ws.inet_ntoa(0);
    expect(lastError(ws)).toBe(MARKER);
  });
});
