import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { folder, run, serve, start, winsock } from './command.js';
import { finish, plainClient, sendPlain } from './plain-client.js';

const here = ['--host', '127.0.0.1'];

describe.each(expectedBindings())('%s: serve and send', (binding) => {
  test('the screen of the server, byte for byte, and its record', async () => {
    const server = await serve(binding, '--calls', '1');
    const sent = await run(binding, 'send', ...here, '--port', `${server.port}`, '--test');
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toBe('Connecting...\nSending...\nBytes sent: 4\nClosing connection...\n');
    const { code, stdout, stderr } = await server.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [record] = server.records();
    expect(record).toMatchObject({ ip: '127.0.0.1', size: 4, complete: true, body: Buffer.from('test') });
    expect(Math.abs(Date.now() - Date.parse(record.dt))).toBeLessThan(60_000);
    const [local, ...rest] = stdout.split('\n');
    expect(local).toMatch(/^Local host: .+, \d+\.\d+\.\d+\.\d+$/);
    expect(rest).toEqual([
      'Status: Stopped',
      'Status: Starting...',
      `Listening port: ${server.port}`,
      'Status: Running',
      `>> conn accepted from 127.0.0.1, remote port ${record.port}. 4 bytes received.`,
      'Status: Stopped',
      '',
    ]);
  });

  test('a message carries host, user, date and time', async () => {
    const server = await serve(binding, '--calls', '1');
    const sent = await run(binding, 'send', ...here, '--port', `${server.port}`, '--message', 'Hello, Ärger');
    expect(sent.code).toBe(0);
    await server.done;
    const text = server.records()[0].body.toString();
    expect(text).toMatch(/^.+ # .+, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: Hello, Ärger$/);
    expect(text.toLowerCase()).toContain(hostname().toLowerCase());
  });

  test('an empty file leaves no record, and the next client is served', async () => {
    const server = await serve(binding, '--calls', '1');
    writeFileSync(join(folder, 'empty'), '');
    const port = ['--port', `${server.port}`];
    expect((await run(binding, 'send', ...here, ...port, '--file', 'empty')).stdout).toContain(
      'Bytes sent: 0\n',
    );
    await sendPlain(server.port, 'second');
    const { stdout } = await server.done;
    expect(stdout).toMatch(/remote port \d+\n>> conn accepted from .* 6 bytes received\.\n/);
    expect(server.records()).toHaveLength(1);
  });

  test('each chunk is a dot', async () => {
    const server = await serve(binding, '--calls', '1');
    const client = await plainClient(server.port);
    client.write('one');
    await server.until(/remote port \d+\.$/);
    await finish(client, 'two');
    expect((await server.done).stdout).toMatch(/remote port \d+\.\. 6 bytes received\.\n/);
  });

  test('nobody listens: the text, the code and its name; exit code 1', async () => {
    const server = await serve(binding, '--calls', '1');
    await sendPlain(server.port, 'the last');
    await server.done;
    const sent = await run(binding, 'send', ...here, '--port', `${server.port}`, '--test');
    expect(sent.code).toBe(1);
    expect(sent.stderr).toBe(
      'Could not connect to the server.\nWinsock error code: 10061 (WSAECONNREFUSED)\n',
    );
  });

  test('a port in use: the message with 10048; exit code 1', async () => {
    const server = await serve(binding);
    const second = await run(binding, 'serve', ...here, '--port', `${server.port}`);
    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      'Could not bind a socket to the selected port.\nWinsock error code: 10048 (WSAEADDRINUSE)\n',
    );
    expect(second.stdout.split('\n').slice(1)).toEqual([
      'Status: Stopped',
      'Status: Starting...',
      'Status: Stopped',
      '',
    ]);
  });

  test('a client that resets ends its call: said, kept, incomplete; the server goes on', async () => {
    const server = await serve(binding, '--calls', '2');
    const client = await plainClient(server.port);
    client.write('half');
    await server.until(/remote port \d+\.$/);
    client.resetAndDestroy();
    await server.until(/4 bytes received\. Incomplete: recv: WSAECONNRESET \(10054\)\./);
    await sendPlain(server.port, 'whole');
    expect((await server.done).code).toBe(0);
    expect(server.records()).toMatchObject([
      { body: Buffer.from('half'), complete: false, error: 'recv: WSAECONNRESET (10054)' },
      { body: Buffer.from('whole'), complete: true },
    ]);
  });

  test.each(['close', 'keep'])('what a process sent arrives though it exits at once (%s)', async (how) => {
    const server = await serve(binding, '--calls', '1');
    const size = 5_000_000;
    const args = [`${server.port}`, `${size}`, how];
    const sender = start('test/end-to-end/programs/send-and-exit.mjs', args, { WINSOCK_BINDING: binding });
    expect(await sender.done).toMatchObject({ code: 0, stderr: '' });
    await server.done;
    expect(server.records()).toMatchObject([{ size, complete: true }]);
  });

  test.runIf(process.platform === 'linux')(
    'a record that cannot be written stops the server (/dev/full)',
    async () => {
      const server = winsock(binding, 'serve', ...here, '--port', '0', '--async', '--save', '/dev/full');
      const [, port] = await server.until(/Listening port: (\d+)\nStatus: Running/);
      await sendPlain(Number(port), 'lost');
      const { code, stderr } = await server.done;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Could not write a record: ENOSPC[^\n]*\n$/);
    },
  );

  test('info names the binding and the local addresses', async () => {
    const { code, stdout } = await winsock(binding, 'info').done;
    expect(code).toBe(0);
    expect(stdout).toContain(`* ${binding.padEnd(6)} available`);
    expect(stdout).toMatch(/wVersion {7}2\.2/);
    expect(stdout).toMatch(/addresses {6}\d+\.\d+\.\d+\.\d+/);
  });
});
