import { writeSync } from 'node:fs';
import { CommanderError } from 'commander';

/** Wrong usage: one line on stderr and exit code 2. */
export class UsageError extends Error {}

/** Something that was asked for rightly and went wrong: its text on stderr and exit code 1. */
export class Failure extends Error {}

/**
 * Writes to stdout, at once: the next call may block this thread's event loop for as long as it likes, and a
 * stream would keep the text back until it ends.
 */
export function print(text: string): void {
  write(process.stdout, text);
}

/** The same for stderr. */
export function printError(text: string): void {
  write(process.stderr, text);
}

function write(stream: NodeJS.WriteStream & { fd: number }, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(stream.fd, bytes, at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Nobody reads any more, as after `winsock info | head -1`.
    if (code === 'EPIPE') return;
    // A pipe that is full for now: the stream waits for it.
    if (code !== 'EAGAIN') throw error;
    stream.write(bytes.subarray(at));
  }
}

/** The exit code of what a command threw, after saying it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    printError(`error: ${error.message}\n`);
    return 2;
  }
  printError(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}
