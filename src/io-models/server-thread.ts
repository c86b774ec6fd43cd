import { Worker } from 'node:worker_threads';
import { type BindingName, loadBinding } from '../bindings/index.js';
import { asBuffer } from './messages.js';
import type { CallRecord } from './record.js';
import type { Screen } from './screen.js';
import type { ServerMode, ServerStatus } from './select-polling-server.js';

/** What the thread is started with. */
export interface ServerThreadData {
  binding: BindingName;
  /** Four bytes shared with the thread: the SOCKET that a blocking `recv` sits in, or 0. */
  serving: Int32Array;
  port: number | undefined;
  host: string | undefined;
  mode: ServerMode;
  calls: number | undefined;
}

/** What the label of the form shows, and what the form knows by then. */
export interface ServerState {
  status: ServerStatus;
  localName: string;
  localIP: string;
  port: number;
}

/** What the thread tells, in the order in which it happens. */
export type ServerThreadMessage =
  | { type: 'line'; text: string }
  | { type: 'append'; text: string }
  | { type: 'state'; state: ServerState }
  | { type: 'message'; text: string; code: number | undefined }
  | { type: 'record'; record: CallRecord }
  | { type: 'done'; served: boolean };

export interface ServerThreadEvents {
  screen: Screen;
  onState: (state: ServerState) => void;
  onMessage: (text: string, code?: number) => void;
  onRecord: (record: CallRecord) => void;
}

export interface ServerThread {
  /** True once the server has stopped, false if it could not be started. */
  readonly done: Promise<boolean>;
  /** Stops the server as its Stop button does; what does not end by itself within 2 seconds is ended. */
  stop(): void;
}

/** How long a client that is being served may go on after `stop`, as long as one poll may take anyway. */
const GRACE_MS = 2000;
/** How often after that the socket that is being served is looked for and closed. */
const CLOSE_EVERY_MS = 250;
/** When the thread is given up. */
const GIVE_UP_MS = 10_000;

/**
 * Runs a SelectPollingServer in a thread of its own, so that this thread's event loop can take signals although
 * `select` and `recv` block. A SOCKET works in every thread of the process: when the server sits in a `recv` for
 * a client that stays silent, this thread closes that socket, and the `recv` fails as it does in C.
 */
export function startServerThread(
  options: Omit<ServerThreadData, 'serving'>,
  events: ServerThreadEvents,
): ServerThread {
  const serving = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ServerThreadData = { ...options, serving };
  const worker = new Worker(new URL('./server-thread-worker.js', import.meta.url), { workerData });
  let served = false;
  let timer: NodeJS.Timeout | undefined;
  worker.on('message', (message: ServerThreadMessage) => {
    if (message.type === 'done') served = message.served;
    else deliver(message, events);
  });
  const done = new Promise<boolean>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve(served));
  }).finally(() => clearInterval(timer));
  const stop = () => {
    worker.postMessage('stop');
    timer ??= endWhatDoesNotEnd(worker, options.binding, serving);
  };
  return { done, stop };
}

function deliver(message: Exclude<ServerThreadMessage, { type: 'done' }>, events: ServerThreadEvents): void {
  if (message.type === 'state') events.onState(message.state);
  else if (message.type === 'message') events.onMessage(message.text, message.code);
  else if (message.type === 'line') events.screen.line(message.text);
  else if (message.type === 'append') events.screen.append(message.text);
  else events.onRecord({ ...message.record, body: asBuffer(message.record.body) });
}

function endWhatDoesNotEnd(worker: Worker, binding: BindingName, serving: Int32Array): NodeJS.Timeout {
  const started = performance.now();
  return setInterval(() => {
    const waited = performance.now() - started;
    const s = Atomics.load(serving, 0);
    if (waited >= GRACE_MS && s !== 0) loadBinding(binding).closesocket(s);
    if (waited >= GIVE_UP_MS) void worker.terminate();
  }, CLOSE_EVERY_MS);
}
