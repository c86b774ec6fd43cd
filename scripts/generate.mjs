// Writes what follows from the function table (src/ws2_32/functions.ts): the `Winsock` interface, the
// exports, the addon's list of names, and the reference. `--check` compares instead, and fails if a file is stale.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { exportsModule } from './generate/exports.mjs';
import { functionsInc } from './generate/functions-inc.mjs';
import { functionsPage } from './generate/functions-page.mjs';
import { winsockInterface } from './generate/winsock-interface.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', name);

/** Compiles the table to a folder of its own, so that generating needs no build and no correct one. */
async function loadTable() {
  const out = mkdtempSync(join(tmpdir(), 'winsock-generate-'));
  try {
    writeFileSync(join(out, 'package.json'), '{"type":"module"}');
    const options = ['--ignoreConfig', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const source = join(root, 'src/ws2_32/functions.ts');
    const tsc = [bin('typescript/bin/tsc'), source, '--rootDir', join(root, 'src'), '--outDir', out];
    execFileSync(process.execPath, [...tsc, ...options, '--skipLibCheck'], { cwd: root, stdio: 'inherit' });
    return await import(pathToFileURL(join(out, 'ws2_32/functions.js')).href);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function format(path, text) {
  const biome = [bin('@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${path}`];
  return execFileSync(process.execPath, biome, { cwd: root, input: text, encoding: 'utf8' });
}

const table = await loadTable();
const files = {
  ...Object.fromEntries(
    Object.entries(winsockInterface(table)).map(([path, text]) => [path, format(path, text)]),
  ),
  'src/winsock-functions.ts': format('src/winsock-functions.ts', exportsModule(table)),
  'binding/functions.inc': functionsInc(table),
  'docs/functions.md': functionsPage(table),
};

const stale = Object.entries(files).filter(([path, text]) => {
  try {
    return readFileSync(join(root, path), 'utf8') !== text;
  } catch {
    return true;
  }
});
if (process.argv.includes('--check')) {
  for (const [path] of stale)
    console.error(`${path} is not what the function table gives: node scripts/generate.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(stale.length > 0 ? `wrote ${stale.map(([path]) => path).join(', ')}` : 'all up to date');
}
