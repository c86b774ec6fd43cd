import { closeSync, readSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { WinsockClient } from '../io-models/client.js';
import { WinsockError } from '../ws2_32/index.js';
import { addressOf } from './address.js';
import { bindingOf, bindingOption, openFile, remotePort } from './options.js';
import { Failure, print, UsageError } from './output.js';

interface SendOptions {
  port: number;
  host?: string;
  test?: true;
  message?: string;
  file?: string;
  binding?: BindingName;
}

/** Bytes of a file that are in memory at a time. */
const PIECE = 1 << 20;

export function addSend(program: Command): void {
  program
    .command('send')
    .description('connect to a server, send one message, close')
    .option('-p, --port <number>', "the server's port", remotePort, 4096)
    .option('-H, --host <address>', "the server's address (default: this machine's first address)")
    .option('-t, --test', 'send the four characters "test"')
    .option('-m, --message <text>', 'send HOST # USER, DATE TIME: text')
    .option('-f, --file <file>', "send a file's bytes")
    .addOption(bindingOption())
    .action(send);
}

function send(options: SendOptions): void {
  const chosen = [options.test, options.message, options.file].filter((o) => o !== undefined);
  if (chosen.length !== 1) throw new UsageError('give one of --test, --message and --file');
  const file = options.file === undefined ? undefined : openFile(options.file, 'r');
  const ws = bindingOf(options);
  const bar = progressBar(file?.size);
  const client = new WinsockClient(ws, {
    ip: addressOf(ws, options.host),
    port: options.port,
    onStatus: (text) => {
      if (text.startsWith('Bytes sent')) bar?.stop();
      print(`${text}\n`);
      if (text.startsWith('Sending')) bar?.start(file?.size ?? 0, 0);
    },
    onProgress: (sent) => bar?.update(sent),
  });
  try {
    client.init();
    if (file !== undefined) client.transmit(pieces(file.fd));
    else if (options.message !== undefined) client.send(options.message);
    else client.test();
  } catch (error) {
    throw explained(error);
  } finally {
    client.close();
    if (file !== undefined) closeSync(file.fd);
  }
}

function* pieces(fd: number): Generator<Uint8Array> {
  const buffer = Buffer.alloc(PIECE);
  for (let n = readSync(fd, buffer); n > 0; n = readSync(fd, buffer)) yield buffer.subarray(0, n);
}

/** A bar on a terminal, for a file. */
function progressBar(size: number | undefined): SingleBar | undefined {
  if (size === undefined || !process.stderr.isTTY) return undefined;
  const format = '{bar} {percentage} % of {total} bytes, {eta} s left';
  // Without `gracefulExit: false` the bar would take Ctrl+C for itself, and a blocked thread never hear of it.
  return new SingleBar({ format, gracefulExit: false, barsize: 30 });
}

function explained(error: unknown): unknown {
  if (!(error instanceof WinsockError)) return error;
  const code = `Winsock error code: ${error.errno} (${error.code})`;
  if (error.syscall === 'connect') return new Failure(`Could not connect to the server.\n${code}`);
  return new Failure(`${error.message}\n${code}`);
}
