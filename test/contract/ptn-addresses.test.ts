import { expect } from 'vitest';
import { AF_INET, AF_INET6, WSAEFAULT, WSAEINVAL } from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { address, expectError, expectSuccess, portOf } from '../support/sockets.js';

function address6(groups: number[], port: number, scope = 0): Uint8Array {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET6, true);
  view.setUint16(2, port);
  for (const [i, group] of groups.entries()) view.setUint16(8 + 2 * i, group);
  view.setUint32(24, scope, true);
  return bytes;
}

const printed: [id: string, name: Uint8Array, text: string][] = [
  ['PTN-19', address(0, '0.0.0.0'), '0.0.0.0'],
  ['PTN-19', address(0, '255.255.255.255'), '255.255.255.255'],
  ['PTN-19', address(65535, '0.0.0.0'), '0.0.0.0:65535'],
  ['PTN-20', address6([0x20ab, 0, 0, 0, 0, 0, 0, 1], 0), '20ab::1'],
  ['PTN-20', address6([0x20ab, 0, 0, 0, 0, 0, 0, 0x2001], 33274), '[20ab::2001]:33274'],
  ['PTN-20', address6([0x20ab, 0, 0, 0, 0, 0, 0, 0x2001], 33274, 4660), '[20ab::2001%4660]:33274'],
  ['PTN-20', address6([0x20ab, 0, 0, 0, 0, 0, 0, 0x2001], 0, 4660), '20ab::2001%4660'],
];

const read4: [id: string, text: string, bytes: number[], port: number][] = [
  ['PTN-22', '1.1.1.1', [1, 1, 1, 1], 0],
  ['PTN-22', '1.2', [1, 0, 0, 2], 0],
  ['PTN-22', '1.2.3:1', [1, 2, 0, 3], 1],
  ['PTN-22', '1.1.1.0xaA', [1, 1, 1, 0xaa], 0],
  ['PTN-22', '1.1.1.010', [1, 1, 1, 8], 0],
  ['PTN-22', '203569230:123', [12, 34, 56, 78], 123],
  ['PTN-22', '0777:10', [0, 0, 1, 255], 10],
  ['PTN-22', '255.255.255.255', [255, 255, 255, 255], 0],
  ['PTN-23', '127.127.127.127:123', [127, 127, 127, 127], 123],
  ['PTN-23', '127.127.127.127:65535', [127, 127, 127, 127], 65535],
  ['PTN-23', '127.127.127.127:0xAbCd', [127, 127, 127, 127], 43981],
  ['PTN-23', '127.127.127.127:010', [127, 127, 127, 127], 8],
  ['PTN-26', '0x123456789', [0x23, 0x45, 0x67, 0x89], 0],
];
const refused4 = [
  '',
  ' ',
  ' 3.4.5.6',
  '3.4.5.6 ',
  '1.2.',
  '1..2',
  '-1',
  '3.4.5.+6',
  '255.255.255.256',
  '756.3.4',
  'a',
];
const read6: [text: string, groups: number[], port: number][] = [
  ['::1', [0, 0, 0, 0, 0, 0, 0, 1], 0],
  ['[::1]', [0, 0, 0, 0, 0, 0, 0, 1], 0],
  ['[::1]:65535', [0, 0, 0, 0, 0, 0, 0, 1], 65535],
  ['2001::1', [0x2001, 0, 0, 0, 0, 0, 0, 1], 0],
];

forEachBinding((ws) => {
  withFunctions(ws, ['WSAAddressToStringA', 'WSAAddressToStringW'], (x) => {
    for (const [id, name, text] of printed) {
      fact(ws, id, `WSAAddressToString gives ${text}`, () => {
        const length = Uint32Array.of(64);
        const buffer = Buffer.alloc(64, 0xcc);
        expectSuccess(ws, () => x.WSAAddressToStringA(name, name.length, null, buffer, length));
        expect([buffer.toString('latin1', 0, text.length + 1), length[0]]).toEqual([
          `${text}\0`,
          text.length + 1,
        ]);
        const wide = Buffer.alloc(128, 0xcc);
        length[0] = 64;
        expectSuccess(ws, () => x.WSAAddressToStringW(name, name.length, null, wide, length));
        expect([wide.toString('utf16le', 0, 2 * text.length + 2), length[0]]).toEqual([
          `${text}\0`,
          text.length + 1,
        ]);
      });
    }

    rule(ws, 'WSAAddressToString without room is WSAEFAULT with the length it needs', () => {
      const length = Uint32Array.of(4);
      const name = address(80);
      expectError(ws, () => x.WSAAddressToStringA(name, 16, null, Buffer.alloc(4), length), WSAEFAULT);
      expect(length[0]).toBe('127.0.0.1:80'.length + 1);
    });
  });

  withFunctions(ws, ['WSAStringToAddressA', 'WSAStringToAddressW'], (x) => {
    for (const name of ['WSAStringToAddressA', 'WSAStringToAddressW']) {
      const read = (text: string, family: number, size: number) => {
        const bytes = new Uint8Array(38).fill(0xab);
        const length = Int32Array.of(size);
        const call = () => x[name](text, family, null, bytes, length);
        return { bytes, length, call };
      };

      fact(ws, 'PTN-21', `${name} with length 0 is WSAEFAULT and raises the length`, () => {
        const { length, call } = read('1.2.3.4', AF_INET, 0);
        expectError(ws, call, WSAEFAULT);
        expect(length[0]).toBeGreaterThanOrEqual(16);
      });

      for (const [id, text, address, port] of read4) {
        fact(ws, id, `${name}(${text})`, () => {
          const { bytes, length, call } = read(text, AF_INET, 26);
          expectSuccess(ws, call);
          expect([bytes[0], [...bytes.subarray(4, 8)], portOf(bytes), length[0]]).toEqual([
            2,
            address,
            port,
            16,
          ]);
        });
      }

      for (const text of refused4) {
        fact(
          ws,
          'PTN-25',
          `${name}(${JSON.stringify(text)}) is WSAEINVAL, family 0, the length as it was`,
          () => {
            const { bytes, length, call } = read(text, AF_INET, 26);
            expectError(ws, call, WSAEINVAL);
            expect([bytes[0], bytes[1], length[0]]).toEqual([0, 0, 26]);
          },
        );
      }

      for (const [text, groups, port] of read6) {
        rule(ws, `${name}(${text}) as IPv6`, () => {
          const { bytes, length, call } = read(text, AF_INET6, 38);
          expectSuccess(ws, call);
          expect([...bytes.subarray(8, 24)]).toEqual(groups.flatMap((group) => [group >> 8, group & 255]));
          expect([bytes[0], portOf(bytes), length[0]]).toEqual([AF_INET6, port, 28]);
        });
      }
    }
  });
});
