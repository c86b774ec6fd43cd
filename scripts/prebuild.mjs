// Cross-compiles the addon on Linux: `npm run prebuild` -> prebuilds/win32-x64/winsock.node, and win32-ia32 as well
// where its compiler is installed. On Windows `npm run build:addon` builds the same sources with MSVC.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const targets = [
  { name: 'win32-x64', processor: 'x86_64', apt: 'g++-mingw-w64-x86-64', required: true },
  { name: 'win32-ia32', processor: 'i686', apt: 'g++-mingw-w64-i686', required: false },
];

function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function compiler({ processor }, language) {
  return `${processor}-w64-mingw32-${language}-posix`;
}

function requireTools() {
  const missing = [
    ['cmake', 'cmake'],
    ['make', 'make'],
    [compiler(targets[0], 'g++'), targets[0].apt],
  ]
    .filter(([command]) => !has(command))
    .map(([, apt]) => apt);
  if (missing.length === 0) return;
  throw new Error(
    `npm run prebuild lacks ${missing.join(' and ')}: apt-get install --no-install-recommends ${missing.join(' ')}`,
  );
}

function build(target) {
  const out = join(root, 'build', target.name);
  rmSync(out, { recursive: true, force: true });
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'cmake-js', 'bin', 'cmake-js'),
      'build',
      '--out',
      out,
      '--generator',
      'Unix Makefiles',
      '--cc',
      compiler(target, 'gcc'),
      '--cpp',
      compiler(target, 'g++'),
      `--CDCMAKE_TOOLCHAIN_FILE=${join(root, 'scripts', 'prebuild', 'mingw.cmake')}`,
      `--CDWINSOCK_PROCESSOR=${target.processor}`,
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (result.status !== 0) throw new Error(`${target.name} does not build\n${result.stdout}${result.stderr}`);
  // Warnings do not stop a build; they are not hidden either.
  if (/warning:/.test(result.stderr)) process.stderr.write(result.stderr);
  const built = join(out, 'winsock.node');
  const placed = join(root, 'prebuilds', target.name, 'winsock.node');
  mkdirSync(dirname(placed), { recursive: true });
  copyFileSync(built, placed);
  console.log(`${relative(root, placed)}  ${Math.ceil(statSync(placed).size / 1024)} KiB`);
}

try {
  requireTools();
  for (const target of targets) {
    if (has(compiler(target, 'g++'))) build(target);
    else console.log(`${target.name}: left out (apt-get install --no-install-recommends ${target.apt})`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
