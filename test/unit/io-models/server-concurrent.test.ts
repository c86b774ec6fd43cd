import { expect, test } from 'vitest';
import { type CallRecord, SelectPollingServer, type ServerOptions } from '../../../src/io-models/index.js';
import { FD_SET, FD_ZERO, type fd_set } from '../../../src/ws2_32/index.js';
import { last, type Script, scriptedWinsock, steps, textOf, writeAddress } from './scripted-winsock.js';

const FIRST = 1000;

/** Clients that connect one after the other: SOCKETs from 1000 on, ports the same; then WSAEWOULDBLOCK. */
function accepting(t: () => ReturnType<typeof scriptedWinsock>, count: number) {
  let next = FIRST;
  return (_s: number, addr: Buffer) => {
    if (next === FIRST + count) return t().fail(10035);
    writeAddress(addr, '10.0.0.1', next);
    return next++;
  };
}

/** A select that leaves these sockets in the read set. */
const ready =
  (...sockets: number[]) =>
  (_n: number, read: fd_set) => {
    FD_ZERO(read);
    for (const s of sockets) FD_SET(s, read);
    return sockets.length;
  };

function server(script: Script, options: ServerOptions = {}) {
  const scripted = scriptedWinsock(script);
  const screen = textOf();
  const records: CallRecord[] = [];
  const server = new SelectPollingServer(scripted.ws, {
    mode: 'concurrent',
    screen,
    onRecord: (r) => records.push(r),
    ...options,
  });
  return { ...scripted, server, screen, records };
}

const data = (text: string) => (_s: number, buffer: Buffer) => buffer.write(text, 'latin1');

test('a silent client does not hold up another, and is kept as incomplete when the server stops', async () => {
  const [silent, quick] = [FIRST, FIRST + 1];
  const t = server({
    accept: (...args: [number, Buffer]) => accept(...args),
    select: steps('select', ready(100), ready(silent, quick), ready(quick), (...args: [number, fd_set]) => {
      t.server.stop();
      return ready(quick)(...args);
    }),
    recv: (s: number, buffer: Buffer) => (s === silent ? fromSilent(s, buffer) : fromQuick(s, buffer)),
  });
  const accept = accepting(() => t, 2);
  const fromSilent = steps<[number, Buffer]>('recv', data('hel'), () => t.fail(10035));
  const fromQuick = steps<[number, Buffer]>(
    'recv',
    data('a'),
    () => t.fail(10035),
    data('b'),
    () => 0,
  );
  t.server.init();
  expect(await t.server.start()).toBe(true);
  expect(t.screen.text().split('\n').slice(1)).toEqual([
    `>> conn accepted from 10.0.0.1, remote port ${quick}.. 2 bytes received.`,
    `>> conn accepted from 10.0.0.1, remote port ${silent}. 3 bytes received. Incomplete: the server was stopped.`,
  ]);
  expect(t.records).toMatchObject([
    { port: quick, body: Buffer.from('ab'), complete: true },
    { port: silent, body: Buffer.from('hel'), complete: false },
  ]);
});

test('would-block after readiness, and WSAEINTR, are no errors', async () => {
  const t = server({
    accept: (...args: [number, Buffer]) => accept(...args),
    select: steps('select', ready(100), ready(FIRST), ready(FIRST), (...args: [number, fd_set]) => {
      t.server.stop();
      return ready(FIRST)(...args);
    }),
    recv: steps<[number, Buffer]>(
      'recv',
      () => t.fail(10035),
      () => t.fail(10004),
      data('x'),
      () => 0,
    ),
  });
  const accept = accepting(() => t, 1);
  t.server.init();
  await t.server.start();
  expect(t.records).toMatchObject([{ size: 1, complete: true }]);
});

test('polls more than 64 clients: the read set holds them all, the others the listening socket', async () => {
  const clients = 300;
  let sets: number[][] = [];
  const t = server({
    accept: (...args: [number, Buffer]) => accept(...args),
    select: steps<[number, fd_set, fd_set, fd_set]>('select', ...times(2, ready(100)), (_n, ...args) => {
      sets = args.slice(0, 3).map((set) => set.fd_array);
      t.server.stop();
      return 0;
    }),
  });
  const accept = accepting(() => t, clients);
  t.server.init();
  await t.server.start();
  expect(sets[0]).toEqual([100, ...times(clients, 0).map((_, i) => FIRST + i)]);
  expect(sets.slice(1)).toEqual([[100], [100]]);
});

test('a client socket that someone closed under select ends that call alone', async () => {
  const [gone, other] = [FIRST, FIRST + 1];
  const t = server({
    accept: (...args: [number, Buffer]) => accept(...args),
    select: steps(
      'select',
      ready(100),
      ready(gone),
      () => t.fail(10038),
      ready(other),
      () => last(t.server.stop(), 0),
    ),
    ioctlsocket: (s: number, cmd: number) => (s === gone && cmd === 0x4004667f ? t.fail(10038) : 0),
    recv: steps(
      'recv',
      data('ab'),
      () => t.fail(10035),
      data('c'),
      () => 0,
    ),
  });
  const accept = accepting(() => t, 2);
  t.server.init();
  await t.server.start();
  expect(t.records).toMatchObject([
    { port: gone, size: 2, complete: false, error: 'select: WSAENOTSOCK (10038)' },
    { port: other, size: 1, complete: true },
  ]);
});

test('one fast client does not keep the loop: it reads a bounded number of chunks a turn', async () => {
  let turns = 0;
  const t = server({
    accept: (...args: [number, Buffer]) => accept(...args),
    select: (...args: [number, fd_set]) => {
      turns++;
      if (turns === 1) return ready(100)(...args);
      if (turns === 4) t.server.stop();
      return ready(FIRST)(...args);
    },
    recv: data('endless'),
  });
  const accept = accepting(() => t, 1);
  t.server.init();
  await t.server.start();
  expect(t.records).toMatchObject([{ size: 3 * 16 * 7, complete: false }]);
});

test('with blocking: false it polls with selectAsync, and a stop reaches it there', async () => {
  const t = server(
    { selectAsync: () => new Promise((resolve) => setImmediate(resolve, 0)) },
    { blocking: false },
  );
  t.server.init();
  const started = t.server.start();
  setImmediate(() => t.server.stop());
  expect(await started).toBe(true);
  expect(t.calls).toContain('selectAsync');
  expect(t.calls).not.toContain('select');
});

test('the faithful mode with blocking: false waits for its client with selectAsync too', async () => {
  const polled: number[][] = [];
  const t = server(
    {
      accept: (...args: [number, Buffer]) => accept(...args),
      selectAsync: async (_n: number, read: fd_set) => last(polled.push(read.fd_array), 1),
      recv: steps<[number, Buffer]>(
        'recv',
        () => t.fail(10035),
        data('ab'),
        () => last(t.server.stop(), 0),
      ),
    },
    { blocking: false, mode: 'faithful' },
  );
  const accept = accepting(() => t, 1);
  t.server.init();
  await t.server.start();
  expect(polled).toEqual([[100], [FIRST]]);
  expect(t.records).toMatchObject([{ size: 2, complete: true }]);
});

test('the faithful mode with blocking: false gives up a silent client when it is stopped', async () => {
  const t = server(
    {
      accept: (...args: [number, Buffer]) => accept(...args),
      selectAsync: steps(
        'selectAsync',
        async () => 1,
        async () => last(t.server.stop(), 0),
      ),
      recv: steps('recv', data('ab'), () => t.fail(10035)),
    },
    { blocking: false, mode: 'faithful' },
  );
  const accept = accepting(() => t, 1);
  t.server.init();
  await t.server.start();
  expect(t.records).toMatchObject([{ size: 2, complete: false, error: 'the server was stopped' }]);
});

function times<T>(n: number, value: T): T[] {
  return Array.from({ length: n }, () => value);
}
