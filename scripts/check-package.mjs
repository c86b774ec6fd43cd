// What `npm publish` would send: all that a program needs, and nothing else.
import { execFileSync } from 'node:child_process';

const [{ files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { encoding: 'utf8' }),
);
const paths = files.map(({ path }) => path);
const needed = [
  'package.json',
  'README.md',
  'LICENSE',
  'lib/index.js',
  'lib/index.d.ts',
  'lib/cli/main.js',
  'examples/echo-server.js',
  'prebuilds/win32-x64/winsock.node',
];
const missing = needed.filter((path) => !paths.includes(path));
const strange = paths.filter((path) => /^(src|test|scripts|binding|build|\.)|\.gyp$/.test(path));
for (const path of missing) console.error(`not in the package: ${path}`);
for (const path of strange) console.error(`should not be in the package: ${path}`);
console.log(`${paths.length} files in the package`);
process.exitCode = missing.length + strange.length > 0 ? 1 : 0;
