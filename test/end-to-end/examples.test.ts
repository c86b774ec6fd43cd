import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { start } from './command.js';
import { plainClient, sendPlain } from './plain-client.js';

describe.each(expectedBindings())('%s: the examples', (binding) => {
  const example = (name: string, ...args: string[]) =>
    start(`examples/${name}`, args, { WINSOCK_BINDING: binding });

  test('the FoxPro server, call by call', async () => {
    const server = example('foxpro-server.js', '0', '127.0.0.1');
    const [, port] = await server.until(/Listening port: (\d+)\nStatus: Running/);
    await sendPlain(Number(port), 'test');
    await server.until(/>> conn accepted from 127\.0\.0\.1, remote port \d+\. 4 bytes received\.\n/);
    await sendPlain(Number(port), 'again');
    await server.until(/remote port \d+\. 5 bytes received\.\n/);
    // Ctrl+C presses Stop; Windows has no such signal, and its process is ended with the test.
    if (process.platform === 'win32') return;
    server.child.kill('SIGINT');
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/Status: Stopped\n$/);
  });

  test('the C echo server: 100 clients at once, each gets its own bytes back', async () => {
    const clients = 100;
    const server = example('echo-server.js', '0', '127.0.0.1', `${clients}`);
    const [, port] = await server.until(/Echoing on 127\.0\.0\.1:(\d+)/);
    const sockets = await Promise.all(Array.from({ length: clients }, () => plainClient(Number(port))));
    const echoes = sockets.map(async (socket, i) => {
      socket.end(`client ${i} `.repeat(1000));
      const chunks = await socket.toArray();
      return Buffer.concat(chunks).toString();
    });
    expect(await Promise.all(echoes)).toEqual(sockets.map((_, i) => `client ${i} `.repeat(1000)));
    expect((await server.done).code).toBe(0);
  });

  test.each(['async-server.js', 'event-server.js'])('%s: both senders, bytes counted', async (name) => {
    const server = example(name, '0', '127.0.0.1', '2');
    const [, port] = await server.until(/Listening on 127\.0\.0\.1:(\d+)/);
    for (const sender of ['async-file-sender.js', 'event-client.js']) {
      const sent = await example(sender, port, '127.0.0.1', '5000001').done;
      expect(sent).toEqual({ code: 0, signal: null, stderr: '', stdout: 'Connected\nSent 5000001 bytes\n' });
    }
    const { code, stdout } = await server.done;
    expect(code).toBe(0);
    expect(stdout.match(/: 5000001 bytes, closed (in good order|with 0)/g)).toHaveLength(2);
  });
});
