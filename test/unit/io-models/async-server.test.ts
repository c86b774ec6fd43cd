import { describe, expect, test } from 'vitest';
import {
  AsyncServer,
  type AsyncServerOptions,
  type CallRecord,
  EventServer,
} from '../../../src/io-models/index.js';
import { FD_ACCEPT, FD_CLOSE, FD_READ, FD_WRITE } from '../../../src/ws2_32/index.js';
import { HWND, scriptedEvents, scriptedWindow, settled } from './scripted-events.js';
import { last, type Script, scriptedWinsock, steps, textOf, writeAddress } from './scripted-winsock.js';

const LISTENER = 100;
const FIRST = 2000;

/** A server, and `tell` to tell it of an event in its own way. */
function prepared(form: 'message' | 'event', script: Script, options: AsyncServerOptions = {}) {
  const window = scriptedWindow();
  const events = scriptedEvents();
  const told = form === 'message' ? window : events;
  let clients = FIRST;
  const scripted = scriptedWinsock({
    ...told.script,
    accept: (_s: number, addr: Buffer) =>
      last(writeAddress(addr, '10.0.0.1', 5001 + clients - FIRST), clients++),
    ...script,
  });
  const screen = textOf();
  const records: CallRecord[] = [];
  const messages: string[] = [];
  const server = new (form === 'message' ? AsyncServer : EventServer)(scripted.ws, {
    host: '127.0.0.1',
    screen,
    onRecord: (r) => records.push(r),
    onMessage: (text) => messages.push(text),
    ...options,
  });
  server.init();
  const tell = async (...what: [number, number, number?]) => {
    if (form === 'message') window.post(...what);
    else events.happen(...what);
    await settled();
  };
  return { ...scripted, server, tell, screen, records, messages, window, events };
}

/** The same, running. */
function started(...args: Parameters<typeof prepared>) {
  const t = prepared(...args);
  return { ...t, done: t.server.start() };
}

const data = (text: string) => (_s: number, buffer: Buffer) => buffer.write(text, 'latin1');

describe.each(['message', 'event'] as const)('told by %s', (form) => {
  test('one recv for each FD_READ; at FD_CLOSE what is unread is received first; then the record', async () => {
    const t = started(form, {
      recv: steps<[number, Buffer]>('recv', data('ab'), data('c'), data('de'), data('f'), () => 0),
    });
    await t.tell(LISTENER, FD_ACCEPT);
    await t.tell(FIRST, FD_WRITE);
    await t.tell(FIRST, FD_READ);
    await t.tell(FIRST, FD_READ);
    expect(t.calls.filter((name) => name === 'recv')).toHaveLength(2);
    await t.tell(FIRST, FD_CLOSE);
    expect(t.records).toMatchObject([
      { ip: '10.0.0.1', port: 5001, size: 6, complete: true, body: Buffer.from('abcdef') },
    ]);
    expect(t.screen.text()).toBe('\n>> conn accepted from 10.0.0.1, remote port 5001.... 6 bytes received.');
    expect(t.calls.filter((name) => name === 'closesocket')).toHaveLength(1);
  });

  test.each([
    [10054, 'FD_CLOSE: WSAECONNRESET (10054), reset by the other side'],
    [10053, 'FD_CLOSE: WSAECONNABORTED (10053), broken off or timed out'],
    [10050, 'FD_CLOSE: WSAENETDOWN (10050), the network has failed'],
    [10060, 'FD_CLOSE: WSAETIMEDOUT (10060)'],
  ])('FD_CLOSE with %i: what came is kept as incomplete, with the reason', async (code, error) => {
    const t = started(form, { recv: steps<[number, Buffer]>('recv', data('abc'), () => t.fail(code)) });
    await t.tell(LISTENER, FD_ACCEPT);
    await t.tell(FIRST, FD_READ);
    await t.tell(FIRST, FD_CLOSE, code);
    expect(t.records).toMatchObject([{ size: 3, complete: false, error }]);
    expect(t.screen.text()).toContain(` 3 bytes received. Incomplete: ${error}.`);
  });

  test('a recv that fails leaves the reason to FD_CLOSE; nothing there yet is no failure', async () => {
    const t = started(form, {
      recv: steps<[number, Buffer]>(
        'recv',
        () => t.fail(10035),
        data('a'),
        () => t.fail(10054),
        () => t.fail(10054),
      ),
    });
    await t.tell(LISTENER, FD_ACCEPT);
    for (let i = 0; i < 3; i++) await t.tell(FIRST, FD_READ);
    expect(t.records).toEqual([]);
    await t.tell(FIRST, FD_CLOSE, 10053);
    expect(t.records).toMatchObject([
      { size: 1, error: 'FD_CLOSE: WSAECONNABORTED (10053), broken off or timed out' },
    ]);
  });

  test('a socket that somebody closed ends its call: no FD_CLOSE will come', async () => {
    const t = started(form, { recv: steps<[number, Buffer]>('recv', data('a'), () => t.fail(10038)) });
    await t.tell(LISTENER, FD_ACCEPT);
    await t.tell(FIRST, FD_READ);
    await t.tell(FIRST, FD_READ);
    expect(t.records).toMatchObject([{ size: 1, error: 'recv: WSAENOTSOCK (10038)' }]);
  });

  test('a client that went again before accept is no failure; another error is said', async () => {
    const accept = steps(
      'accept',
      () => t.fail(10035),
      () => t.fail(10024),
    );
    const t = started(form, { accept });
    await t.tell(LISTENER, FD_ACCEPT);
    expect(t.screen.text()).toBe('');
    await t.tell(LISTENER, FD_ACCEPT);
    expect(t.screen.text()).toBe('\n>> accept: WSAEMFILE (10024)');
  });

  test('many clients at once, each with its own data', async () => {
    const clients = 200;
    const left = new Map<number, string[]>();
    const recv = (s: number, buffer: Buffer) => data(left.get(s)?.shift() ?? '')(s, buffer);
    const t = started(form, { recv });
    for (let i = 0; i < clients; i++) {
      left.set(FIRST + i, [`client ${i}`, ' again']);
      await t.tell(LISTENER, FD_ACCEPT);
    }
    for (let i = 0; i < clients; i++) await t.tell(FIRST + i, FD_READ);
    for (let i = 0; i < clients; i++) await t.tell(FIRST + i, FD_CLOSE);
    expect(t.records.map((r) => `${r.body}`)).toEqual(
      Array.from({ length: clients }, (_, i) => `client ${i} again`),
    );
  });

  test('stop: calls that are open are kept as incomplete, everything is closed, Winsock released', async () => {
    const t = started(form, { recv: data('ab') });
    await t.tell(LISTENER, FD_ACCEPT);
    await t.tell(FIRST, FD_READ);
    t.server.stop();
    expect(await t.done).toBe(true);
    await t.server.close();
    expect(t.records).toMatchObject([{ size: 2, complete: false, error: 'the server was stopped' }]);
    expect(t.calls.filter((name) => /closesocket|WSACleanup/.test(name))).toEqual([
      'closesocket',
      'closesocket',
      'WSACleanup',
    ]);
    expect([t.window.open(), t.events.open()]).toEqual([false, 0]);
    expect(t.server.status).toBe('Stopped');
  });

  test('stops by itself after so many calls', async () => {
    const t = started(form, { recv: steps<[number, Buffer]>('recv', data('x'), () => 0) }, { calls: 1 });
    await t.tell(LISTENER, FD_ACCEPT);
    await t.tell(FIRST, FD_CLOSE);
    expect(await t.done).toBe(true);
  });

  test('a port in use: the message, start answers false, and nothing is left open', async () => {
    const t = prepared(form, { bind: () => t.fail(10048) });
    expect(await t.server.start()).toBe(false);
    expect(t.messages).toEqual([
      'Could not bind a socket to the selected port.     \rWinsock error code: 10048',
    ]);
    expect(t.calls).toContain('closesocket');
    expect([t.window.open(), t.events.open()]).toEqual([false, 0]);
  });
});

test('WSAAsyncSelect comes before anything else that is done with the socket', () => {
  const t = started('message', {});
  expect(t.calls).toEqual(
    'WSAStartup gethostname gethostbyname socket createMessageWindow WSAAsyncSelect bind listen'.split(' '),
  );
  expect(t.window.selected).toEqual([[LISTENER, HWND, 0x0405, FD_READ | FD_WRITE | FD_ACCEPT | FD_CLOSE]]);
});

test('messages for sockets that are closed, of other programs, and late ones for a number used again', async () => {
  const t = started('message', {
    recv: steps<[number, Buffer]>(
      'recv',
      () => t.fail(10035),
      data('x'),
      () => 0,
    ),
  });
  await t.tell(77, FD_READ);
  await t.tell(77, FD_CLOSE);
  t.window.post(LISTENER, FD_ACCEPT, 0, 0x0400);
  expect(t.calls).not.toContain('accept');
  await t.tell(LISTENER, FD_ACCEPT);
  // What an earlier socket of this number left in the queue: this one is open.
  await t.tell(FIRST, FD_CLOSE);
  expect(t.records).toEqual([]);
  await t.tell(FIRST, FD_CLOSE);
  expect(t.records).toMatchObject([{ size: 1, complete: true }]);
});

test('of more clients than events several share one, and every wait stays within 64', async () => {
  const t = started('event', { recv: () => 0 });
  for (let i = 0; i < 300; i++) await t.tell(LISTENER, FD_ACCEPT);
  const events = [...t.events.eventOf.values()];
  expect(events).toHaveLength(301);
  expect(new Set(events).size).toBe(63);
  expect(Math.max(...t.events.waits)).toBe(64);
  const uses = [...new Set(events)].map((event) => events.filter((e) => e === event).length);
  expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
});

test('a wait that fails is said, and stops the server', async () => {
  const t = prepared('event', {
    WSAWaitForMultipleEventsAsync: async () => t.fail(6, 0xffffffff),
  });
  expect(await t.server.start()).toBe(true);
  expect(t.screen.text()).toMatch(/>> WSAWaitForMultipleEvents: .*\(6\)/);
  expect(t.events.open()).toBe(0);
});
