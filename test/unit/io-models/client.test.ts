import { expect, test } from 'vitest';
import { WinsockClient } from '../../../src/io-models/index.js';
import { WinsockError } from '../../../src/ws2_32/index.js';
import { last, type Script, scriptedWinsock, steps } from './scripted-winsock.js';

function client(script: Script) {
  const sent: Buffer[] = [];
  const statuses: string[] = [];
  const progress: number[] = [];
  const send = (_s: number, buf: Buffer, len: number) =>
    last(sent.push(Buffer.from(buf.subarray(0, len))), len);
  const scripted = scriptedWinsock({ connect: () => 0, send, ...script });
  const client = new WinsockClient(scripted.ws, {
    ip: '127.0.0.1',
    port: 4096,
    onStatus: (text) => statuses.push(text),
    onProgress: (n) => progress.push(n),
  });
  client.init();
  return { ...scripted, client, sent: () => Buffer.concat(sent).toString(), statuses, progress };
}

test('Test connects, sends "test", shuts down and closes, and says so', () => {
  const t = client({});
  expect(t.client.test()).toBe(4);
  t.client.close();
  expect(t.sent()).toBe('test');
  expect(t.calls).toEqual('WSAStartup socket connect send shutdown closesocket WSACleanup'.split(' '));
  expect(t.statuses).toEqual(['Connecting...', 'Sending...', 'Bytes sent: 4', 'Closing connection...']);
});

test('connects to the 16 bytes of a sockaddr_in', () => {
  let name: number[] = [];
  const t = client({
    connect: (_s: number, n: Buffer, len: number) => last((name = [...n.subarray(0, len)]), 0),
  });
  t.client.test();
  expect(name).toEqual([2, 0, 0x10, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('Send sends host, user, date, time and text', () => {
  const t = client({});
  t.client.send('Grüße');
  expect(t.sent()).toMatch(/^HERE # .+, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: Grüße$/);
});

test('a short send is continued where it ended', () => {
  const parts: string[] = [];
  const take = (n: number) => (_s: number, buf: Buffer) =>
    last(parts.push(Buffer.from(buf.subarray(0, n)).toString()), n);
  const t = client({ send: steps('send', take(3), take(1), take(2)) });
  expect(t.client.transmit(Buffer.from('abcdef'))).toBe(6);
  expect(parts).toEqual(['abc', 'd', 'ef']);
  expect(t.progress).toEqual([3, 4, 6]);
});

test('a refused connection: closesocket, then the error of connect', () => {
  const t = client({ connect: () => t.fail(10061) });
  expect(() => t.client.test()).toThrowError(
    expect.objectContaining({ syscall: 'connect', errno: 10061, code: 'WSAECONNREFUSED' }),
  );
  expect(t.calls.slice(-2)).toEqual(['connect', 'closesocket']);
});

test('a send that fails: says what was sent, closes, throws', () => {
  const t = client({
    send: steps(
      'send',
      () => 2,
      () => t.fail(10054),
    ),
  });
  expect(() => t.client.test()).toThrowError(WinsockError);
  expect(t.statuses.at(-1)).toBe('Bytes sent: 2');
  expect(t.calls.at(-1)).toBe('closesocket');
});

test('an empty file is sent as nothing', () => {
  const t = client({});
  expect(t.client.transmit([])).toBe(0);
  expect(t.statuses).toContain('Bytes sent: 0');
});
