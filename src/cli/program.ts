import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAsyncSend } from './async-send.js';
import { addAsyncServe } from './async-serve.js';
import { addError } from './error.js';
import { addInfo } from './info.js';
import { print, printError } from './output.js';
import { addSend } from './send.js';
import { addServe } from './serve.js';
import { addUdpSend } from './udp-send.js';
import { addUdpServe } from './udp-serve.js';

/** The command line, not yet run: parsing it throws CommanderError for wrong usage, and never ends the process. */
export function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const program = new Command('winsock')
    .description(
      'Windows Sockets for Node.js: servers and clients that poll with select or are told of network events, and a UDP responder',
    )
    .version(version)
    // Wrong usage is one line: a suggestion goes behind the error instead of below it.
    .configureOutput({
      writeOut: print,
      writeErr: printError,
      outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`),
    })
    .exitOverride();
  for (const add of [
    addServe,
    addSend,
    addAsyncServe,
    addAsyncSend,
    addUdpServe,
    addUdpSend,
    addInfo,
    addError,
  ])
    add(program);
  return program;
}
