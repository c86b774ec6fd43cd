// Runs programs under Wine and ends them, in the lane's own prefix.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fullVersion, lane, nodeExe, prefix, root } from './places.mjs';

export function wineEnvironment() {
  return {
    ...process.env,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEARCH: 'win64',
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
}

/** Runs a tool to its end; throws with what it printed if it fails. */
export function runTool(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.status === 0) return result.stdout;
  const printed = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim() || String(result.error ?? '');
  throw new Error(`${command} ${args.join(' ')} failed (${result.status ?? result.signal})\n${printed}`);
}

/**
 * Runs a Windows program under Wine, its output in a file, because Windows Node cannot open a Unix pipe.
 * @param {string} exe the program, a Unix path
 * @param {string[]} args
 * @param {{ stdout?: string, cwd?: string, env?: Record<string, string>, timeout?: number }} [options]
 *   stdout: the file (default: one under .windows/output); timeout: milliseconds, after which all it started is ended
 * @returns {Promise<{ code: number, timedOut: boolean, stdout: string, output: string }>}
 */
export async function runUnderWine(exe, args, options = {}) {
  const mark = randomUUID();
  const stdout = options.stdout ?? join(lane, 'output', `${mark}.txt`);
  mkdirSync(dirname(stdout), { recursive: true });
  const file = openSync(stdout, 'w');
  const child = spawn('wine', [exe, ...args], {
    cwd: options.cwd ?? root,
    env: { ...wineEnvironment(), ...options.env, WINSOCK_LANE_RUN: mark },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endMarked(mark);
  }, options.timeout ?? 600_000);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
  clearTimeout(timer);
  // A program that crashed may leave its children behind.
  endMarked(mark);
  return { code: timedOut ? 1 : code, timedOut, stdout, output: readFileSync(stdout, 'utf8') };
}

/** Runs Windows Node (`20`, `22` or a full version) with the given arguments; see {@link runUnderWine}. */
export function runWindowsNode(version, args, options = {}) {
  return runUnderWine(nodeExe(fullVersion(version)), args, options);
}

/** Ends every process that carries this run's mark in its environment: what the run started, and nothing else. */
function endMarked(mark) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      if (environment.includes(mark) && !isWineServer(pid)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended meanwhile, or is not ours.
    }
  }
}

// The server and Windows' own services outlive the run that happened to start them; other runs use them.
function isWineServer(pid) {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  return /wineserver|C:\\windows\\system32/.test(command);
}
