import type { Command } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { TextScreen } from '../io-models/screen.js';
import { UdpServer } from '../io-models/udp-responder.js';
import { addressOf } from './address.js';
import { bindingOf, bindingOption, listeningPort, wholeNumber } from './options.js';
import { print } from './output.js';
import { shown } from './udp-errors.js';

interface UdpServeOptions {
  port: number;
  host?: string;
  count: number;
  forever?: true;
  binding?: BindingName;
}

export function addUdpServe(program: Command): void {
  program
    .command('udp-serve')
    .description('wait for a datagram, show it, answer it with name, user and time')
    .option('-p, --port <number>', 'the port to bind to; 0 lets the system choose', listeningPort, 4096)
    .option('-H, --host <address>', "the address to bind to (default: this machine's first address)")
    .option('-n, --count <number>', 'how many requests to answer', wholeNumber(1, 2 ** 31), 1)
    .option('--forever', 'answer requests until Ctrl+C')
    .addOption(bindingOption())
    .action(udpServe);
}

function udpServe(options: UdpServeOptions): void {
  const ws = bindingOf(options);
  const screen = new TextScreen(print);
  const server = new UdpServer(ws, { host: addressOf(ws, options.host), screen });
  try {
    server.init();
    // The wait blocks this thread; no signal handler stands in the way, so Ctrl+C ends the process.
    server.waitForRequest(options.port, options.forever ? Number.POSITIVE_INFINITY : options.count);
  } catch (error) {
    throw shown(error);
  } finally {
    screen.end();
    server.close();
  }
}
