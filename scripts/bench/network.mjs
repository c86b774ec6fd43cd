// Measurements between two processes over loopback: echo, one-way transfer, connections. Each binding beside Node's
// own net in the same run, turn by turn, so that a machine whose speed drifts does not favour either.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('program.mjs', import.meta.url));
const PATIENCE_MS = 60_000;

/** Starts one side; `told` gives what it wrote to its file, `done` its end. */
function side(folder, role, implementation, given) {
  const file = join(folder, `${role}-${Math.random().toString(36).slice(2)}.json`);
  const child = spawn(process.execPath, [program, role, implementation, JSON.stringify(given), file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const done = new Promise((resolve) => child.once('exit', resolve));
  const told = async () => {
    const until = Date.now() + PATIENCE_MS;
    while (!existsSync(file)) {
      if (child.exitCode !== null && !existsSync(file))
        throw new Error(`${role} on ${implementation} ended early`);
      if (Date.now() > until) throw new Error(`${role} on ${implementation} did not finish`);
      await delay(5);
    }
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  return { child, done, told };
}

/** Runs a server and a client against each other and gives what the client tells. */
export async function measure(serverRole, clientRole, server, client, given) {
  const folder = mkdtempSync(join(tmpdir(), 'winsock-bench-'));
  try {
    const serving = side(folder, serverRole, server, given);
    const { port } = await serving.told();
    const asking = side(folder, clientRole, client, { ...given, port });
    const result = await asking.told();
    await Promise.all([asking.done, serving.done]);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The kinds of measurement: `ratio` is binding over net for times, and for rates too. */
const kinds = [
  {
    title: 'echo of 1 byte, round trip (us)',
    run: (x) => measure('echoServer', 'echoClient', x, x, { turns: 8_000 }),
    value: ({ microseconds }) => microseconds,
  },
  {
    title: '64 KiB blocks, sending (MB/s)',
    run: (x) => measure('sink', 'source', 'net', x, { blocks: 6_000 }),
    value: ({ perSecond }) => perSecond / 1e6,
  },
  {
    title: '64 KiB blocks, receiving (MB/s)',
    run: (x) => measure('sink', 'source', x, 'net', { blocks: 6_000 }),
    value: ({ perSecond }) => perSecond / 1e6,
  },
  {
    title: 'connections: accept, recv to 0, close (1/s)',
    run: (x) => measure('acceptor', 'connector', x, 'net', { count: 3_000, parallel: 16 }),
    value: ({ perSecond }) => perSecond,
  },
];

/** Rows of { title, binding, value, plain, ratio }, medians of `rounds` and of the ratios round by round. */
export async function network(bindings, rounds = 5) {
  const rows = [];
  for (const { title, run, value } of kinds) {
    const plain = [];
    const measured = new Map(bindings.map((binding) => [binding, []]));
    for (let round = 0; round < rounds; round++) {
      plain.push(value(await run('net')));
      for (const binding of bindings) measured.get(binding).push(value(await run(`winsock:${binding}`)));
    }
    for (const [binding, values] of measured) {
      const ratio = median(values.map((v, i) => v / plain[i]));
      rows.push({ title, binding, value: median(values), plain: median(plain), ratio });
    }
  }
  return rows;
}
