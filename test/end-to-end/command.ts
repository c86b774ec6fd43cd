import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import type { BindingName } from '../../src/ws2_32/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of this test file's own. */
export const folder = mkdtempSync(join(tmpdir(), 'winsock-test-'));
// On Windows a file that was open when it was removed goes when its last handle does.
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));

export interface Result {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Program {
  readonly child: ChildProcess;
  readonly done: Promise<Result>;
  stdout(): string;
  /** Resolves to the match once stdout has it; rejects if the program ends without, or after the deadline. */
  until(pattern: RegExp, deadline?: number): Promise<RegExpExecArray>;
}

let count = 0;

/**
 * Starts a program of the package as a user would. Its output goes to files: Windows Node cannot have Unix pipes
 * for it under Wine, and a program whose thread is blocked must have written what it said before.
 */
export function start(path: string, args: string[], env: Record<string, string> = {}): Program {
  const files = ['out', 'err'].map((name) => join(folder, `${++count}.${name}`));
  const fds = files.map((file) => openSync(file, 'w'));
  const child = spawn(process.execPath, [join(root, path), ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', ...fds],
  });
  for (const fd of fds) closeSync(fd);
  const read = (i: number) => readFileSync(files[i], 'utf8');
  const done = new Promise<Result>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal, stdout: read(0), stderr: read(1) }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await done;
  });
  return { child, done, stdout: () => read(0), until: (pattern, ms) => until(read, done, pattern, ms) };
}

/** A file says nothing when it grows, so it is looked at until the deadline. */
async function until(
  read: (i: number) => string,
  done: Promise<Result>,
  pattern: RegExp,
  deadline = 15_000,
): Promise<RegExpExecArray> {
  let ended = false;
  void done.then(() => {
    ended = true;
  });
  const end = performance.now() + deadline;
  for (;;) {
    const last = ended || performance.now() > end;
    const match = pattern.exec(read(0));
    if (match !== null) return match;
    if (last) throw new Error(`no ${pattern} in:\n${read(0)}\n${read(1)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Starts `winsock` with a binding. */
export function winsock(binding: BindingName, ...args: string[]): Program {
  return start('lib/cli/main.js', args, { WINSOCK_BINDING: binding });
}

/** Runs `winsock` to its end. */
export function run(binding: BindingName, ...args: string[]): Promise<Result> {
  return winsock(binding, ...args).done;
}

export interface Server extends Program {
  readonly port: number;
  /** The records written so far. */
  records(): SavedRecord[];
}

export interface SavedRecord {
  dt: string;
  ip: string;
  port: number;
  size: number;
  complete: boolean;
  error?: string;
  body: Buffer;
}

/** Starts `winsock serve` on a port of the system's choice and waits until it listens. */
export function serve(binding: BindingName, ...args: string[]): Promise<Server> {
  return listening(binding, 'serve', ...args);
}

/** The same for `winsock async-serve`. */
export function asyncServe(binding: BindingName, ...args: string[]): Promise<Server> {
  return listening(binding, 'async-serve', ...args);
}

async function listening(binding: BindingName, command: string, ...args: string[]): Promise<Server> {
  const file = join(folder, `${++count}.jsonl`);
  const where = ['--port', '0', '--host', '127.0.0.1', '--save', file];
  const program = winsock(binding, command, ...where, ...args);
  const [, port] = await program.until(/Listening port: (\d+)\nStatus: Running/);
  return { ...program, port: Number(port), records: () => readRecords(file) };
}

function readRecords(file: string): SavedRecord[] {
  const lines = readFileSync(file, 'latin1').split('\n').slice(0, -1);
  return lines.map((line) => {
    const record = JSON.parse(line);
    return { ...record, body: Buffer.from(record.body, 'base64') };
  });
}
