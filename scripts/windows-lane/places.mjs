// Where the Windows lane keeps its things: everything under one git-ignored folder, so that deleting it undoes all.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const lane = join(root, '.windows');
export const prefix = join(lane, 'prefix');
export const system32 = join(prefix, 'drive_c', 'windows', 'system32');

/** The project as Windows Node sees it: the sources copied, beside win32 packages. */
export const project = join(lane, 'project');

/** One Windows Node per supported major that Wine can run. */
export const nodeVersions = ['20.20.2', '22.23.3'];

export function nodeFolder(version) {
  return join(lane, `node-${version}`);
}

export function nodeExe(version) {
  return join(nodeFolder(version), 'bin', 'node.exe');
}

/** Turns `22` or `22.23.3` into the full version that the lane carries. */
export function fullVersion(wanted) {
  const found = nodeVersions.find(
    (version) => version === wanted || version.split('.')[0] === String(wanted),
  );
  if (!found) throw new Error(`The Windows lane has Node ${nodeVersions.join(' and ')}, not ${wanted}`);
  return found;
}

/** A Unix path as a program under Wine writes it: Wine maps the whole file system to drive Z. */
export function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}
