// Runs the suite on Windows Node under Wine, once for each Node of the lane: `npm run test:windows`.
//   npm run test:windows -- --node 22 test/contract/recv.test.ts     what else is given goes to vitest
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { countResults, sumUp } from './test-results.mjs';
import {
  fullVersion,
  lane,
  mirrorProject,
  nodeVersions,
  project,
  root,
  runWindowsNode,
  setUp,
  takeNodeOption,
} from './windows-lane.mjs';

const minutes = 60_000;
const LIMIT_MINUTES = 20;

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

/** The tests run the compiled library and the addon's prebuild: both are made from the sources as they are now. */
function build() {
  run('npm', ['run', '--silent', 'build']);
  const addon = join(root, 'prebuilds', 'win32-x64', 'winsock.node');
  const sources = readdirSync(join(root, 'binding')).map((name) => join(root, 'binding', name));
  sources.push(join(root, 'CMakeLists.txt'));
  const built = existsSync(addon) ? statSync(addon).mtimeMs : 0;
  if (sources.some((source) => statSync(source).mtimeMs > built))
    run(process.execPath, [join(root, 'scripts', 'prebuild.mjs')]);
}

async function runSuite(version, vitestArguments) {
  console.log(`\nWindows Node ${version}, under Wine`);
  const results = join(lane, 'output', `results-${version}.json`);
  rmSync(results, { force: true });
  const { code, output, timedOut } = await runWindowsNode(
    version,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${relative(project, results)}`,
      ...vitestArguments,
    ],
    {
      cwd: project,
      timeout: LIMIT_MINUTES * minutes,
      stdout: join(lane, 'output', `vitest-${version}.txt`),
      env: { NO_COLOR: '1' },
    },
  );
  process.stdout.write(output);
  if (timedOut) console.log(`Windows Node ${version}: ended after ${LIMIT_MINUTES} minutes`);
  const counts = countResults(existsSync(results) ? readFileSync(results, 'utf8') : '');
  return { name: `Windows Node ${version}`, code, counts };
}

async function main() {
  setUp();
  build();
  mirrorProject();
  const { version, rest } = takeNodeOption(process.argv.slice(2));
  const runs = [];
  for (const each of version ? [fullVersion(version)] : nodeVersions) runs.push(await runSuite(each, rest));
  process.exitCode = sumUp(runs);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
