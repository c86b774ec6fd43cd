import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/io-models/index.js';
import { startServerThread } from '../../src/io-models/server-thread.js';
import { expectedBindings } from '../support/bindings.js';
import { serve } from './command.js';
import { plainClient, sendPlain } from './plain-client.js';

// Windows has no signals that one process could send another: there `kill` ends it, and no test can press Ctrl+C
// for a process without a console. What the signal calls is tested below on every platform.
const posix = process.platform !== 'win32';

const modes = [
  '--mode faithful',
  '--mode concurrent',
  '--mode faithful --async',
  '--mode concurrent --async',
  '--mode pool --threads 2',
];

describe.runIf(posix).each(expectedBindings())('%s: Ctrl+C (needs POSIX signals)', (binding) => {
  test.each(modes)('%s: an idle server stops, the port is free again', async (mode) => {
    const server = await serve(binding, ...mode.split(' '));
    await sendPlain(server.port, 'before');
    await server.until(/6 bytes received\./);
    server.child.kill('SIGINT');
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/Status: Stopped\n$/);
    expect(server.records()).toMatchObject([{ body: Buffer.from('before') }]);
    await expect(plainClient(server.port)).rejects.toThrow('ECONNREFUSED');
  });

  test.each(modes)('%s: a silent client is no obstacle, and what it sent is kept', async (mode) => {
    const server = await serve(binding, ...mode.split(' '));
    const silent = await plainClient(server.port);
    silent.on('error', () => undefined);
    await new Promise((resolve) => silent.write('half', resolve));
    if (mode.includes('faithful')) await server.until(/remote port \d+\.$/);
    else await sendPlain(server.port, 'whole').then(() => server.until(/5 bytes received/));
    server.child.kill('SIGINT');
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/4 bytes received\. Incomplete: .*\.\nStatus: Stopped\n$/);
    expect(server.records().at(-1)).toMatchObject({ body: Buffer.from('half'), complete: false });
    silent.destroy();
  });

  test('a second Ctrl+C ends the process at once', async () => {
    const server = await serve(binding);
    const silent = await plainClient(server.port);
    silent.on('error', () => undefined);
    silent.write('half');
    await server.until(/remote port \d+\.$/);
    const before = performance.now();
    // One key press may arrive twice, through npm and from the terminal: a second one comes a little later.
    const presses = setInterval(() => server.child.kill('SIGINT'), 100);
    const { code } = await server.done;
    clearInterval(presses);
    expect(code).toBe(130);
    expect(performance.now() - before).toBeLessThan(10_000);
    silent.destroy();
  });
});

describe.each(expectedBindings())('%s: what Ctrl+C calls', (binding) => {
  test('stop ends a server that sits in a recv for a silent client', async () => {
    const events = new EventEmitter();
    const records: CallRecord[] = [];
    const statuses: string[] = [];
    const server = startServerThread(
      { binding, port: 0, host: '127.0.0.1', mode: 'faithful', calls: undefined },
      {
        screen: { line: () => undefined, append: (text) => events.emit(text) },
        onState: ({ status, port }) => {
          statuses.push(status);
          events.emit(status, port);
        },
        onMessage: (text) => events.emit('error', new Error(text)),
        onRecord: (record) => records.push(record),
      },
    );
    const [port] = await once(events, 'Running');
    const silent = await plainClient(port);
    silent.on('error', () => undefined);
    silent.write('half');
    await once(events, '.');
    server.stop();
    expect(await server.done).toBe(true);
    expect(statuses.at(-1)).toBe('Stopped');
    expect(records).toMatchObject([{ body: Buffer.from('half'), complete: false }]);
    await expect(plainClient(port)).rejects.toThrow('ECONNREFUSED');
    silent.destroy();
  });
});
