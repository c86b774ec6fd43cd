import { closeSync, fstatSync, openSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { type BindingName, loadBinding } from '../bindings/index.js';
import type { Winsock } from '../ws2_32/index.js';
import { UsageError } from './output.js';

/** A whole number from `least` to `most`, or wrong usage. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least || n > most)
      throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
    return n;
  };
}

/** A port that something may listen on; 0 lets the system choose. */
export const listeningPort = wholeNumber(0, 65535);

/** A port to send to. */
export const remotePort = wholeNumber(1, 65535);

const names: readonly BindingName[] = ['addon', 'koffi', 'net'];

/** `--binding NAME`, as every command has it. WINSOCK_BINDING says the same in the environment. */
export function bindingOption(): Option {
  return new Option('-b, --binding <name>', 'how to reach Winsock (default: the first that works here)')
    .choices(names)
    .env('WINSOCK_BINDING');
}

/** The binding that was asked for. @throws Error saying what is missing, if this machine cannot have it */
export function bindingOf(options: { binding?: BindingName }): Winsock {
  return loadBinding(options.binding);
}

/**
 * Opens a file that was named on the command line.
 *
 * @returns its descriptor and size
 * @throws UsageError if it cannot be opened, or is a folder
 */
export function openFile(path: string, flags: 'r' | 'a'): { fd: number; size: number } {
  const verb = flags === 'r' ? 'read' : 'write';
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch (error) {
    throw new UsageError(`cannot ${verb} '${path}': ${reason(error)}`);
  }
  const stat = fstatSync(fd);
  if (!stat.isDirectory()) return { fd, size: stat.size };
  closeSync(fd);
  throw new UsageError(`cannot ${verb} '${path}': it is a folder`);
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code === 'EISDIR' ? 'it is a folder' : message;
}
