import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import type { Winsock } from '../../../src/ws2_32/index.js';
import { programFor } from '../../support/programs.js';

/** Shows on one binding that a row of docs/fidelity.md says what is so. */
export type Check = (ws: Winsock) => void | Promise<void>;
export type Checks = Readonly<Record<string, Check>>;

export const ONE = Int32Array.of(1);

export function setOption(
  ws: Winsock,
  s: number,
  level: number,
  option: number,
  value: ArrayBufferView,
): void {
  expect(ws.setsockopt(s, level, option, value, value.byteLength)).toBe(0);
}

/** setsockopt of an int succeeds and getsockopt reads the same. */
export function isStored(ws: Winsock, s: number, level: number, option: number, value: number): void {
  const read = Int32Array.of(0);
  setOption(ws, s, level, option, Int32Array.of(value));
  expect(ws.getsockopt(s, level, option, read, Int32Array.of(4))).toBe(0);
  expect(read[0]).toBe(value);
}

/** What another process prints that runs `body`, with `ws` (started) and `sockaddr_in`; `before` runs first of all. */
export function inProcess(ws: Winsock, body: string, env: NodeJS.ProcessEnv = {}, before = ''): string {
  const start = 'ws.WSAStartup(0x0202, new WSADATA()); const { sockaddr_in } = winsock;';
  return printedBy(programFor(ws, `${before}\n${start}\n${body}`), env);
}

export function printedBy(nodeArguments: string[], env: NodeJS.ProcessEnv = {}): string {
  const run = spawnSync(process.execPath, nodeArguments, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 15_000,
  });
  if (run.status !== 0) throw new Error(`exit code ${run.status}: ${run.stderr}`);
  return run.stdout.trim();
}
