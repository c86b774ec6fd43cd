import type { Command } from 'commander';
import { availableBindings, type BindingName, loadBinding } from '../bindings/index.js';
import { WS_VERSION } from '../io-models/local-host.js';
import { errorName, type Winsock, WSADATA } from '../ws2_32/index.js';
import { bindingOf, bindingOption } from './options.js';
import { Failure, print } from './output.js';

export function addInfo(program: Command): void {
  program
    .command('info')
    .description('which bindings this machine has, what they say of themselves, and the local addresses')
    .addOption(bindingOption())
    .action(info);
}

function info(options: { binding?: BindingName }): void {
  print(`Node.js ${process.version}, ${process.platform}-${process.arch}\n\nBindings\n`);
  const chosen = bindingOf(options).name;
  for (const { name, available, reason } of availableBindings()) {
    const mark = name === chosen ? '*' : ' ';
    print(`${mark} ${name.padEnd(6)} ${available ? 'available' : `not available: ${reason}`}\n`);
  }
  describe(loadBinding(chosen));
}

function describe(ws: Winsock): void {
  const data = new WSADATA();
  const code = ws.WSAStartup(WS_VERSION, data);
  if (code !== 0) throw new Failure(`WSAStartup failed: ${errorName(code)} (${code})`);
  try {
    print(`\nWSADATA of ${ws.name}\n`);
    print(`  wVersion       ${version(data.wVersion)}\n  wHighVersion   ${version(data.wHighVersion)}\n`);
    print(`  szDescription  ${data.szDescription}\n  szSystemStatus ${data.szSystemStatus}\n`);
    print(`  iMaxSockets    ${data.iMaxSockets}\n  iMaxUdpDg      ${data.iMaxUdpDg}\n`);
    print(`\nLocal host\n${localHostText(ws)}`);
  } finally {
    ws.WSACleanup();
  }
}

/** The name, and every address that gethostbyname gives for it. */
function localHostText(ws: Winsock): string {
  const buffer = Buffer.alloc(256);
  if (ws.gethostname(buffer, buffer.length) !== 0) return `  gethostname: ${lastError(ws)}\n`;
  const name = buffer.toString('utf8', 0, buffer.indexOf(0));
  const host = ws.gethostbyname(name);
  if (host === null) return `  name           ${name}\n  gethostbyname: ${lastError(ws)}\n`;
  const addresses = host.h_addr_list.map((a) => ws.inet_ntoa(Buffer.from(a).readUInt32LE(0)));
  return `  name           ${name}\n  addresses      ${addresses.join(', ')}\n`;
}

function lastError(ws: Winsock): string {
  const code = ws.WSAGetLastError();
  return `${errorName(code)} (${code})`;
}

/** A version as WSAStartup has it: major number in the low byte. */
function version(word: number): string {
  return `${word & 0xff}.${word >> 8}`;
}
