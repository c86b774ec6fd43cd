import { Worker } from 'node:worker_threads';
import type { Winsock } from '../../src/ws2_32/index.js';

export interface Outcome<T> {
  readonly value: T;
  /** WSAGetLastError in that thread, right after. */
  readonly error: number;
}

export interface Thread<T> {
  readonly worker: Worker;
  /** The thread is about to make its call. */
  readonly started: Promise<void>;
  readonly result: Promise<Outcome<T>>;
}

const bindings = new URL('../../lib/bindings/index.js', import.meta.url).href;

const source = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.bindings).then(async ({ loadBinding }) => {
  const ws = loadBinding(workerData.name);
  const call = (0, eval)('(' + workerData.call + ')');
  parentPort.postMessage('started');
  const value = await call(ws, ...workerData.args);
  parentPort.postMessage({ value, error: ws.WSAGetLastError() });
});`;

/** Runs a self-contained function in another thread of this process, over the same binding. */
export function inThread<T, A extends unknown[]>(
  ws: Winsock,
  call: (ws: Winsock, ...args: A) => T | Promise<T>,
  ...args: A
): Thread<T> {
  const workerData = { bindings, name: ws.name, call: call.toString(), args };
  const worker = new Worker(source, { eval: true, workerData });
  let start: () => void;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const result = new Promise<Outcome<T>>((resolve, reject) => {
    worker.on('message', (message) => (message === 'started' ? start() : resolve(message)));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the thread ended without a result')));
  });
  result.catch(() => {});
  return { worker, started, result };
}

/** Nothing tells from outside that a call has begun to block: gives it the time to. */
export function letBlock(ms = 150): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
