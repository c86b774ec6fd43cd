// Two processes over loopback, measured against each other: one serves, one asks and tells what it took.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('program.mjs', import.meta.url));
const PATIENCE_MS = 120_000;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The command of one side: `net`, `winsock:BINDING`, or `c:PROGRAM`, a program that takes the same arguments. */
function commandOf(role, implementation, given, file) {
  const words = [role, implementation, JSON.stringify(given), file];
  if (implementation.startsWith('c:')) return [implementation.slice(2), words];
  return [process.execPath, [program, ...words]];
}

/** Starts one side; `told` gives what it wrote to its file, `done` its end. */
function side(folder, role, implementation, given) {
  const file = join(folder, `${role}.json`);
  const [command, words] = commandOf(role, implementation, given, file);
  const child = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const done = new Promise((resolve) => child.once('exit', resolve));
  const told = async () => {
    const until = Date.now() + PATIENCE_MS;
    while (!existsSync(file)) {
      const ended = child.exitCode !== null;
      await delay(5);
      if (ended && !existsSync(file)) throw new Error(`${role} on ${implementation} ended early`);
      if (Date.now() > until) throw new Error(`${role} on ${implementation} did not finish`);
    }
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  return { child, done, told };
}

/** Runs a server and a client against each other and gives what the client tells. */
export async function measure(serverRole, clientRole, server, client, given) {
  const folder = mkdtempSync(join(tmpdir(), 'winsock-bench-'));
  const sides = [];
  try {
    sides.push(side(folder, serverRole, server, given));
    const { port } = await sides[0].told();
    sides.push(side(folder, clientRole, client, { ...given, port }));
    const result = await sides[1].told();
    await Promise.all(sides.map(({ done }) => done));
    return result;
  } finally {
    for (const { child } of sides) if (child.exitCode === null) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
