import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const soak = fileURLToPath(new URL('../../scripts/soak/main.mjs', import.meta.url));

// What it looks for is the binding's own, the same on every system; under Wine a connection takes 30 times as long.
const where =
  process.platform === 'win32' ? ' (skipped: net binding, run where Node is not a Windows program)' : '';

it.skipIf(where !== '').each(['connections', 'many', 'interleavings', 'chaos', 'races', 'wakeups'])(
  `net: soak, in its short form: %s${where}`,
  (name) => {
    const run = spawnSync(process.execPath, [soak, '--short', '--only', name], { encoding: 'utf8' });
    expect(run.stdout + run.stderr).toContain(`${name}: passed`);
    expect(run.status).toBe(0);
  },
  120_000,
);
