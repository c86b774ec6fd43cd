import { readSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { BindingName } from '../bindings/index.js';
import type { ClientOptions } from '../io-models/client.js';
import { WinsockError } from '../ws2_32/index.js';
import { bindingOption, openFile, remotePort } from './options.js';
import { Failure, print, UsageError } from './output.js';

// What the two commands that send one message have in common.

export interface SendOptions {
  port: number;
  host?: string;
  test?: true;
  message?: string;
  file?: string;
  binding?: BindingName;
}

/** Bytes of a file that are in memory at a time. */
const PIECE = 1 << 20;

export function addSendOptions(command: Command): Command {
  return command
    .option('-p, --port <number>', "the server's port", remotePort, 4096)
    .option('-H, --host <address>', "the server's address (default: this machine's first address)")
    .option('-t, --test', 'send the four characters "test"')
    .option('-m, --message <text>', 'send HOST # USER, DATE TIME: text')
    .option('-f, --file <file>', "send a file's bytes")
    .addOption(bindingOption());
}

/** The file to send, opened; undefined if it is not a file. @throws UsageError unless one thing is to be sent */
export function chosenFile(options: SendOptions): { fd: number; size: number } | undefined {
  const chosen = [options.test, options.message, options.file].filter((o) => o !== undefined);
  if (chosen.length !== 1) throw new UsageError('give one of --test, --message and --file');
  return options.file === undefined ? undefined : openFile(options.file, 'r');
}

/** The client's label, in lines; and a bar for a file, on a terminal. */
export function progress(size: number | undefined): Required<Pick<ClientOptions, 'onStatus' | 'onProgress'>> {
  const bar = progressBar(size);
  return {
    onStatus: (text) => {
      if (text.startsWith('Bytes sent')) bar?.stop();
      print(`${text}\n`);
      if (text.startsWith('Sending')) bar?.start(size ?? 0, 0);
    },
    onProgress: (sent) => bar?.update(sent),
  };
}

/** A file's bytes, each piece read when it is asked for, over the one before. */
export function* pieces(fd: number): Generator<Uint8Array> {
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

/** An error as the client shows it. */
export function explained(error: unknown): unknown {
  if (!(error instanceof WinsockError)) return error;
  const code = `Winsock error code: ${error.errno} (${error.code})`;
  if (error.syscall === 'connect') return new Failure(`Could not connect to the server.\n${code}`);
  return new Failure(`${error.message}\n${code}`);
}
