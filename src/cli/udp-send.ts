import type { Command } from 'commander';
import type { BindingName } from '../bindings/index.js';
import { TextScreen } from '../io-models/screen.js';
import { UdpClient } from '../io-models/udp-responder.js';
import { addressOf } from './address.js';
import { bindingOf, bindingOption, listeningPort, remotePort } from './options.js';
import { print } from './output.js';
import { shown } from './udp-errors.js';

interface UdpSendOptions {
  port: number;
  host?: string;
  localPort: number;
  localHost?: string;
  message: string;
  binding?: BindingName;
}

export function addUdpSend(program: Command): void {
  program
    .command('udp-send')
    .description('send a datagram, wait for the answer, show it')
    .option('-p, --port <number>', "the responder's port", remotePort, 4096)
    .option('-H, --host <address>', "the responder's address (default: this machine's first address)")
    .option('-m, --message <text>', 'what to send', 'test')
    .option('--local-port <number>', 'the port to send from; 0 lets the system choose', listeningPort, 0)
    .option('--local-host <address>', "the address to send from (default: this machine's first address)")
    .addOption(bindingOption())
    .action(udpSend);
}

function udpSend(options: UdpSendOptions): void {
  const ws = bindingOf(options);
  const screen = new TextScreen(print);
  const to = addressOf(ws, options.host);
  // From another address than a loopback one nothing can be sent to a loopback one.
  const from = addressOf(ws, options.localHost ?? (to.startsWith('127.') ? to : undefined));
  const client = new UdpClient(ws, { host: from, screen });
  try {
    client.init();
    client.sendRequest(options.localPort, options.message, to, options.port);
  } catch (error) {
    throw shown(error);
  } finally {
    screen.end();
    client.close();
  }
}
