import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BroadcastChannel,
  getEnvironmentData,
  receiveMessageOnPort,
  setEnvironmentData,
} from 'node:worker_threads';
import type { ArenaMemory } from './arena/arena.js';

/**
 * How every thread of the process comes to the same arena. A thread whose parent had it inherits it. Otherwise the
 * threads elect a founder by creating a file that carries the process's number (there is nothing else that all
 * threads of a Node process share and can reach synchronously), and the others ask the founder's host, which
 * answers on a BroadcastChannel.
 */
const INHERITED = 'winsock.net';
export const CHANNEL = 'winsock.net';
export const QUESTION = 'where is the arena?';
const PATIENCE_MS = 15_000;

/** The arena of the process; `found` makes it, with its host, when this thread is the first. */
export function meet(found: () => ArenaMemory): ArenaMemory {
  const inherited = getEnvironmentData(INHERITED) as ArenaMemory | undefined;
  const memory = inherited ?? (elect() ? found() : ask()) ?? found();
  setEnvironmentData(INHERITED, memory as never);
  return memory;
}

function startedAt(): number {
  return Date.now() - process.uptime() * 1000;
}

/** A folder of this user's; a file in it is one process. */
function meetingPlace(): string {
  const folder = join(tmpdir(), `winsock-${process.getuid?.() ?? 'net'}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') sweep(folder);
  }
  return join(folder, String(process.pid));
}

/** Removes what processes left that were killed. */
function sweep(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const pid = Number(name);
      if (pid > 0 && pid !== process.pid && !isAlive(pid)) remove(join(folder, name));
    }
  } catch {
    // Another user's folder of that name: this process then does without.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True for the one thread of the process that is the first to come here. */
function elect(): boolean {
  const path = meetingPlace();
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(startedAt()));
      closeSync(file);
      process.once('exit', () => remove(path));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true;
    }
    if (isOurs(path)) return false;
    // A process that had this number before us was killed and left it.
    remove(path);
  }
  return true;
}

function isOurs(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    // Empty: its founder is between the two calls above.
    return text === '' || Math.abs(Number(text) - startedAt()) < 2_000;
  } catch {
    return false;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Another thread was faster, or the folder is not ours to write: both are fine.
  }
}

function ask(): ArenaMemory | undefined {
  const channel = new BroadcastChannel(CHANNEL);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  try {
    const until = performance.now() + PATIENCE_MS;
    for (let turn = 0; performance.now() < until; turn++) {
      if (turn % 50 === 0) channel.postMessage(QUESTION);
      for (
        let answer = receiveMessageOnPort(channel as never);
        answer;
        answer = receiveMessageOnPort(channel as never)
      ) {
        const { memory } = answer.message as { memory?: ArenaMemory };
        if (memory !== undefined) return memory;
      }
      Atomics.wait(pause, 0, 0, 2);
    }
    return undefined;
  } finally {
    channel.close();
  }
}
