import { beforeAll, describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { run, serve } from './command.js';
import { FILE_SIZE, file, hashOf, sendFilePlain, writeFile } from './large-file.js';
import { finish, plainClient, sendPlain } from './plain-client.js';

const timeout = 180_000;

describe.each(expectedBindings())('%s: load', (binding) => {
  let hash = '';
  beforeAll(() => {
    hash = writeFile();
  });

  test('100 MB from winsock send to winsock serve --save', { timeout }, async () => {
    const server = await serve(binding, '--calls', '1');
    const to = ['--host', '127.0.0.1', '--port', `${server.port}`];
    const sent = await run(binding, 'send', ...to, '--file', file);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toContain(`Bytes sent: ${FILE_SIZE}\n`);
    expect((await server.done).code).toBe(0);
    const [record] = server.records();
    expect(record).toMatchObject({ size: FILE_SIZE, complete: true });
    expect(hashOf(record.body)).toBe(hash);
  });

  test('100 MB from a plain TCP client to the concurrent server', { timeout }, async () => {
    const server = await serve(binding, '--mode', 'concurrent', '--calls', '1');
    await sendFilePlain(server.port);
    expect((await server.done).code).toBe(0);
    const [record] = server.records();
    expect(record).toMatchObject({ size: FILE_SIZE, complete: true });
    expect(hashOf(record.body)).toBe(hash);
  });

  test.each(['faithful', 'concurrent', 'pool'])(
    '%s: 1,000 connections one after the other',
    { timeout },
    async (mode) => {
      const server = await serve(binding, '--mode', mode, '--calls', '1000');
      for (let i = 0; i < 1000; i++) await sendPlain(server.port, `client ${i}`);
      expect((await server.done).code).toBe(0);
      const bodies = server.records().map((r) => `${r.body}`);
      expect(bodies.toSorted(byNumber)).toEqual(Array.from({ length: 1000 }, (_, i) => `client ${i}`));
    },
  );

  test.each(['concurrent', 'concurrent --async', 'pool'])(
    '%s: 300 connections at once',
    { timeout },
    async (mode) => {
      const server = await serve(binding, '--mode', ...mode.split(' '), '--calls', '300');
      const clients = await Promise.all(Array.from({ length: 300 }, () => plainClient(server.port)));
      // All are connected before the first has finished, and each sends in two parts.
      for (const [i, client] of clients.entries()) client.write(`client ${i}`);
      await Promise.all(clients.map((client) => finish(client, Buffer.alloc(50_000, '.'))));
      expect((await server.done).code).toBe(0);
      const records = server.records();
      expect(records.every((r) => r.complete)).toBe(true);
      const expected = Array.from({ length: 300 }, (_, i) => `client ${i}`.length + 50_000);
      expect(records.map((r) => r.size).toSorted()).toEqual(expected.toSorted());
      const names = records.map((r) => r.body.toString().replace(/\.+$/, ''));
      expect(names.toSorted(byNumber)).toEqual(Array.from({ length: 300 }, (_, i) => `client ${i}`));
    },
  );
});

function byNumber(a: string, b: string): number {
  return Number(a.split(' ')[1]) - Number(b.split(' ')[1]);
}
