import { expect } from 'vitest';
import { AF_INET, WSANO_DATA } from '../../src/ws2_32/index.js';
import type { Hostent, Protoent, Servent } from '../../src/ws2_32/types.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { lastError } from '../support/sockets.js';

type Database<T> = (...args: unknown[]) => T | null;

forEachBinding((ws) => {
  withFunctions(ws, ['getservbyname', 'getservbyport'], (x) => {
    const byName = x.getservbyname as unknown as Database<Servent>;
    const byPort = x.getservbyport as unknown as Database<Servent>;

    for (const [name, proto, port] of [
      ['domain', 'udp', 53],
      ['telnet', 'tcp', 23],
    ] as const) {
      fact(ws, 'HST-09', `getservbyname("${name}", "${proto}") is port ${port}, in network order`, () => {
        expect(byName(name, proto)).toMatchObject({ s_name: name, s_proto: proto, s_port: ws.htons(port) });
      });
    }

    rule(ws, 'getservbyport takes the port in network order', () => {
      expect(byPort(ws.htons(80), 'tcp')).toMatchObject({ s_name: 'http', s_proto: 'tcp' });
    });

    rule(ws, 'a service that there is not is NULL with WSANO_DATA', () => {
      expect(byName('no-such-service', 'tcp')).toBeNull();
      expect(lastError(ws)).toBe(WSANO_DATA);
    });
  });

  withFunctions(ws, ['getprotobyname', 'getprotobynumber'], (x) => {
    const byName = x.getprotobyname as unknown as Database<Protoent>;
    const byNumber = x.getprotobynumber as unknown as Database<Protoent>;

    fact(ws, 'HST-12', 'getprotobynumber: the lower-case name, its first alias in capitals', () => {
      for (const [number, name, alias] of [
        [1, 'icmp', 'ICMP'],
        [6, 'tcp', 'TCP'],
        [17, 'udp', 'UDP'],
      ] as const) {
        const entry = byNumber(number);
        expect([entry?.p_name, entry?.p_aliases[0], entry?.p_proto]).toEqual([name, alias, number]);
      }
      for (const number of [-1, 255 - 1, 256]) expect(byNumber(number)).toBeNull();
    });

    rule(ws, 'getprotobyname finds a protocol in lower case and in capitals', () => {
      for (const name of ['tcp', 'TCP']) expect(byName(name)?.p_proto).toBe(6);
      expect(byName('no-such-protocol')).toBeNull();
      expect(lastError(ws)).toBe(WSANO_DATA);
    });
  });

  withFunctions(ws, ['gethostbyaddr'], (x) => {
    rule(ws, 'gethostbyaddr of 127.0.0.1 has that address', () => {
      const host = (x.gethostbyaddr as unknown as Database<Hostent>)(Uint8Array.of(127, 0, 0, 1), 4, AF_INET);
      expect([...host!.h_addr_list[0]]).toEqual([127, 0, 0, 1]);
    });
  });
});
