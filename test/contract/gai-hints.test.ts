import { expect } from 'vitest';
import {
  ADDRINFO,
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  AI_CANONNAME,
  AI_FQDN,
  AI_NUMERICHOST,
  AI_PASSIVE,
  SOCK_DGRAM,
  SOCK_STREAM,
  WSAEAFNOSUPPORT,
  WSAEINVAL,
  WSAESOCKTNOSUPPORT,
  WSAHOST_NOT_FOUND,
  WSANO_RECOVERY,
  WSATYPE_NOT_FOUND,
} from '../../src/ws2_32/index.js';
import type { Addrinfo } from '../../src/ws2_32/types.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { ipOf, lastError, listener, MARKER, must, portOf, tcpSocket } from '../support/sockets.js';

forEachBinding((ws) => {
  withFunctions(ws, ['getaddrinfo'], (x) => {
    const look = (node: string | null, service: string | null, hints: object | null) => {
      const list = [{} as Addrinfo];
      ws.WSASetLastError(MARKER);
      const result = x.getaddrinfo(node, service, hints, list);
      expect(lastError(ws)).toBe(result);
      return { result, list };
    };
    const v4 = { ai_family: AF_INET };
    const ips = (list: Addrinfo[]) => list.map(({ ai_addr }) => ipOf(ai_addr));

    rule(ws, 'hints that cannot be are refused, the list empty', () => {
      for (const [hints, code] of [
        [{ ai_family: 999 }, WSAEAFNOSUPPORT],
        [{ ai_socktype: 999 }, WSAESOCKTNOSUPPORT],
        [new ADDRINFO({ ai_socktype: 999 }), WSAESOCKTNOSUPPORT],
      ] as const)
        expect(look('localhost', null, hints)).toEqual({ result: code, list: [] });
    });

    rule(
      ws,
      'AI_CANONNAME together with AI_FQDN is WSAEINVAL',
      (wine) => {
        const { result } = look('localhost', null, { ai_flags: AI_CANONNAME | AI_FQDN });
        expect(result).toBe(wine ? 0 : WSAEINVAL);
      },
      'AI_CANONNAME with AI_FQDN',
    );

    rule(
      ws,
      'the canonical name of no node is WSANO_RECOVERY',
      (wine) => {
        const { result } = look(null, '80', { ai_flags: AI_CANONNAME });
        expect(result).toBe(wine ? WSAEINVAL : WSANO_RECOVERY);
      },
      'AI_CANONNAME of no node',
    );

    rule(ws, 'without a node it is the loopback address, or any address with AI_PASSIVE', () => {
      expect(ips(look(null, '80', v4).list)).toEqual(['127.0.0.1']);
      expect(ips(look(null, '80', { ...v4, ai_flags: AI_PASSIVE }).list)).toEqual(['0.0.0.0']);
    });

    rule(ws, 'AI_PASSIVE changes nothing where there is a node', () => {
      expect(ips(look('1.2.3.4', '80', { ...v4, ai_flags: AI_PASSIVE }).list)).toEqual(['1.2.3.4']);
    });

    rule(ws, 'AI_NUMERICHOST looks no name up', () => {
      for (const node of ['localhost', '192.168.1.253:1024'])
        expect(look(node, '80', { ai_flags: AI_NUMERICHOST })).toEqual({
          result: WSAHOST_NOT_FOUND,
          list: [],
        });
    });

    rule(
      ws,
      'an address of the other family is WSAHOST_NOT_FOUND',
      (wine) => {
        const numeric = { ai_flags: AI_NUMERICHOST };
        const EAI_ADDRFAMILY = -9;
        const code = wine ? EAI_ADDRFAMILY : WSAHOST_NOT_FOUND;
        expect(look('::1', null, { ...numeric, ...v4 }).result).toBe(code);
        expect(look('127.0.0.1', null, { ...numeric, ai_family: AF_INET6 }).result).toBe(code);
      },
      'an address of the other family',
    );

    rule(ws, 'a service is looked up for the type', () => {
      const port = (service: string, ai_socktype: number) => {
        const { result, list } = look('127.0.0.1', service, { ...v4, ai_socktype });
        return result === 0 ? portOf(list[0].ai_addr) : result;
      };
      expect([port('http', SOCK_STREAM), port('tftp', SOCK_DGRAM), port('telnet', 0)]).toEqual([80, 69, 23]);
      expect(port('tftp', SOCK_STREAM)).toBe(WSATYPE_NOT_FOUND);
    });

    rule(ws, 'hints as bytes are the same as hints as an object', () => {
      const fields = { ai_family: AF_INET, ai_socktype: SOCK_STREAM, ai_protocol: 6 };
      expect(look('1.2.3.4', '80', new ADDRINFO(fields))).toEqual(look('1.2.3.4', '80', fields));
    });

    rule(ws, 'hints with what only a result has are WSANO_RECOVERY', () => {
      const [found] = look('1.2.3.4', '80', v4).list;
      const bytes = (name: string) => new ADDRINFO({ ai_family: AF_INET, [name]: 0x41414141 });
      const pointers = ['ai_addrlen', 'ai_canonname', 'ai_addr', 'ai_next'].map(bytes);
      for (const hints of [found, { ...v4, ai_canonname: 'name' }, ...pointers])
        expect(look('1.2.3.4', '80', hints)).toEqual({ result: WSANO_RECOVERY, list: [] });
    });

    rule(ws, 'the first entry alone has the canonical name, when it is asked for', () => {
      const { list } = look('127.0.0.1', null, { ai_family: AF_UNSPEC, ai_flags: AI_CANONNAME });
      expect(typeof list[0].ai_canonname).toBe('string');
      expect(look('127.0.0.1', null, null).list[0].ai_canonname).toBeNull();
    });

    rule(ws, 'an entry is ready for connect', () => {
      const { s, port } = listener(ws);
      const { list } = look('127.0.0.1', String(port), { ai_socktype: SOCK_STREAM });
      must(ws, 'connect', ws.connect(tcpSocket(ws), list[0].ai_addr, list[0].ai_addrlen));
      expect(s).not.toBe(0);
    });
  });

  withFunctions(ws, ['getaddrinfoAsync'], (x) => {
    const lookAsync = x.getaddrinfoAsync as unknown as (...args: unknown[]) => Promise<number>;

    rule(ws, 'getaddrinfoAsync fills the list and sets the last error as it resolves', async () => {
      const list: Addrinfo[] = [];
      const pending = lookAsync('127.0.0.1', '80', { ai_socktype: SOCK_STREAM }, list);
      ws.WSASetLastError(MARKER);
      expect(await pending).toBe(0);
      expect([lastError(ws), ips(list), portOf(list[0].ai_addr)]).toEqual([0, ['127.0.0.1'], 80]);
    });

    rule(ws, 'several getaddrinfoAsync: whoever awaits one reads its own error', async () => {
      const services = ['80', 'nonexistentservice', '81', 'nonexistentservice'];
      const seen = await Promise.all(
        services.map(async (service) => {
          const result = await lookAsync('127.0.0.1', service, null, []);
          return [result, ws.WSAGetLastError()];
        }),
      );
      expect(seen).toEqual([
        [0, 0],
        [WSATYPE_NOT_FOUND, WSATYPE_NOT_FOUND],
        [0, 0],
        [WSATYPE_NOT_FOUND, WSATYPE_NOT_FOUND],
      ]);
    });

    rule(ws, 'getaddrinfoAsync returns before it has looked: the list is filled later', async () => {
      const list: Addrinfo[] = [];
      const pending = lookAsync('localhost', null, null, list);
      expect(list).toEqual([]);
      expect([await pending, list.length > 0]).toEqual([0, true]);
    });

    rule(ws, 'many getaddrinfoAsync at once all end', async () => {
      const results = Array.from({ length: 200 }, () => lookAsync('127.0.0.1', '80', null, []));
      expect(new Set(await Promise.all(results))).toEqual(new Set([0]));
    });
  });

  function ips(list: Addrinfo[]): string[] {
    return list.map(({ ai_addr }) => ipOf(ai_addr));
  }
});
