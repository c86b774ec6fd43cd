import { hostname } from 'node:os';
import { expect } from 'vitest';
import {
  NI_DGRAM,
  NI_NAMEREQD,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  sockaddr_in6,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAHOST_NOT_FOUND,
} from '../../src/ws2_32/index.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { guarded } from '../support/memory.js';
import { address, lastError, MARKER } from '../support/sockets.js';

const NUMERIC = NI_NUMERICHOST | NI_NUMERICSERV;

forEachBinding((ws) => {
  for (const [name, encoding, unit] of [
    ['getnameinfo', 'latin1', 1],
    ['GetNameInfoW', 'utf16le', 2],
  ] as const) {
    withFunctions(ws, [name], (x) => {
      const call = (...args: unknown[]) => x[name](...args);

      rule(
        ws,
        `${name} leaves what it returns as the last error`,
        (wine) => {
          ws.WSASetLastError(MARKER);
          const node = Buffer.alloc(64 * unit);
          expect(call(address(80), 16, node, 64, null, 0, NUMERIC)).toBe(0);
          expect(lastError(ws)).toBe(wine ? MARKER : 0);
          const strange = new Uint8Array(16).fill(99, 0, 1);
          const result = call(strange, 16, node, 64, null, 0, NUMERIC);
          expect(lastError(ws)).toBe(wine ? MARKER : result);
        },
        'getnameinfo and the last error',
      );

      const look = (sockaddr: Uint8Array, flags: number) => {
        const [node, service] = [Buffer.alloc(256 * unit, 0xcc), Buffer.alloc(32 * unit, 0xcc)];
        const result = call(sockaddr, sockaddr.length, node, 256, service, 32, flags);
        const texts = [node, service].map((buffer) => buffer.toString(encoding).split('\0')[0]);
        return [result, ...texts];
      };

      rule(ws, `${name} in numbers`, () => {
        expect(look(address(8080, '1.2.3.4'), NUMERIC)).toEqual([0, '1.2.3.4', '8080']);
        expect(look(sockaddr_in6.from('2001:db8::1', 80), NUMERIC)).toEqual([0, '2001:db8::1', '80']);
        expect(look(sockaddr_in6.from('fe80::1', 80, 7), NUMERIC)).toEqual([0, 'fe80::1%7', '80']);
      });

      rule(ws, `${name} names the service of a port; a port without one stays a number`, () => {
        expect(look(address(80), NI_NUMERICHOST)[2]).toBe('http');
        expect(look(address(513), NI_NUMERICHOST)[2]).toBe('login');
        expect(look(address(513), NI_NUMERICHOST | NI_DGRAM)[2]).toBe('who');
        expect(look(address(64999), NI_NUMERICHOST)[2]).toBe('64999');
      });

      rule(
        ws,
        `${name} of the loopback address is this machine's name`,
        (wine) => {
          const [result, node] = look(address(80), NI_NAMEREQD);
          const name = wine ? 'localhost' : hostname().toLowerCase();
          expect([result, String(node).toLowerCase()]).toEqual([0, name]);
        },
        'name of 127.0.0.1',
      );

      rule(ws, `${name} asks for what is wanted: a NULL buffer is not`, () => {
        const node = Buffer.alloc(64 * unit);
        expect(call(address(80), 16, node, 64, null, 0, NUMERIC)).toBe(0);
        expect(node.toString(encoding).split('\0')[0]).toBe('127.0.0.1');
      });

      rule(
        ws,
        `${name} with nothing wanted is WSAHOST_NOT_FOUND`,
        (wine) => {
          const result = call(address(80), 16, null, 0, null, 0, NUMERIC);
          expect(result).toBe(wine ? 0 : WSAHOST_NOT_FOUND);
        },
        'getnameinfo of nothing',
      );

      rule(ws, `${name} without an address, or with a short one, is WSAEFAULT`, () => {
        const node = Buffer.alloc(64 * unit);
        expect(call(null, 16, node, 64, null, 0, NUMERIC)).toBe(WSAEFAULT);
        expect(call(address(80).subarray(0, 8), 16, node, 64, null, 0, NUMERIC)).toBe(WSAEFAULT);
      });

      rule(
        ws,
        `${name} with a length that is too short for the family is WSAEFAULT`,
        (wine) => {
          const node = Buffer.alloc(64 * unit);
          const code = wine ? WSAEAFNOSUPPORT : WSAEFAULT;
          expect(call(address(80), 15, node, 64, null, 0, NUMERIC)).toBe(code);
          expect(call(sockaddr_in6.from('::1', 80), 16, node, 64, null, 0, NUMERIC)).toBe(code);
        },
        'getnameinfo of a short length',
      );

      rule(ws, `${name} of another family is WSAEAFNOSUPPORT`, () => {
        const strange = new Uint8Array(16).fill(99, 0, 1);
        expect(call(strange, 16, Buffer.alloc(64), 32, null, 0, NUMERIC)).toBe(WSAEAFNOSUPPORT);
      });

      rule(
        ws,
        `${name} with a buffer of size 0 is WSAEINVAL`,
        (wine) => {
          const result = call(address(80), 16, Buffer.alloc(64), 0, null, 0, NUMERIC);
          expect(result).toBe(wine ? 0 : WSAEINVAL);
        },
        'getnameinfo of size 0',
      );

      rule(ws, `${name} with too small a buffer fails and writes nothing outside it`, () => {
        const { view, intact } = guarded(4 * unit, 0xcc);
        expect(call(address(80), 16, view, 4, null, 0, NUMERIC)).not.toBe(0);
        expect(call(address(80), 16, view, 64, null, 0, NUMERIC)).not.toBe(0);
        intact();
      });
    });
  }
});
