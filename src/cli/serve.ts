import { closeSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { type CallRecord, jsonLine } from '../io-models/record.js';
import { TextScreen } from '../io-models/screen.js';
import { DEFAULT_THREADS, SelectPollingServer, type ServerMode } from '../io-models/select-polling-server.js';
import { type ServerState, type ServerThread, startServerThread } from '../io-models/server-thread.js';
import { errorName, type Winsock } from '../ws2_32/index.js';
import { addressOf } from './address.js';
import { bindingOf, bindingOption, listeningPort, openFile, wholeNumber } from './options.js';
import { print, printError } from './output.js';

interface ServeOptions {
  port: number;
  host?: string;
  mode: ServerMode;
  threads: number;
  async?: true;
  calls?: number;
  save?: string;
  binding?: BindingName;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the server that polls with select, until Ctrl+C')
    .option('-p, --port <number>', 'the port to listen on; 0 lets the system choose', listeningPort, 4096)
    .option('-H, --host <address>', "the address to bind to (default: this machine's first address)")
    .addOption(
      new Option(
        '-m, --mode <mode>',
        'serve one client at a time, as the original; all at once; or each in a thread',
      )
        .choices(['faithful', 'concurrent', 'pool'])
        .default('faithful'),
    )
    .option('-t, --threads <number>', 'threads of the pool', wholeNumber(1, 1000), DEFAULT_THREADS)
    .option(
      '--async',
      'poll with selectAsync, which leaves the event loop free, instead of blocking a thread',
    )
    .option('-n, --calls <number>', 'stop after so many calls that brought data', wholeNumber(1, 2 ** 31))
    .option('-s, --save <file>', 'append each record as a JSON line, the body in base64')
    .addOption(bindingOption())
    .addHelpText(
      'after',
      '\nCtrl+C stops the server; this can take 2 to 3 seconds. A second Ctrl+C ends it at once.',
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const records = options.save === undefined ? undefined : openFile(options.save, 'a').fd;
  const ws = bindingOf(options);
  const host = options.host === undefined ? undefined : addressOf(ws, options.host);
  const form = new Form(records);
  const free = options.async || options.mode === 'pool';
  const server = free ? serveHere(ws, options, host, form) : serveInThread(ws, options, host, form);
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

/** The blocking server has a thread of its own, so that this one can take the signal that stops it. */
function serveInThread(
  ws: Winsock,
  options: ServeOptions,
  host: string | undefined,
  form: Form,
): ServerThread {
  const { port, mode, calls } = options;
  return startServerThread({ binding: ws.name, port, host, mode, calls }, form);
}

function serveHere(ws: Winsock, options: ServeOptions, host: string | undefined, form: Form): ServerThread {
  const { port, mode, threads, calls } = options;
  const server = new SelectPollingServer(ws, {
    port,
    mode,
    threads,
    ...(host === undefined ? {} : { host }),
    ...(calls === undefined ? {} : { calls }),
    blocking: false,
    screen: form.screen,
    onStatus: (status) => form.onState({ ...server, status }),
    onMessage: form.onMessage,
    onRecord: form.onRecord,
  });
  const run = async () => {
    const served = server.init() && (await server.start());
    await server.close();
    return served;
  };
  return { done: run(), stop: () => server.stop() };
}

/** What the original's form shows, in lines of text; and its table, in a file. */
class Form {
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
