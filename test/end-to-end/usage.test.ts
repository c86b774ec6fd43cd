import { describe, expect, test } from 'vitest';
import { expectedBindings } from '../support/bindings.js';
import { folder, run } from './command.js';

const [binding] = expectedBindings();

describe('wrong usage is one line on stderr and exit code 2', () => {
  test.each([
    [['serve', '--port', '65536'], /65536.*from 0 to 65535/],
    [['serve', '--port', '-1'], /from 0 to 65535|argument missing/],
    [['serve', '--port', '4o96'], /4o96/],
    [['serve', '--mode', 'quick'], /quick/],
    [['serve', '--binding', 'libuv'], /libuv.*addon, koffi, net/],
    [['serve', '--save', folder], /cannot write/],
    [['serve', 'extra'], /too many arguments/],
    [['serve', '--prot', '1'], /unknown option '--prot'/],
    [['listen'], /unknown command 'listen'/],
    [['send'], /--test, --message and --file/],
    [['send', '--test', '--message', 'both'], /--test, --message and --file/],
    [['send', '--test', '--port', '0'], /from 1 to 65535/],
    [['send', '--file', 'no-such-file'], /cannot read 'no-such-file': no such file/],
    [['send', '--file', '.'], /cannot read '\.'/],
    [['async-serve', '--port', '65536'], /65536.*from 0 to 65535/],
    [['async-serve', '--save', folder], /cannot write/],
    [['async-send'], /--test, --message and --file/],
    [['async-send', '--file', 'no-such-file'], /cannot read 'no-such-file': no such file/],
    [['udp-serve', '--count', '0'], /--count/],
    [['udp-send', '--local-port', '99999'], /99999/],
    [['error', '12'], /'12' is not a Winsock error/],
    [['error'], /missing required argument/],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await run(binding, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  test('no command at all: the help, on stderr', async () => {
    const { code, stdout, stderr } = await run(binding);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: winsock/);
  });
});

test.each(['', 'serve', 'send', 'async-serve', 'async-send', 'udp-serve', 'udp-send', 'info', 'error'])(
  'winsock %s --help',
  async (command) => {
    const { code, stdout, stderr } = await run(binding, ...command.split(' ').filter(Boolean), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: winsock/);
  },
);

test('--version', async () => {
  expect(await run(binding, '--version')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each(['10048', 'WSAEADDRINUSE', 'eaddrinuse'])(
  'error %s gives name, message and causes',
  async (code) => {
    const result = await run(binding, 'error', code);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^10048 WSAEADDRINUSE\nOnly one usage of each socket address/);
    expect(result.stdout).toContain('bind');
  },
);

test('a host that does not exist is a failure, not wrong usage', async () => {
  const { code, stderr } = await run(binding, 'send', '--host', 'no-such-host.invalid', '--test');
  expect(code).toBe(1);
  expect(stderr).toMatch(/no-such-host\.invalid.*WSA/);
});

test.runIf(process.platform !== 'win32')('a binding that this machine cannot have says why', async () => {
  const { code, stderr } = await run(binding, 'serve', '--binding', 'addon');
  expect(code).toBe(1);
  expect(stderr).toMatch(/Windows/);
});
