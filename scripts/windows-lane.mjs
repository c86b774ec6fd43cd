// The Windows lane: Windows Node on a real ws2_32.dll, on Linux, through Wine.
//   node scripts/windows-lane.mjs                      sets it up
//   node scripts/windows-lane.mjs --node 22 file.js    runs Windows Node in the mirrored project
import { pathToFileURL } from 'node:url';
import { mirrorProject } from './windows-lane/mirror.mjs';
import { project } from './windows-lane/places.mjs';
import { runWindowsNode } from './windows-lane/run.mjs';
import { setUp } from './windows-lane/set-up.mjs';

export { mirrorProject } from './windows-lane/mirror.mjs';
export { fullVersion, lane, nodeVersions, project, root, windowsPath } from './windows-lane/places.mjs';
export { runTool, runUnderWine, runWindowsNode } from './windows-lane/run.mjs';
export { aptPackages, requireTools, setUp } from './windows-lane/set-up.mjs';

/** Takes `--node VERSION` out of an argument list. */
export function takeNodeOption(args, fallback) {
  const at = args.indexOf('--node');
  if (at < 0) return { version: fallback, rest: args };
  return { version: args[at + 1], rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

async function main() {
  setUp();
  const { version, rest } = takeNodeOption(process.argv.slice(2), '22');
  if (rest.length === 0) return;
  mirrorProject();
  const { code, output } = await runWindowsNode(version, rest, { cwd: project });
  process.stdout.write(output);
  process.exitCode = code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
