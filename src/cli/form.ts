import { closeSync, writeFileSync } from 'node:fs';
import { type CallRecord, jsonLine } from '../io-models/record.js';
import { TextScreen } from '../io-models/screen.js';
import type { ServerState, ServerThread } from '../io-models/server-thread.js';
import { errorName } from '../ws2_32/index.js';
import { openFile } from './options.js';
import { print, printError } from './output.js';

/** What the original's form shows, in lines of text; and its table, in a file. */
export class Form {
  readonly screen = new TextScreen(print);
  onLost: () => void = () => undefined;
  readonly #records: number | undefined;
  #shown = false;

  constructor(records: number | undefined) {
    this.#records = records;
  }

  onState = ({ status, localName, localIP, port }: ServerState): void => {
    if (!this.#shown) this.screen.line(`Local host: ${localName}, ${localIP}`);
    this.#shown = true;
    if (status === 'Running') this.screen.line(`Listening port: ${port}`);
    this.screen.line(`Status: ${status}`);
  };

  onMessage = (text: string, code?: number): void => {
    const lines = text.split('\r').map((line) => line.trim());
    printError(`${lines.join('\n')}${code === undefined ? '' : ` (${errorName(code)})`}\n`);
  };

  /** A record that cannot be written is lost for good: the server stops, since the next would be lost too. */
  onRecord = (record: CallRecord): void => {
    if (this.#records === undefined) return;
    try {
      for (const text of jsonLine(record)) writeFileSync(this.#records, text);
    } catch (error) {
      printError(`Could not write a record: ${(error as Error).message}\n`);
      process.exitCode = 1;
      this.onLost();
    }
  };
}

/**
 * Runs a server on a form until it stops: each record goes to a file, if one is named, and Ctrl+C stops it. The
 * exit code is 1 if it could not be started or a record not be written.
 */
export async function runOnForm(
  save: string | undefined,
  start: (form: Form) => ServerThread,
): Promise<void> {
  const records = save === undefined ? undefined : openFile(save, 'a').fd;
  const form = new Form(records);
  const server = start(form);
  form.onLost = server.stop;
  const release = onInterrupt(server.stop);
  try {
    if (!(await server.done)) process.exitCode = 1;
  } finally {
    release();
    form.screen.end();
    if (records !== undefined) closeSync(records);
  }
}

/** A server that is not in a thread, started. */
export function startHere(server: {
  init(): boolean;
  start(): Promise<boolean>;
  stop(): void;
  close(): Promise<void>;
}): ServerThread {
  const run = async () => {
    const served = server.init() && (await server.start());
    await server.close();
    return served;
  };
  return { done: run(), stop: () => server.stop() };
}

/** How long a second signal counts as the first: npm passes on the Ctrl+C that the terminal has given already. */
const SAME_KEY_MS = 300;

/** Ctrl+C, or being told to end: once to stop, twice to end at once. */
function onInterrupt(stop: () => void): () => void {
  let first: number | undefined;
  const interrupt = () => {
    if (first !== undefined && performance.now() - first > SAME_KEY_MS) process.exit(130);
    first ??= performance.now();
    stop();
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  if (process.platform === 'win32') signals.push('SIGBREAK');
  for (const name of signals) process.on(name, interrupt);
  return () => {
    for (const name of signals) process.off(name, interrupt);
  };
}
