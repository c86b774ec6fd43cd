import { expect, test } from 'vitest';
import { UdpClient, UdpServer } from '../../../src/io-models/index.js';
import { last, type Script, scriptedWinsock, textOf, writeAddress } from './scripted-winsock.js';

const datagram = (text: string) => (_s: number, buf: Buffer, _len: number, _flags: number, from: Buffer) =>
  last(writeAddress(from, '10.0.0.7', 5000), buf.write(text));

function scripted(script: Script) {
  const sent: { text: string; to: number[] }[] = [];
  const scripted = scriptedWinsock({
    sendto: (_s: number, buf: Buffer, len: number, _flags: number, to: Buffer) =>
      last(sent.push({ text: buf.toString('utf8', 0, len), to: [...to] }), len),
    ...script,
  });
  return { ...scripted, sent, screen: textOf() };
}

test('the server shows the request and answers the sender', () => {
  const t = scripted({ recvfrom: datagram('who is there?') });
  const server = new UdpServer(t.ws, { screen: t.screen });
  server.init();
  server.waitForRequest(4096);
  server.close();
  expect(t.calls).toEqual(
    'WSAStartup gethostname gethostbyname socket bind recvfrom sendto closesocket WSACleanup'.split(' '),
  );
  expect(t.screen.text().split('\n').slice(1)).toEqual([
    'Waiting for incoming requests on 127.0.0.1:4096...',
    'Request received from 10.0.0.7:5000',
    'who is there?',
  ]);
  expect(t.sent[0].text).toMatch(/^Responder: HERE # .+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(t.sent[0].to.slice(0, 8)).toEqual([2, 0, 0x13, 0x88, 10, 0, 0, 7]);
});

test('gives recvfrom the sizes of the original', () => {
  let sizes: number[] = [];
  const recvfrom = (_s: number, buf: Buffer, len: number, flags: number, from: Buffer, fromlen: Int32Array) =>
    last((sizes = [buf.length, len, flags, from.length, fromlen[0]]), 0);
  const t = scripted({ recvfrom });
  new UdpServer(t.ws).waitForRequest(1);
  expect(sizes).toEqual([0x1000, 0x1000, 0, 64, 64]);
});

test('the client binds its own port, sends, and shows the answer', () => {
  const t = scripted({ recvfrom: datagram('Responder: you') });
  const client = new UdpClient(t.ws, { screen: t.screen });
  client.init();
  const answer = client.sendRequest(4097, 'hello', '10.0.0.7', 5000);
  expect(answer).toMatchObject({ ip: '10.0.0.7', port: 5000, data: Buffer.from('Responder: you') });
  expect(t.sent[0].text).toBe('hello');
  expect(t.screen.text()).toBe('\nResponse received from 10.0.0.7:5000\nResponder: you');
});

test('an error closes the socket and names the call', () => {
  const t = scripted({ recvfrom: () => t.fail(10054) });
  const server = new UdpServer(t.ws);
  expect(() => server.waitForRequest(1)).toThrowError(
    expect.objectContaining({ syscall: 'recvfrom', errno: 10054 }),
  );
  expect(t.calls.at(-1)).toBe('closesocket');
});
