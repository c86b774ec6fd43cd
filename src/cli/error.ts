import type { Command } from 'commander';
import { type Cause, describe } from '../ws2_32/index.js';
import { print, UsageError } from './output.js';

export function addError(program: Command): void {
  program
    .command('error')
    .description("an error's name, message and usual causes")
    .argument('<code>', 'its number (10048) or name (WSAEADDRINUSE)')
    .action(explain);
}

function explain(code: string): void {
  const entry = describe(code);
  if (entry === undefined) throw new UsageError(`'${code}' is not a Winsock error`);
  print(`${entry.number} ${entry.name}\n${entry.message}\n`);
  if (entry.causes.length > 0) print(`\nUsual causes\n${entry.causes.map(causeText).join('')}`);
}

function causeText({ calls, text }: Cause): string {
  return `- ${calls === undefined ? '' : `${calls.join(', ')}: `}${text}\n`;
}
