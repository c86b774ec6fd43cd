import { BroadcastChannel, workerData } from 'node:worker_threads';
import { type ArenaMemory, openArena } from '../arena/arena.js';
import { hostDown } from '../arena/events.js';
import { HOST_STATE, HOST_UP } from '../arena/layout.js';
import { CHANNEL, QUESTION } from '../rendezvous.js';
import { runHost } from './loop.js';

/** The host thread: it owns the Node sockets of the process and serves the arena until the process ends. */
const memory = workerData as ArenaMemory;
const arena = openArena(memory);

process.on('uncaughtException', (error) => {
  // Every call of every thread answers WSAENETDOWN from now on; the reason is for whoever reads the log.
  process.stderr.write(`winsock: the net binding's host failed and is down: ${error?.stack ?? error}\n`);
  hostDown(arena);
});

const channel = new BroadcastChannel(CHANNEL);
channel.onmessage = (event: unknown) => {
  if ((event as { data: unknown }).data === QUESTION) channel.postMessage({ memory });
};

Atomics.store(arena.control, HOST_STATE, HOST_UP);
runHost(arena);
