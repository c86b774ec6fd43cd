import { expect, test } from 'vitest';
import {
  AF_INET,
  AF_INET6,
  GUID,
  linger,
  sockaddr_in,
  sockaddr_in6,
  timeval,
  WSADATA,
  WSAID_ACCEPTEX,
  WSANETWORKEVENTS,
  WSAOVERLAPPED,
  WSAPOLLFD,
  WSAPROTOCOL_INFOW,
} from '../../../src/ws2_32/index.js';

test('a sockaddr_in is 16 bytes, port and address in network byte order', () => {
  const name = sockaddr_in.from('127.0.0.1', 4096);
  expect(Buffer.from(name).toString('hex')).toBe('020010007f0000010000000000000000');
  expect(name).toMatchObject({ sin_family: AF_INET, sin_port: 0x0010, port: 4096, address: '127.0.0.1' });
  expect(name.sin_addr).toBe(0x0100007f);
  expect(() => sockaddr_in.from('1.2.3', 1)).toThrow(TypeError);
});

test.each([
  ['::1', '00000000000000000000000000000001'],
  ['fe80::1:2', 'fe800000000000000000000000010002'],
  ['::ffff:1.2.3.4', '00000000000000000000ffff01020304'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
])('a sockaddr_in6 of %s', (address, bytes) => {
  const name = sockaddr_in6.from(address, 80, 3);
  expect(name.sin6_family).toBe(AF_INET6);
  expect(Buffer.from(name.sin6_addr).toString('hex')).toBe(bytes);
  expect([name.port, name.sin6_scope_id, name.length]).toEqual([80, 3, 28]);
});

test('a struct is made of fields, or laid over memory', () => {
  expect([...new linger(1, 30)]).toEqual([1, 0, 30, 0]);
  expect(new timeval({ tv_sec: -1 }).tv_sec).toBe(-1);
  const memory = Buffer.alloc(64);
  const name = new sockaddr_in(memory, 16);
  name.sin_port = 0x1234;
  expect(memory.readUInt16LE(18)).toBe(0x1234);
  expect(() => new sockaddr_in(memory, 60)).toThrow(RangeError);
});

test('shared memory serves as well', () => {
  const shared = new SharedArrayBuffer(32);
  new WSAOVERLAPPED(shared).hEvent = 24;
  expect(new Uint8Array(shared)[24]).toBe(24);
});

test('text ends at its NUL and is cut to its field', () => {
  const data = new WSADATA({ szDescription: 'WinSock 2.0' });
  expect(data.szDescription).toBe('WinSock 2.0');
  data.szSystemStatus = 'x'.repeat(500);
  expect(data.szSystemStatus).toHaveLength(128);
  expect(new WSAPROTOCOL_INFOW({ szProtocol: 'MSAFD Tcpip' }).szProtocol).toBe('MSAFD Tcpip');
});

test('arrays and inner structs', () => {
  const events = new WSANETWORKEVENTS();
  events.iErrorCode = [0, 0, 0, 0, 10061];
  expect(events.iErrorCode).toEqual([0, 0, 0, 0, 10061, 0, 0, 0, 0, 0]);
  const info = new WSAPROTOCOL_INFOW();
  info.ProtocolChain.ChainLen = 1;
  expect(info.ProtocolChain.ChainLen).toBe(1);
  info.ProviderId = WSAID_ACCEPTEX;
  expect(info.ProviderId.Data1).toBe(0xb5367df1);
  expect(new GUID({ Data4: Buffer.alloc(8, 7) }).Data4[7]).toBe(7);
});

test('a part of a struct is plain bytes', () => {
  const part = sockaddr_in.from('10.0.0.1', 1).subarray(4, 8);
  expect(part).toBeInstanceOf(Uint8Array);
  expect(part).not.toBeInstanceOf(sockaddr_in);
  expect([...part]).toEqual([10, 0, 0, 1]);
});

test('an array for WSAPoll is one block of memory', () => {
  const fds = WSAPOLLFD.array([
    { fd: 4, events: 0x100 },
    { fd: -1, events: 0x10 },
  ]);
  expect(fds.memory).toHaveLength(2 * WSAPOLLFD.size);
  expect(fds.map(({ fd, events, revents }) => [fd, events, revents])).toEqual([
    [4, 0x100, 0],
    [-1, 0x10, 0],
  ]);
});
