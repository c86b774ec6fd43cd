// The measurements of network.mjs and messages.mjs in Windows Node over a real ws2_32.dll: addon, koffi and net beside Node's own net
// and beside C.
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
  runWindowsNode,
  setUp,
} from '../windows-lane.mjs';

export const title = 'Between two processes in Windows Node under Wine, beside plain net and C (median of 3)';

async function measureIn(version) {
  const stdout = join(lane, 'output', `bench-network-${version}.txt`);
  const result = join(project, 'bench-network.json');
  const { code } = await runWindowsNode(
    version,
    ['scripts/bench/compare-in-node.mjs', 'bench-network.json', 'loopback.exe'],
    { cwd: project, stdout, minutes: 15 },
  );
  if (code !== 0) throw new Error(readFileSync(stdout, 'utf8'));
  return JSON.parse(readFileSync(result, 'utf8'));
}

export async function run() {
  try {
    requireTools();
  } catch (error) {
    return { skipped: error.message };
  }
  setUp();
  mirrorProject();
  const source = join(root, 'scripts', 'bench', 'loopback.c');
  runTool('x86_64-w64-mingw32-gcc', ['-O2', '-o', join(project, 'loopback.exe'), source, '-lws2_32']);
  const rows = [];
  for (const version of nodeVersions) {
    const measured = await measureIn(version);
    for (const { name, implementation, value, net, ratio } of measured) {
      const inC = measured.find((row) => row.name === name && row.implementation.startsWith('c:'));
      rows.push([
        `${name}, Node ${version}`,
        implementation.replace(/^winsock:|:.*$/g, ''),
        value.toFixed(1),
        `${ratio.toFixed(2)} x (${net.toFixed(1)})`,
        inC ? `${(value / inC.value).toFixed(2)} x` : '',
      ]);
    }
  }
  return { columns: ['what', 'by', 'figure', 'to plain net', 'to C'], rows };
}
