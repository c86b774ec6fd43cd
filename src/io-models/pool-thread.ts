// One thread of the pool: takes a call at a time and reads it to its end, with a `recv` that blocks.
import { parentPort, workerData } from 'node:worker_threads';
import { type BindingName, loadBinding } from '../bindings/index.js';
import { type Call, newCall, READ_SIZE, receive } from './call.js';

/** What a thread of the pool is started with. */
export interface PoolThreadData {
  binding: BindingName;
}

/** A call for the thread: the number of an accepted SOCKET, which works in every thread of the process. */
export type PoolCall = Pick<Call, 'socket' | 'ip' | 'port'>;

/** What came of it. */
export interface PoolResult {
  chunks: Uint8Array[];
  size: number;
  error: string | undefined;
}

if (parentPort !== null) {
  const ws = loadBinding((workerData as PoolThreadData).binding);
  const buffer = Buffer.alloc(READ_SIZE);
  parentPort.on('message', ({ socket, ip, port }: PoolCall) => {
    const call = newCall(socket, ip, port);
    while (receive(ws, call, buffer, true) === 'data');
    const { chunks, size, error } = call;
    parentPort!.postMessage({ chunks, size, error } satisfies PoolResult);
  });
}
