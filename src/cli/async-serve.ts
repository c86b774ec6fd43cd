import type { Command } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { AsyncServer } from '../io-models/async-server.js';
import { EventServer } from '../io-models/event-server.js';
import { addressOf } from './address.js';
import { runOnForm, startHere } from './form.js';
import { bindingOf, bindingOption, listeningPort, wholeNumber } from './options.js';

interface AsyncServeOptions {
  port: number;
  host?: string;
  events?: true;
  calls?: number;
  save?: string;
  binding?: BindingName;
}

export function addAsyncServe(program: Command): void {
  program
    .command('async-serve')
    .description('run the server that Winsock posts a window message for whatever happens, until Ctrl+C')
    .option('-p, --port <number>', 'the port to listen on; 0 lets the system choose', listeningPort, 4096)
    .option('-H, --host <address>', "the address to bind to (default: this machine's first address)")
    .option('-e, --events', 'with event objects (WSAEventSelect) instead of a window (WSAAsyncSelect)')
    .option('-n, --calls <number>', 'stop after so many calls that brought data', wholeNumber(1, 2 ** 31))
    .option('-s, --save <file>', 'append each record as a JSON line, the body in base64')
    .addOption(bindingOption())
    .action(asyncServe);
}

function asyncServe(options: AsyncServeOptions): Promise<void> {
  return runOnForm(options.save, (form) => {
    const ws = bindingOf(options);
    const { host, port, calls } = options;
    const Server = options.events ? EventServer : AsyncServer;
    const server = new Server(ws, {
      port,
      ...(host === undefined ? {} : { host: addressOf(ws, host) }),
      ...(calls === undefined ? {} : { calls }),
      screen: form.screen,
      onStatus: (status) => form.onState({ ...server, status }),
      onMessage: form.onMessage,
      onRecord: form.onRecord,
    });
    return startHere(server);
  });
}
