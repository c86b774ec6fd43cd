import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { serve } from './command.js';
import { finish, plainClient, sendPlain } from './plain-client.js';

const concurrent = ['--mode concurrent', '--mode concurrent --async', '--mode pool --threads 2'];

describe.each(expectedBindings())('%s: the modes of serve', (binding) => {
  test('faithful: a second client waits until the first has finished', async () => {
    const server = await serve(binding, '--calls', '2');
    const first = await plainClient(server.port);
    first.write('1');
    await server.until(/remote port \d+\.$/);
    const second = sendPlain(server.port, 'second');
    await finish(first, 'st');
    await second;
    await server.done;
    expect(server.records().map((r) => `${r.body}`)).toEqual(['1st', 'second']);
  });

  test('faithful with --async serves one after the other too', async () => {
    const server = await serve(binding, '--async', '--calls', '2');
    const first = await plainClient(server.port);
    first.write('1');
    await server.until(/remote port \d+\.$/);
    const second = sendPlain(server.port, 'second');
    await finish(first, 'st');
    await second;
    await server.done;
    expect(server.records().map((r) => `${r.body}`)).toEqual(['1st', 'second']);
  });

  test.each(concurrent)('%s: a silent client does not hold up the others', async (mode) => {
    const server = await serve(binding, ...mode.split(' '), '--calls', '2');
    const silent = await plainClient(server.port);
    await sendPlain(server.port, 'quick');
    await server.until(/remote port \d+\. 5 bytes received\./);
    await finish(silent, 'at last');
    expect((await server.done).code).toBe(0);
    expect(server.records()).toMatchObject([
      { body: Buffer.from('quick'), complete: true },
      { body: Buffer.from('at last'), complete: true },
    ]);
  });

  test('concurrent: who is still connected when the server stops is kept as incomplete', async () => {
    const server = await serve(binding, '--mode', 'concurrent', '--calls', '1');
    const silent = await plainClient(server.port);
    silent.on('error', () => undefined);
    silent.write('half');
    await new Promise((resolve) => silent.write(' of it', resolve));
    await sendPlain(server.port, 'whole');
    expect((await server.done).code).toBe(0);
    const [whole, half] = server.records();
    expect(whole).toMatchObject({ body: Buffer.from('whole'), complete: true });
    expect(half).toMatchObject({ complete: false, error: 'the server was stopped' });
    silent.destroy();
  });

  test('pool: who finds every thread busy waits for one', async () => {
    const server = await serve(binding, '--mode', 'pool', '--threads', '2', '--calls', '3');
    const busy = [await plainClient(server.port), await plainClient(server.port)];
    for (const client of busy) client.write('b');
    const third = sendPlain(server.port, 'third');
    await finish(busy[1], 'ig');
    await third;
    await server.until(/5 bytes received\./);
    await finish(busy[0], 'ig');
    expect((await server.done).code).toBe(0);
    expect(server.records().map((r) => `${r.body}`)).toEqual(['big', 'third', 'big']);
  });
});
