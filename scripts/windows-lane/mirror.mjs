// Copies the project's sources beside the win32 packages, so that module resolution finds those and not the host's.
// Copies, because symbolic links resolve back to the host's node_modules under Wine.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { project, root } from './places.mjs';
import { runTool } from './run.mjs';

const builtFolders = ['lib', 'prebuilds'];

/** Makes `.windows/project` the same as the working tree: new and changed files copied, vanished ones removed. */
export function mirrorProject() {
  const wanted = new Set([...trackedFiles(), ...builtFolders.flatMap((folder) => filesUnder(root, folder))]);
  for (const file of wanted) copyIfChanged(file);
  for (const file of filesUnder(project, '.')) {
    if (!wanted.has(file)) rmSync(join(project, file), { force: true });
  }
}

function trackedFiles() {
  const listed = runTool('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return listed.split('\0').filter((file) => file && existsSync(join(root, file)));
}

function filesUnder(base, folder) {
  const start = join(base, folder);
  if (!existsSync(start)) return [];
  const names = readdirSync(start, { withFileTypes: true });
  return names.flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = relative(base, join(start, entry.name));
    return entry.isDirectory() ? filesUnder(base, path) : [path];
  });
}

function copyIfChanged(file) {
  const from = join(root, file);
  const to = join(project, file);
  const source = statSync(from);
  const copy = statSync(to, { throwIfNoEntry: false });
  if (copy && copy.size === source.size && readFileSync(from).equals(readFileSync(to))) return;
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
