import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { serve } from './command.js';
import { plainClient, sendPlain } from './plain-client.js';

// Windows has no signals that one process could send another: there `kill` ends it, and no test can press Ctrl+C
// for a process without a console. What happens after the signal is the same code on every platform.
const posix = process.platform !== 'win32';

const modes = [
  '--mode faithful',
  '--mode concurrent',
  '--mode faithful --async',
  '--mode concurrent --async',
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
    server.child.kill('SIGINT');
    server.child.kill('SIGTERM');
    expect((await server.done).code).toBe(130);
    expect(performance.now() - before).toBeLessThan(1500);
    silent.destroy();
  });
});
