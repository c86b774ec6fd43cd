import { closeSync } from 'node:fs';
import type { Command } from 'commander';
import { AsyncClient } from '../io-models/async-client.js';
import { EventClient } from '../io-models/event-client.js';
import { addressOf } from './address.js';
import { bindingOf } from './options.js';
import { addSendOptions, chosenFile, explained, pieces, progress, type SendOptions } from './sending.js';

interface AsyncSendOptions extends SendOptions {
  events?: true;
}

export function addAsyncSend(program: Command): void {
  const command = program
    .command('async-send')
    .description('the same with an asynchronous socket: wait for FD_CONNECT, FD_WRITE and FD_CLOSE');
  addSendOptions(command)
    .option('-e, --events', 'with event objects (WSAEventSelect) instead of a window (WSAAsyncSelect)')
    .action(asyncSend);
}

async function asyncSend(options: AsyncSendOptions): Promise<void> {
  const file = chosenFile(options);
  const ws = bindingOf(options);
  const { port } = options;
  const Client = options.events ? EventClient : AsyncClient;
  const client = new Client(ws, { ip: addressOf(ws, options.host), port, ...progress(file?.size) });
  try {
    client.init();
    if (file !== undefined) await client.transmit(pieces(file.fd));
    else if (options.message !== undefined) await client.send(options.message);
    else await client.test();
  } catch (error) {
    throw explained(error);
  } finally {
    await client.close();
    if (file !== undefined) closeSync(file.fd);
  }
}
