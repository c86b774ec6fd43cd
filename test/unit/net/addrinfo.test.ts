import { expect, test } from 'vitest';
import { addressFrom } from '../../../src/bindings/net/address.js';
import { addressText } from '../../../src/bindings/net/rules/address-string.js';
import {
  entryOf,
  isGlobal,
  numericNode,
  portOfService,
  readHints,
  wanted,
} from '../../../src/bindings/net/rules/addrinfo.js';
import {
  ADDRINFO,
  AF_INET,
  AF_INET6,
  AI_ALL,
  AI_CANONNAME,
  AI_FQDN,
  AI_NUMERICSERV,
  AI_V4MAPPED,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAESOCKTNOSUPPORT,
  WSAHOST_NOT_FOUND,
  WSANO_RECOVERY,
  WSATYPE_NOT_FOUND,
} from '../../../src/ws2_32/index.js';

const none = { flags: 0, family: 0, type: 0, protocol: 0 };

test('hints come as an object, as bytes, or not at all', () => {
  const read = { ...none, family: AF_INET, type: SOCK_DGRAM, protocol: 17 };
  const given = { ai_family: AF_INET, ai_socktype: SOCK_DGRAM, ai_protocol: 17 };
  expect(readHints(null, 'a')).toEqual(none);
  expect(readHints(given, 'a')).toEqual(read);
  expect(readHints(new ADDRINFO(given), 'a')).toEqual(read);
});

test.each([
  ['two kinds of names', { ai_flags: AI_CANONNAME | AI_FQDN }, 'a', WSAEINVAL],
  ['the name of no node', { ai_flags: AI_CANONNAME }, null, WSANO_RECOVERY],
  ['a family that there is not', { ai_family: 99 }, 'a', WSAEAFNOSUPPORT],
  ['a type that there is not', { ai_socktype: 999 }, 'a', WSAESOCKTNOSUPPORT],
  ['a length', { ai_addrlen: 16 }, 'a', WSANO_RECOVERY],
  ['too few bytes', new Uint8Array(8), 'a', WSAEFAULT],
  ['a pointer', new ADDRINFO({ ai_next: 8 }), 'a', WSANO_RECOVERY],
])('hints with %s are refused', (_what, hints, node, code) => {
  expect(readHints(hints, node)).toBe(code);
});

test.each([
  [null, 0],
  ['', 0],
  ['0', 0],
  ['80', 80],
  [' 80', 80],
  ['65537', 1],
  ['http', 80],
  ['HTTP', 80],
])('GAI-05 service %s is port %i', (service, port) => {
  expect(portOfService(service, none)).toEqual({ port });
});

test('GAI-17 services that are unknown, or unknown for the type', () => {
  expect(portOfService('nonexistentservice', none)).toEqual({ code: WSATYPE_NOT_FOUND });
  expect(portOfService('tftp', { ...none, type: SOCK_STREAM })).toEqual({ code: WSATYPE_NOT_FOUND });
  expect(portOfService('tftp', { ...none, type: SOCK_DGRAM })).toEqual({ port: 69 });
  expect(portOfService('http', { ...none, type: SOCK_RAW })).toEqual({ code: WSATYPE_NOT_FOUND });
  expect(portOfService('http', { ...none, flags: AI_NUMERICSERV })).toEqual({ code: WSAHOST_NOT_FOUND });
});

test.each([
  ['GAI-08', '192.168.1.253', '192.168.1.253'],
  ['', '127.1', '127.0.0.1'],
  ['GAI-10', '2a00:2039:dead:beef:cafe::6666', '2a00:2039:dead:beef:cafe::6666'],
  ['GAI-11', '[beef::cafe]', 'beef::cafe'],
  ['GAI-13', '[beef::cafe]:10239', 'beef::cafe'],
])('%s node %s is the address %s, port 0', (_id, node, address) => {
  const numeric = numericNode(node)!;
  expect([addressText(numeric.family, numeric.bytes), numeric.port]).toEqual([address, 0]);
});

test.each(['[beef::cafe', 'beef::cafe]', '192.168.1.253:1024', '1.2.3.4 ', 'localhost', ''])(
  'GAI-12 node "%s" is no address',
  (node) => {
    expect(numericNode(node)).toBeUndefined();
  },
);

test('the family filters, and AI_V4MAPPED maps', () => {
  const v4 = addressFrom('1.2.3.4', 0);
  const v6 = addressFrom('2001:db8::1', 0);
  const texts = (family: number, flags: number, given = [v4, v6]) =>
    wanted(given, { ...none, family, flags }).map((found) => addressText(found.family, found.bytes));
  expect(texts(0, 0)).toEqual(['1.2.3.4', '2001:db8::1']);
  expect(texts(AF_INET, 0)).toEqual(['1.2.3.4']);
  expect(texts(AF_INET6, 0)).toEqual(['2001:db8::1']);
  expect(texts(AF_INET6, AI_V4MAPPED)).toEqual(['2001:db8::1']);
  expect(texts(AF_INET6, AI_V4MAPPED, [v4])).toEqual(['::ffff:1.2.3.4']);
  expect(texts(AF_INET6, AI_V4MAPPED | AI_ALL)).toEqual(['2001:db8::1', '::ffff:1.2.3.4']);
});

test('GAI-19 which addresses are global', () => {
  const global = (text: string) => isGlobal(addressFrom(text, 0));
  expect(['8.8.8.8', '2001:db8::1', 'fd00::1'].map(global)).toEqual([true, true, true]);
  expect(['127.0.0.1', '::1', 'fe80::1', '::'].map(global)).toEqual([false, false, false, false]);
});

test('GAI-16 an entry echoes the type and protocol of the hints', () => {
  const entry = entryOf(addressFrom('1.2.3.4', 0), 80, { ...none, type: 2, protocol: 999 }, null);
  expect(entry).toMatchObject({ ai_flags: 0, ai_family: AF_INET, ai_socktype: 2, ai_protocol: 999 });
  expect([...entry.ai_addr]).toEqual([2, 0, 0, 80, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect([entry.ai_addrlen, entry.ai_canonname]).toEqual([16, null]);
});
