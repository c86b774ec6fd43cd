// What a call costs beside the network: WSAGetLastError; and recv of more than the buffer holds, on what is no socket,
// which is the decoding of its four arguments and a look at the handle (in C, that look alone: most other calls are a
// request to Wine's server, which would hide the rest). C is compiled with mingw-w64; Windows Node runs under Wine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  lane,
  mirrorProject,
  nodeVersions,
  project,
  requireTools,
  root,
  runTool,
  runUnderWine,
  runWindowsNode,
  setUp,
} from '../windows-lane.mjs';

export const title = 'Calls in Windows Node, nanoseconds each (median of 7)';

async function inC() {
  const exe = join(lane, 'calls.exe');
  const source = join(root, 'scripts', 'bench', 'calls.c');
  runTool('x86_64-w64-mingw32-gcc', ['-O2', '-o', exe, source, '-lws2_32']);
  return JSON.parse((await runUnderWine(exe, [])).output);
}

async function inNode(version, binding) {
  const stdout = join(lane, 'output', `bench-calls-${binding}.txt`);
  const { code } = await runWindowsNode(version, ['scripts/bench/calls-in-node.mjs', binding], {
    cwd: project,
    stdout,
  });
  const printed = readFileSync(stdout, 'utf8');
  if (code !== 0) throw new Error(printed);
  return JSON.parse(printed);
}

const ratio = (time, base) => `${time.toFixed(1)} (${(time / base).toFixed(1)} x)`;

export async function run() {
  try {
    requireTools();
  } catch (error) {
    return { skipped: error.message };
  }
  setUp();
  mirrorProject();
  const c = await inC();
  const rows = [];
  for (const version of nodeVersions) {
    const addon = await inNode(version, 'addon');
    const koffi = await inNode(version, 'koffi');
    for (const call of Object.keys(c)) {
      rows.push([
        `${call}, Node ${version}`,
        c[call].toFixed(1),
        ratio(addon[call], c[call]),
        ratio(koffi[call], c[call]),
        `${(addon[call] - c[call]).toFixed(0)} / ${(koffi[call] - c[call]).toFixed(0)}`,
      ]);
    }
  }
  return { columns: ['', 'C', 'addon', 'koffi', 'added by addon / koffi'], rows };
}
