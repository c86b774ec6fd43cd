// The thread of `startServerThread`: one SelectPollingServer, whose callbacks become messages.
import { parentPort, workerData } from 'node:worker_threads';
import { loadBinding } from '../bindings/index.js';
import { SelectPollingServer } from './select-polling-server.js';
import type { ServerThreadData, ServerThreadMessage } from './server-thread.js';

const { binding, serving, port, host, mode, calls } = workerData as ServerThreadData;

function tell(message: ServerThreadMessage): void {
  parentPort!.postMessage(message);
}

const server = new SelectPollingServer(loadBinding(binding), {
  mode,
  ...(port === undefined ? {} : { port }),
  ...(host === undefined ? {} : { host }),
  ...(calls === undefined ? {} : { calls }),
  screen: {
    line: (text) => tell({ type: 'line', text }),
    append: (text) => tell({ type: 'append', text }),
  },
  onStatus: (status) => {
    const { localName, localIP, port } = server;
    tell({ type: 'state', state: { status, localName, localIP, port } });
  },
  onMessage: (text, code) => tell({ type: 'message', text, code }),
  // The body is copied by the message: a small Buffer may share its memory with others, so it is not transferred.
  onRecord: (record) => tell({ type: 'record', record }),
  onServing: (s) => Atomics.store(serving, 0, s),
});

parentPort!.on('message', () => server.stop());

let served = false;
if (server.init()) served = await server.start();
await server.close();
tell({ type: 'done', served });
parentPort!.close();
