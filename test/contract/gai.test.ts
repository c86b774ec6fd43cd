import { expect } from 'vitest';
import {
  AF_INET,
  AF_INET6,
  AI_NUMERICHOST,
  IPPROTO_TCP,
  IPPROTO_UDP,
  NI_NUMERICHOST,
  NI_NUMERICSERV,
  SOCK_DGRAM,
  SOCK_STREAM,
  WSAHOST_NOT_FOUND,
  WSATYPE_NOT_FOUND,
} from '../../src/ws2_32/index.js';
import type { Addrinfo } from '../../src/ws2_32/types.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { address, ipOf, lastError, MARKER, portOf } from '../support/sockets.js';

forEachBinding((ws) => {
  for (const name of ['getaddrinfo', 'GetAddrInfoW']) {
    withFunctions(ws, [name], (x) => {
      function look(node: string | null, service: string | null, hints: object | null = null) {
        const list: Addrinfo[] = [];
        ws.WSASetLastError(MARKER);
        const result = x[name](node, service, hints, list);
        return { result, error: lastError(ws), list };
      }
      const first = (list: Addrinfo[]) => list[0].ai_addr;
      const groups = (bytes: Uint8Array) => Buffer.from(bytes.subarray(8, 24)).toString('hex');

      rule(ws, `${name}: neither node nor service is WSAHOST_NOT_FOUND`, () => {
        expect(look(null, null)).toEqual({ result: WSAHOST_NOT_FOUND, error: WSAHOST_NOT_FOUND, list: [] });
      });

      fact(ws, 'GAI-02', `${name}("") is this machine`, () => {
        const { result, error, list } = look('', null);
        expect([result, error, list.length > 0]).toEqual([0, 0, true]);
      });

      for (const service of [null, '', '0', '80']) {
        fact(ws, 'GAI-05', `${name}("localhost", ${JSON.stringify(service)})`, () => {
          const { result, error, list } = look('localhost', service);
          expect([result, error, list.length > 0]).toEqual([0, 0, true]);
          expect(list.every(({ ai_addr }) => portOf(ai_addr) === Number(service ?? 0))).toBe(true);
        });
      }

      fact(
        ws,
        'GAI-07',
        `${name} of an unknown host is WSAHOST_NOT_FOUND, the list empty`,
        () => {
          expect(look('no-such-host.invalid', null)).toEqual({
            result: WSAHOST_NOT_FOUND,
            error: WSAHOST_NOT_FOUND,
            list: [],
          });
        },
        'name server',
      );

      fact(ws, 'GAI-08', `${name} of an IPv4 text`, () => {
        const { result, list } = look('192.168.1.253', null);
        expect([result, list[0].ai_family, list[0].ai_addrlen]).toEqual([0, AF_INET, 16]);
        expect([ipOf(first(list)), portOf(first(list))]).toEqual(['192.168.1.253', 0]);
      });

      fact(ws, 'GAI-10', `${name} of an IPv6 text`, () => {
        const { result, list } = look('2a00:2039:dead:beef:cafe::6666', null);
        expect([result, list[0].ai_family, portOf(first(list))]).toEqual([0, AF_INET6, 0]);
        expect(groups(first(list))).toBe('2a002039deadbeefcafe000000006666');
      });

      fact(ws, 'GAI-11', `${name} of an IPv6 text in brackets`, () => {
        for (const hints of [null, { ai_flags: AI_NUMERICHOST, ai_family: AF_INET6 }]) {
          const { result, list } = look('[beef::cafe]', null, hints);
          expect(result).toBe(0);
          expect(groups(first(list))).toBe('beef000000000000000000000000cafe');
        }
      });

      fact(ws, 'GAI-12', `${name}: brackets for IPv4, or on one side, are WSAHOST_NOT_FOUND`, () => {
        const hints = { ai_flags: AI_NUMERICHOST, ai_family: AF_INET };
        for (const node of ['[beef::cafe]', '[beef::cafe', 'beef::cafe]']) {
          expect(look(node, null, hints).result).toBe(WSAHOST_NOT_FOUND);
        }
      });

      fact(ws, 'GAI-13', `${name}: a port after the brackets is dropped`, () => {
        const { result, list } = look('[beef::cafe]:10239', null);
        expect([result, portOf(first(list))]).toEqual([0, 0]);
      });

      for (const [type, protocol] of [
        [0, 0],
        [SOCK_STREAM, 0],
        [SOCK_STREAM, IPPROTO_TCP],
        [SOCK_DGRAM, IPPROTO_UDP],
      ]) {
        fact(ws, 'GAI-16', `${name} echoes type ${type} and protocol ${protocol} in every entry`, () => {
          const hints = { ai_family: AF_INET, ai_socktype: type, ai_protocol: protocol };
          const { result, list } = look('localhost', null, hints);
          expect(result).toBe(0);
          for (const entry of list) {
            expect([entry.ai_family, entry.ai_socktype, entry.ai_protocol]).toEqual([
              AF_INET,
              type,
              protocol,
            ]);
          }
        });
      }

      fact(ws, 'GAI-17', `${name} of an unknown service is WSATYPE_NOT_FOUND`, () => {
        expect(look(null, 'nonexistentservice').result).toBe(WSATYPE_NOT_FOUND);
      });
    });
  }

  withFunctions(ws, ['freeaddrinfo', 'getaddrinfo'], (x) => {
    rule(ws, 'freeaddrinfo empties the list', () => {
      const list: Addrinfo[] = [];
      expect(x.getaddrinfo('127.0.0.1', '80', null, list)).toBe(0);
      x.freeaddrinfo(list);
      expect(list).toEqual([]);
    });
  });

  withFunctions(ws, ['getnameinfo'], (x) => {
    rule(ws, 'getnameinfo with numeric flags writes address and port', () => {
      const [host, service] = [Buffer.alloc(64, 0xcc), Buffer.alloc(32, 0xcc)];
      const flags = NI_NUMERICHOST | NI_NUMERICSERV;
      expect(x.getnameinfo(address(8080), 16, host, 64, service, 32, flags)).toBe(0);
      expect(host.toString('latin1', 0, 10)).toBe('127.0.0.1\0');
      expect(service.toString('latin1', 0, 5)).toBe('8080\0');
    });
  });
});
