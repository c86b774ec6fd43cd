import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { winsock } from './command.js';

const here = ['--host', '127.0.0.1'];

describe.each(expectedBindings())('%s: the UDP responder', (binding) => {
  async function responder(...args: string[]) {
    const program = winsock(binding, 'udp-serve', ...here, '--port', '0', ...args);
    const [, port] = await program.until(/Waiting for incoming requests on 127\.0\.0\.1:(\d+)\.\.\./);
    return { ...program, port };
  }

  test('answers one request with its name, user and time, and ends', async () => {
    const server = await responder();
    const client = winsock(binding, 'udp-send', ...here, '--port', server.port, '--message', 'who is there?');
    const sent = await client.done;
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toMatch(
      /^Response received from 127\.0\.0\.1:\d+\nResponder: .+ # .+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/,
    );
    expect(sent.stdout).toContain(`127.0.0.1:${server.port}\n`);
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nRequest received from 127\.0\.0\.1:\d+\nwho is there\?\n$/);
  });

  test('answers as many requests as it is told to', async () => {
    const server = await responder('--count', '3');
    for (const message of ['a', 'b', 'c'])
      await winsock(binding, 'udp-send', ...here, '--port', server.port, '--message', message).done;
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout.match(/Request received/g)).toHaveLength(3);
  });

  test('a port in use is shown as number and message; exit code 1', async () => {
    const server = await responder();
    const second = await winsock(binding, 'udp-serve', ...here, '--port', server.port).done;
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/^10048\. .+\n$/);
  });
});
