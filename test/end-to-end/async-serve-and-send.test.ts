import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { wine } from '../support/wine.js';
import { wineAnswer } from '../support/wine-differs.js';
import { asyncServe, run, serve } from './command.js';
import { FILE_SIZE, file, hashOf, sendFilePlain, writeFile } from './large-file.js';
import { finish, plainClient, sendPlain } from './plain-client.js';

const bindings = expectedBindings();
const pairs = bindings.flatMap((server) => bindings.map((client) => [server, client] as const));
const posix = process.platform !== 'win32';
const timeout = 180_000;
const to = (port: number) => ['--host', '127.0.0.1', '--port', `${port}`];

/** A server that is not ours: Node's own. Ends when its client has. */
async function plainServer(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => onConnection(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

let hash = '';
beforeAll(() => {
  hash = writeFile();
});

test.each(pairs)('%s: async-serve, %s: async-send, 100 MB', { timeout }, async (here, there) => {
  const server = await asyncServe(here, '--calls', '1');
  const sent = await run(there, 'async-send', ...to(server.port), '--file', file);
  expect(sent).toMatchObject({ code: 0, stderr: '' });
  expect((await server.done).code).toBe(0);
  const [record] = server.records();
  expect(record).toMatchObject({ size: FILE_SIZE, complete: true });
  expect(hashOf(record.body)).toBe(hash);
});

describe.each(bindings)('%s: async-serve and async-send', (binding) => {
  test('100 MB with --events on both sides', { timeout }, async () => {
    const server = await asyncServe(binding, '--events', '--calls', '1');
    const sent = await run(binding, 'async-send', '--events', ...to(server.port), '--file', file);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toContain(`Bytes sent: ${FILE_SIZE}\n`);
    expect((await server.done).code).toBe(0);
    const [record] = server.records();
    expect(record).toMatchObject({ size: FILE_SIZE, complete: true });
    expect(hashOf(record.body)).toBe(hash);
  });
});

const forms = bindings.flatMap((binding) => [
  { title: `${binding}: async-serve and async-send`, binding, args: [] },
  { title: `${binding}: async-serve and async-send with --events`, binding, args: ['--events'] },
]);

describe.each(forms)('$title', ({ binding, args }) => {
  test('100 MB to a plain server that reads with pauses', { timeout }, async () => {
    const hashed = createHash('sha256');
    const port = await plainServer(async (socket) => {
      // A reader that falls behind: the sender is refused again and again.
      for await (const chunk of socket) {
        hashed.update(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const sent = await run(binding, 'async-send', ...args, ...to(port), '--file', file);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    // The client ends when the server has closed, and that has read everything by then.
    expect(hashed.digest('hex')).toBe(hash);
  });

  test('100 MB from a plain client', { timeout }, async () => {
    const server = await asyncServe(binding, ...args, '--calls', '1');
    await sendFilePlain(server.port);
    expect((await server.done).code).toBe(0);
    const [record] = server.records();
    expect(record).toMatchObject({ size: FILE_SIZE, complete: true });
    expect(hashOf(record.body)).toBe(hash);
  });

  test('the screens of both, line by line, and the record', async () => {
    const server = await asyncServe(binding, ...args, '--calls', '1');
    const sent = await run(binding, 'async-send', ...args, ...to(server.port), '--test');
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toBe('Connecting...\nSending...\nBytes sent: 4\nClosing connection...\n');
    const { code, stdout, stderr } = await server.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [record] = server.records();
    expect(record).toMatchObject({ ip: '127.0.0.1', size: 4, complete: true, body: Buffer.from('test') });
    expect(stdout.split('\n').slice(1)).toEqual([
      'Status: Stopped',
      'Status: Starting...',
      `Listening port: ${server.port}`,
      'Status: Running',
      `>> conn accepted from 127.0.0.1, remote port ${record.port}. 4 bytes received.`,
      'Status: Stopped',
      '',
    ]);
  });

  test('a message to the server that polls; and the polling client to this server', async () => {
    const polling = await serve(binding, '--calls', '1');
    const sent = await run(binding, 'async-send', ...args, ...to(polling.port), '--message', 'Hello, Ärger');
    expect(sent.code).toBe(0);
    await polling.done;
    expect(`${polling.records()[0].body}`).toMatch(/^.+ # .+, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: Hello, Ärger$/);
    const server = await asyncServe(binding, ...args, '--calls', '1');
    expect((await run(binding, 'send', ...to(server.port), '--test')).code).toBe(0);
    await server.done;
    expect(server.records()).toMatchObject([{ size: 4, complete: true }]);
  });

  test('a silent client holds up nobody', async () => {
    const server = await asyncServe(binding, ...args, '--calls', '2');
    const silent = await plainClient(server.port);
    await sendPlain(server.port, 'quick');
    await server.until(/ 5 bytes received\./);
    await finish(silent, 'at last');
    expect((await server.done).code).toBe(0);
    expect(server.records()).toMatchObject([
      { body: Buffer.from('quick'), complete: true },
      { body: Buffer.from('at last'), complete: true },
    ]);
  });

  // Wine's FD_CLOSE has no error after a reset: fact EVT-56 in ../support/wine-differs.ts.
  const silentReset = wine && wineAnswer(binding, 'EVT-56') !== undefined;

  test(`a client that resets is kept as ${silentReset ? 'complete [Wine]' : 'incomplete, with the reason'}`, async () => {
    const server = await asyncServe(binding, ...args, '--calls', '2');
    const client = await plainClient(server.port);
    await new Promise((resolve) => client.write('half', resolve));
    // Whoever is accepted after it tells that it has been accepted.
    await sendPlain(server.port, 'whole');
    await server.until(/ 5 bytes received\./);
    client.resetAndDestroy();
    expect((await server.done).code).toBe(0);
    const [, reset] = server.records();
    expect(reset).toMatchObject({ body: Buffer.from('half'), complete: silentReset });
    if (!silentReset) expect(reset.error).toMatch(/^FD_CLOSE: WSAECONN(RESET|ABORTED) \(1005[34]\), /);
  });

  test('300 connections at once', { timeout }, async () => {
    const server = await asyncServe(binding, ...args, '--calls', '300');
    const clients = await Promise.all(Array.from({ length: 300 }, () => plainClient(server.port)));
    for (const [i, client] of clients.entries()) client.write(`client ${i} `);
    await Promise.all(clients.map((client) => finish(client, Buffer.alloc(50_000, '.'))));
    expect((await server.done).code).toBe(0);
    const records = server.records();
    expect(records.every((r) => r.complete && r.size === r.body.length)).toBe(true);
    const names = records.map((r) => `${r.body}`.replace(/\.+$/, ''));
    expect(new Set(names)).toEqual(new Set(Array.from({ length: 300 }, (_, i) => `client ${i} `)));
    expect(records.every((r, i) => r.size === names[i].length + 50_000)).toBe(true);
  });

  test('an empty message; nobody listens; a port in use', async () => {
    const server = await asyncServe(binding, ...args, '--calls', '1');
    const { code, stderr } = await run(binding, 'async-serve', ...args, ...to(server.port));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Could not bind a socket to the selected port.\nWinsock error code: 10048 (WSAEADDRINUSE)\n',
    });
    await finish(await plainClient(server.port), '');
    await sendPlain(server.port, 'the last');
    await server.done;
    expect(server.records()).toHaveLength(1);
    expect(await run(binding, 'async-send', ...args, ...to(server.port), '--test')).toMatchObject({
      code: 1,
      stderr: 'Could not connect to the server.\nWinsock error code: 10061 (WSAECONNREFUSED)\n',
    });
  });

  test('a server that breaks off: the error, and how much was sent; exit code 1', async () => {
    const port = await plainServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { code, stdout, stderr } = await run(binding, 'async-send', ...args, ...to(port), '--file', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Connecting\.\.\.\nSending\.\.\.\n/);
    expect(stderr).toMatch(/Winsock error code: \d+ \(WSAE(CONNRESET|CONNABORTED|DISCON)\)\n$/);
  });

  test.runIf(posix)('Ctrl+C stops at once, and keeps what came (needs POSIX signals)', async () => {
    const server = await asyncServe(binding, ...args);
    const silent = await plainClient(server.port);
    silent.on('error', () => undefined);
    silent.write('half');
    await sendPlain(server.port, 'whole');
    await server.until(/5 bytes received/);
    server.child.kill('SIGINT');
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/4 bytes received\. Incomplete: the server was stopped\.\nStatus: Stopped\n$/);
    await expect(plainClient(server.port)).rejects.toThrow('ECONNREFUSED');
    silent.destroy();
  });
});
