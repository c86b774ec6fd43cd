import { expect, test } from 'vitest';
import { ntohs } from '../../../src/bindings/net/calls/names.js';
import { protocolByName, protocolByNumber } from '../../../src/bindings/net/rules/protocols.js';
import { serviceByName, serviceByPort } from '../../../src/bindings/net/rules/services.js';

test.each([
  ['domain', 'udp', 53],
  ['telnet', 'tcp', 23],
])('HST-09 %s/%s is port %i', (name, protocol, port) => {
  const service = serviceByName(name, protocol)!;
  expect([service.s_name, service.s_proto, ntohs(service.s_port)]).toEqual([name, protocol, port]);
});

test('aliases find the service, in any case', () => {
  expect(serviceByName('WWW', 'TCP')).toMatchObject({ s_name: 'http', s_aliases: ['www', 'www-http'] });
  expect(serviceByName('null', 'udp')).toMatchObject({ s_name: 'discard', s_proto: 'udp' });
});

test('without a protocol the first entry is found', () => {
  expect(serviceByName('echo', null)).toMatchObject({ s_proto: 'tcp' });
  expect(serviceByName('tftp', null)).toMatchObject({ s_proto: 'udp' });
});

test('what is not in the file', () => {
  expect(serviceByName('no-such-service', null)).toBeUndefined();
  expect(serviceByName('tftp', 'tcp')).toBeUndefined();
  expect(serviceByName('echo', 'icmp')).toBeUndefined();
  expect(serviceByPort(65000, null)).toBeUndefined();
});

test('a port finds the service of its protocol', () => {
  expect(serviceByPort(513, 'tcp')).toMatchObject({ s_name: 'login' });
  expect(serviceByPort(513, 'udp')).toMatchObject({ s_name: 'who', s_aliases: ['whod'] });
});

test('HST-12 protocols by number: those of the file and no other', () => {
  const known = [0, 1, 3, 6, 8, 12, 17, 20, 22, 27, 41, 43, 44, 50, 51, 58, 59, 60, 66];
  for (let number = -1; number <= 256; number++)
    expect([number, protocolByNumber(number) !== undefined]).toEqual([number, known.includes(number)]);
  expect(protocolByNumber(6)).toEqual({ p_name: 'tcp', p_aliases: ['TCP'], p_proto: 6 });
  expect(protocolByNumber(43)).toEqual({ p_name: 'ipv6-route', p_aliases: ['IPv6-Route'], p_proto: 43 });
});

test('HST-12 protocols by name, in any case', () => {
  for (const name of ['udp', 'UDP', 'Udp']) expect(protocolByName(name)?.p_proto).toBe(17);
  expect(protocolByName('no-such-protocol')).toBeUndefined();
});
