// `npm run soak [-- --short] [--only NAME] [--binding NAME]`: long runs that look for what tests of a second cannot see: growth, lost
// bytes, lost wake-ups, calls that never end. Each scenario has a process and a time limit of its own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** name: what it does long and short, and after how many seconds it has hung. */
const scenarios = {
  connections: { long: 200_000, short: 5_000, limit: 900 },
  many: { long: 5_000, short: 1_000, limit: 180 },
  interleavings: { long: 60, short: 6, limit: 150 },
  chaos: { long: 60, short: 6, limit: 150 },
  races: { long: 60, short: 5, limit: 150 },
  wakeups: { long: 60, short: 5, limit: 150 },
};

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, only: { type: 'string' }, binding: { type: 'string' } },
});

function run(name, amount, limit) {
  const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const began = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', file, String(amount)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, WINSOCK_BINDING: values.binding ?? 'net' },
  });
  const watchdog = setTimeout(() => {
    console.error(`${name}: has not ended after ${limit} s`);
    child.kill('SIGKILL');
  }, limit * 1000);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      clearTimeout(watchdog);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
      resolve(code === 0);
    });
  });
}

const chosen = Object.keys(scenarios).filter((name) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(
    `There is no scenario called ${values.only}: choose from ${Object.keys(scenarios).join(', ')}`,
  );
  process.exit(2);
}
let passed = true;
for (const name of chosen) {
  const { long, short, limit } = scenarios[name];
  if (!(await run(name, values.short ? short : long, limit))) passed = false;
}
process.exit(passed ? 0 : 1);
