import { expect, test } from 'vitest';
import { addressFrom } from '../../../src/bindings/net/address.js';
import { addressText, endpointText, parseEndpoint } from '../../../src/bindings/net/rules/address-string.js';
import { scanIpv4 } from '../../../src/bindings/net/rules/ipv4-address.js';
import { scanIpv6 } from '../../../src/bindings/net/rules/ipv6-address.js';

const AF_INET = 2;
const AF_INET6 = 23;

/** The bytes that were written, as hexadecimal digits. */
function written(text: string): string {
  const { bytes, written } = scanIpv6(text);
  return Buffer.from(bytes.subarray(0, written)).toString('hex');
}

const isAddress = (text: string) => scanIpv6(text).end === text.length;

test.each(['1.1.1.1', '0.0.0.0', '127.127.127.255'])('PTN-05 %s is four decimal parts', (text) => {
  expect(scanIpv4(text, true)).toEqual({ bytes: Uint8Array.from(text.split('.'), Number), end: text.length });
});

test.each([
  ['1', '1.2', '1.2.3', '203569230', '0x00010203', '0777'],
  ['1.1.1.010', '1.1.1.00', '1.1.1.0xaA', '127.127.127.256', '3.4.5.6.7'],
  ['', ' ', ' 3.4.5.6', '3. 4.5.6', '.', '1.2.3.', '1..2.3'],
])('PTN-06 what is not strictly an address: %s ...', (...texts) => {
  for (const text of texts) expect([text, scanIpv4(text, true)]).toEqual([text, undefined]);
});

test('PTN-07 an address ends where the junk begins', () => {
  for (const junk of [':123', ' ', 'a', '/8']) expect(scanIpv4(`3.4.5.6${junk}`, true)?.end).toBe(7);
  expect(scanIpv4('1.1.1.0a', true)?.end).toBe(7);
});

test.each([
  ['1', '0.0.0.1'],
  ['1.2', '1.0.0.2'],
  ['1.2.3', '1.2.0.3'],
  ['1.1.1.0xaA', '1.1.1.170'],
  ['1.1.1.010', '1.1.1.8'],
  ['0x00010203', '0.1.2.3'],
  ['0777', '0.0.1.255'],
  ['203569230', '12.34.56.78'],
  ['0x123456789', '35.69.103.137'],
])('PTN-22, PTN-26 %s is %s', (text, address) => {
  const parsed = parseEndpoint(text, AF_INET);
  expect([parsed.valid, parsed.bytes.join('.'), parsed.port]).toEqual([true, address, 0]);
});

test.each([
  [':123', 123],
  [':65535', 65535],
  [':0xAbCd', 43981],
  [':010', 8],
])('PTN-23 port text %s', (text, port) => {
  expect(parseEndpoint(`127.0.0.1${text}`, AF_INET)).toMatchObject({ valid: true, port });
  expect(parseEndpoint(`[::1]${text}`, AF_INET6)).toMatchObject({ valid: true, port });
});

test.each([':', ':0', ':65536', '::1', ':0x', ':08', ':7 ', ': 7', ':-1', ':0x10000'])(
  'PTN-25 no port: %s',
  (text) => {
    expect(parseEndpoint(`127.0.0.1${text}`, AF_INET)).toMatchObject({ valid: false, port: 0 });
    expect(parseEndpoint(`[::1]${text}`, AF_INET6)).toMatchObject({ valid: false, port: 0 });
  },
);

test.each([
  '',
  ' ',
  ' 1.2.3.4',
  '1.2.3.4 ',
  '1.2.',
  '1..2',
  '-1',
  '3.4.5.+6',
  '756.3.4',
  '3.4.65536',
  '0x',
  '1.1.1.08',
])('PTN-25 no address: "%s"', (text) => {
  expect(parseEndpoint(text, AF_INET).valid).toBe(false);
});

test.each([
  '::',
  '::1',
  '1::',
  '1:2:3:4:5:6:7:8',
  '0:0:0:0:0:0:0::',
  '1:2:3:4:5:6:7::',
  '1::3:4:5:6:7:8',
  '::2:3:4:5:6:7:8',
  '1:2:3:4:5:6:1.2.3.4',
  '::1.2.3.4',
  '1::001.2.3.4',
  'FFFF:ffff::',
])('PTN-09, PTN-12 %s is an IPv6 address', (text) => {
  expect(isAddress(text)).toBe(true);
});

test.each([
  ['PTN-10', ['12345::', '1::2::3', '1:2:3:4:5:6:7:8:9', '1:2:3', '1:2:', ':1', ':', '1:2:3:4:5:6:7::8']],
  ['PTN-11', ['::1%1', '::/16', '[::1]', '1: :2', '::0x1', '::-1', '1::2 ']],
  ['PTN-12', ['1::0001.2.3.4', '1::1.2.3.256', '1::1.2.3', '1::1.2.3.4.5', '1::1.2a.3.4']],
  ['PTN-13', ['1.2.3.4']],
])('%s no IPv6 address: %s', (_id, texts) => {
  for (const text of texts) expect([text, isAddress(text)]).toEqual([text, false]);
});

test.each([
  ['1:2:', '00010002'],
  ['1:2:3', '00010002'],
  ['1::5:', '00010005'],
  ['1:22222:3', '0001'],
  ['1::1.2.3', '00010102'],
  ['1::1.2.3.', '0001010203'],
  ['::22222', '0000'],
  ['x', ''],
  ['1::2::3', `0001${'0000'.repeat(6)}0002`],
  ['1::0x88', `0001${'0000'.repeat(6)}0088`],
  ['1::0x80000000', `0001${'0000'.repeat(6)}ffff`],
  ['1:2:3:4:5:6::7:8', '00010002000300040005000600000007'],
])('PTN-10 %s leaves %s behind', (text, bytes) => {
  expect(isAddress(text)).toBe(false);
  expect(written(text)).toBe(bytes);
});

test.each([
  ['::', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['1:0:0:4:5:0:0:8', '1::4:5:0:0:8'],
  ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
  ['2001:DB8::00FF', '2001:db8::ff'],
  ['1:2:3:4:5:6::', '1:2:3:4:5:6::'],
  ['::cc98:bd74', '::204.152.189.116'],
  ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
  ['::ffff:0:102:304', '::ffff:0:1.2.3.4'],
  ['::ffff:0:1', '::ffff:0:1'],
  ['::ffff', '::ffff'],
  ['1:2:3:4:0:5efe:129.144.52.38', '1:2:3:4:0:5efe:129.144.52.38'],
  ['1:2:3:4:200:5efe:1.2.3.4', '1:2:3:4:200:5efe:1.2.3.4'],
  ['1:2:3:4:100:5efe:1.2.3.4', '1:2:3:4:100:5efe:102:304'],
])('%s is written as %s', (text, expected) => {
  expect(addressText(AF_INET6, scanIpv6(text).bytes)).toBe(expected);
});

test.each([
  ['0.0.0.0', 0, 0, '0.0.0.0'],
  ['0.0.0.0', 65535, 0, '0.0.0.0:65535'],
  ['20ab::1', 0, 0, '20ab::1'],
  ['20ab::2001', 33274, 0, '[20ab::2001]:33274'],
  ['20ab::2001', 33274, 4660, '[20ab::2001%4660]:33274'],
  ['20ab::2001', 0, 4660, '20ab::2001%4660'],
])('PTN-19, PTN-20 %s port %i scope %i is %s', (address, port, scope, expected) => {
  expect(endpointText({ ...addressFrom(address, port), scope })).toBe(expected);
});

test('a scope is a decimal number of 32 bits', () => {
  expect(parseEndpoint('[fe80::1%4294967295]:80', AF_INET6)).toMatchObject({
    valid: true,
    scope: 4294967295,
  });
  for (const scope of ['%', '%-1', '%4294967296', '%0x10', '%eth0'])
    expect(parseEndpoint(`[fe80::1${scope}]:80`, AF_INET6).valid).toBe(false);
});

test('brackets go in pairs', () => {
  expect(parseEndpoint('[::1]', AF_INET6)).toMatchObject({ valid: true, port: 0 });
  for (const text of ['[::1', '::1]', '::1]:80', '[::1].80'])
    expect(parseEndpoint(text, AF_INET6).valid).toBe(false);
});
