import { expect, test } from 'vitest';
import { type CallRecord, SelectPollingServer } from '../../../src/io-models/index.js';
import { FD_ZERO, type fd_set, type timeval } from '../../../src/ws2_32/index.js';
import { last, type Script, scriptedWinsock, steps, textOf, writeAddress } from './scripted-winsock.js';

const data = (text: string) => (_s: number, buffer: Buffer) => buffer.write(text, 'latin1');
const accepted = (s: number, port: number) => (_l: number, addr: Buffer) =>
  last(writeAddress(addr, '10.1.2.3', port), s);

function server(script: Script) {
  const scripted = scriptedWinsock(script);
  const screen = textOf();
  const records: CallRecord[] = [];
  const statuses: string[] = [];
  const messages: [string, number | undefined][] = [];
  const server = new SelectPollingServer(scripted.ws, {
    screen,
    onRecord: (r) => records.push(r),
    onStatus: (s) => statuses.push(s),
    onMessage: (text, code) => messages.push([text, code]),
  });
  return { ...scripted, server, screen, records, statuses, messages };
}

test('makes the calls of the original, in its order', async () => {
  const t = server({
    select: steps(
      'select',
      () => 1,
      () => last(t.server.stop(), 0),
    ),
    accept: accepted(200, 0x1234),
    recv: steps('recv', data('ab'), data('cde'), () => 0),
  });
  expect(t.server.init()).toBe(true);
  expect(await t.server.start()).toBe(true);
  await t.server.close();
  expect(t.calls).toEqual(
    (
      'WSAStartup gethostname gethostbyname socket bind listen select accept recv recv recv closesocket ' +
      'select closesocket WSACleanup'
    ).split(' '),
  );
});

test('shows what the original shows, byte for byte, and keeps its record', async () => {
  const t = server({
    select: () => 1,
    accept: accepted(200, 0x1234),
    recv: steps('recv', data('ab'), data('cde'), () => last(t.server.stop(), 0)),
  });
  t.server.init();
  await t.server.start();
  expect(t.screen.text()).toBe('\n>> conn accepted from 10.1.2.3, remote port 4660.. 5 bytes received.');
  expect(t.records).toMatchObject([
    { ip: '10.1.2.3', port: 4660, size: 5, complete: true, body: Buffer.from('abcde') },
  ]);
  expect(t.records[0].dt).toBeInstanceOf(Date);
});

test('a client that sends nothing leaves its line without an end, and no record', async () => {
  const t = server({ select: () => 1, accept: accepted(200, 80), recv: () => last(t.server.stop(), 0) });
  t.server.init();
  await t.server.start();
  expect(t.screen.text()).toBe('\n>> conn accepted from 10.1.2.3, remote port 80');
  expect(t.records).toEqual([]);
});

test('gives each call the values of the original', async () => {
  const seen: Record<string, unknown[]> = {};
  const note =
    (name: string, answer: unknown) =>
    (...args: unknown[]) => {
      seen[name] = args.map((a) => (a instanceof Uint8Array ? [...a] : a));
      return answer;
    };
  const t = server({
    WSAStartup: note('WSAStartup', 0),
    socket: note('socket', 100),
    bind: note('bind', 0),
    listen: note('listen', 0),
    select: (nfds: number, read: fd_set, write: fd_set, except: fd_set, timeout: timeval) => {
      seen.select = [
        nfds,
        ...[read, write, except].map((set) => set.fd_array),
        timeout.tv_sec,
        timeout.tv_usec,
      ];
      return 1;
    },
    accept: (s: number, addr: Buffer, addrlen: Int32Array) => {
      seen.accept = [s, addr.length, addrlen[0]];
      return 200;
    },
    recv: (s: number, buffer: Buffer, len: number, flags: number) => {
      seen.recv = [s, buffer.length, len, flags];
      t.server.stop();
      return 0;
    },
    closesocket: note('closesocket', 0),
  });
  t.server.init();
  await t.server.start();
  expect(seen.WSAStartup[0]).toBe(0x0202);
  expect(seen.socket).toEqual([2, 1, 6]);
  expect(seen.bind).toEqual([100, [2, 0, 0x10, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], 16]);
  expect(seen.listen).toEqual([100, 0x7fffffff]);
  expect(seen.select).toEqual([0, [100], [100], [100], 2, 1]);
  expect(seen.accept).toEqual([100, 64, 64]);
  expect(seen.recv).toEqual([200, 0xffff, 0xffff, 0]);
  expect(seen.closesocket).toEqual([100]);
});

test('a count with an empty read set is no call', async () => {
  const t = server({
    select: (_n: number, read: fd_set) => last(FD_ZERO(read), t.server.stop(), 1),
  });
  t.server.init();
  await t.server.start();
  expect(t.calls).not.toContain('accept');
});

test('the statuses follow the original: Stopped, Starting..., Running, Stopped', async () => {
  const t = server({ select: () => last(t.server.stop(), 0) });
  t.server.init();
  await t.server.start();
  expect(t.statuses).toEqual(['Stopped', 'Starting...', 'Running', 'Stopped']);
  expect(t.server.listeningSocket).toBe(0);
});

test('a port in use: the message with its code, the socket closed, Stopped again', async () => {
  const t = server({ bind: () => t.fail(10048) });
  t.server.init();
  expect(await t.server.start()).toBe(false);
  expect(t.messages).toEqual([
    ['Could not bind a socket to the selected port.     \rWinsock error code: 10048', 10048],
  ]);
  expect(t.statuses).toEqual(['Stopped', 'Starting...', 'Stopped']);
  expect(t.calls.slice(-2)).toEqual(['bind', 'closesocket']);
});

test('a Winsock that does not start: a message, and nothing else', async () => {
  const t = server({ WSAStartup: () => 10092 });
  expect(t.server.init()).toBe(false);
  expect(t.messages).toEqual([['Could not init Winsock library.     ', 10092]]);
  await t.server.close();
  expect(t.calls).toEqual(['WSAStartup']);
});

test('a recv that fails ends the call: the error is said, what came is kept, the record incomplete', async () => {
  const t = server({
    select: () => 1,
    accept: accepted(200, 80),
    recv: steps('recv', data('abc'), () => last(t.server.stop(), t.fail(10054))),
  });
  t.server.init();
  await t.server.start();
  expect(t.screen.text()).toBe(
    '\n>> conn accepted from 10.1.2.3, remote port 80. 3 bytes received. Incomplete: recv: WSAECONNRESET (10054).',
  );
  expect(t.records).toMatchObject([{ size: 3, complete: false, error: 'recv: WSAECONNRESET (10054)' }]);
  expect(t.calls.slice(-2)).toEqual(['closesocket', 'closesocket']);
});

test('an accept that fails is said, and the server goes on', async () => {
  const t = server({
    select: steps(
      'select',
      () => 1,
      () => last(t.server.stop(), 0),
    ),
    accept: () => t.fail(10054),
  });
  t.server.init();
  expect(await t.server.start()).toBe(true);
  expect(t.screen.text()).toBe('\n>> accept: WSAECONNRESET (10054)');
});

test('WSAEINTR from select is no reason to stop', async () => {
  const t = server({
    select: steps(
      'select',
      () => t.fail(10004),
      () => last(t.server.stop(), 0),
    ),
  });
  t.server.init();
  await t.server.start();
  expect(t.calls.filter((name) => name === 'select')).toHaveLength(2);
});

test('a listening socket that was closed under select stops the server', async () => {
  const t = server({ select: () => t.fail(10038) });
  t.server.init();
  expect(await t.server.start()).toBe(true);
  expect(t.screen.text()).toBe('\n>> select: WSAENOTSOCK (10038)');
  expect(t.server.status).toBe('Stopped');
});

test('Close stops a running server and releases Winsock once', async () => {
  const t = server({ select: () => 0 });
  t.server.init();
  const started = t.server.start();
  await t.server.close();
  await t.server.close();
  expect(await started).toBe(true);
  expect(t.calls.slice(-2)).toEqual(['closesocket', 'WSACleanup']);
});
