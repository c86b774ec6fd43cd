// How the net binding's calls and memory grow with the number of open connections: one process accepts them all,
// another one opens them with plain net and leaves them open.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const title =
  'The net binding with many open connections (microseconds a call; memory a connection; idle CPU)';

const COUNTS = [1, 10, 64, 100, 1_000, 5_000];
const program = fileURLToPath(new URL('connections-in-node.mjs', import.meta.url));

async function withConnections(count) {
  const folder = mkdtempSync(join(tmpdir(), 'winsock-bench-'));
  const file = join(folder, 'result.json');
  const child = spawn(process.execPath, ['--expose-gc', program, String(count), file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    while (!existsSync(file)) {
      if (child.exitCode !== null) throw new Error(`with ${count} connections the program ended early`);
      await delay(20);
    }
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    if (child.exitCode === null) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const figure = (value, digits) => (value === undefined ? '' : value.toFixed(digits));

export async function run() {
  const rows = [];
  for (const count of COUNTS) {
    const m = await withConnections(count);
    rows.push([
      count,
      figure(m.accept, 2),
      figure(m.recv, 2),
      figure(m.send, 2),
      figure(m.select, 2),
      count < 100 ? '' : `${figure(m.kilobytes, 1)} KiB`,
      `${figure(m.idle, 3)} %`,
    ]);
  }
  const columns = [
    'connections',
    'accept',
    'recv 1 byte',
    'send 1 byte',
    'select on all, 0 s',
    'memory each',
    'idle CPU',
  ];
  return { columns, rows };
}
