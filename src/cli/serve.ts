import { type Command, Option } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { DEFAULT_THREADS, SelectPollingServer, type ServerMode } from '../io-models/select-polling-server.js';
import { type ServerThread, startServerThread } from '../io-models/server-thread.js';
import type { Winsock } from '../ws2_32/index.js';
import { addressOf } from './address.js';
import { type Form, runOnForm, startHere } from './form.js';
import { bindingOf, bindingOption, listeningPort, wholeNumber } from './options.js';

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

function serve(options: ServeOptions): Promise<void> {
  return runOnForm(options.save, (form) => {
    const ws = bindingOf(options);
    const host = options.host === undefined ? undefined : addressOf(ws, options.host);
    const free = options.async || options.mode === 'pool';
    return free ? serveHere(ws, options, host, form) : serveInThread(ws, options, host, form);
  });
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
  return startHere(server);
}
