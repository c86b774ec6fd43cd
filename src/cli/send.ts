import { closeSync } from 'node:fs';
import type { Command } from 'commander';
import { WinsockClient } from '../io-models/client.js';
import { addressOf } from './address.js';
import { bindingOf } from './options.js';
import { addSendOptions, chosenFile, explained, pieces, progress, type SendOptions } from './sending.js';

export function addSend(program: Command): void {
  addSendOptions(program.command('send').description('connect to a server, send one message, close')).action(
    send,
  );
}

function send(options: SendOptions): void {
  const file = chosenFile(options);
  const ws = bindingOf(options);
  const { port } = options;
  const client = new WinsockClient(ws, { ip: addressOf(ws, options.host), port, ...progress(file?.size) });
  try {
    client.init();
    if (file !== undefined) client.transmit(pieces(file.fd));
    else if (options.message !== undefined) client.send(options.message);
    else client.test();
  } catch (error) {
    throw explained(error);
  } finally {
    client.close();
    if (file !== undefined) closeSync(file.fd);
  }
}
