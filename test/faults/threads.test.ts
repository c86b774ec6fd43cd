import { describe, expect, it } from 'vitest';
import { program } from './program.js';

// The bound of the project is 300 ms; Windows' Node in an emulator has its own idea of time.
/** A call that is not ended takes for ever; how long the end takes is for the benchmark to say. */
const SOON = 10_000;

const calls: [name: string, call: string, socket: 'udp' | 'listener' | 'client'][] = [
  ['recv', 'ws.recv(workerData, new Uint8Array(1), 1, 0)', 'udp'],
  ['accept', 'ws.accept(workerData, null, null)', 'listener'],
  ['select', 'ws.select(0, only(workerData), null, null, null)', 'udp'],
  ['send', 'ws.send(workerData, new Uint8Array(64 << 20), 64 << 20, 0)', 'client'],
];

const blocked = (call: string, socket: string): string => `
  const ws = start();
  const { listener, client, server } = pair(ws);
  const udp = bound(ws, 2).s;
  const worker = inThread(${JSON.stringify(`parentPort.postMessage('blocking'); ${call};`)}, ${socket});
  await next(worker);
  await pause(100);`;

/** What a process must still be able to do. */
const well = `
  const { client: one, server: two } = pair(ws);
  console.log(ws.send(one, Buffer.from('well'), 4, 0), ws.recv(two, Buffer.alloc(9), 9, 0));`;

/** A listener in a process that is stopped, its queue full: a connect to it waits. */
const silentListener = `
  import { spawn } from 'node:child_process';
  const child = spawn(process.execPath, ['-e', \`const server = require('net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));\`],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const silent = sockaddr_in.from('127.0.0.1', Number(await new Promise((resolve) => child.stdout.once('data', resolve))));
  child.kill('SIGSTOP');
  const ws = start();
  for (let i = 0; i < 8; i++) { const s = ws.socket(2, 1, 6); nonblocking(ws, s); ws.connect(s, silent, 16); }
  await pause(100);`;

describe('net: a thread that blocks', () => {
  it.each(calls)('in %s ends at once by terminate(), and the process is well', async (_, call, socket) => {
    const { lines, status } = await program(
      `${blocked(call, socket)}
      const began = performance.now();
      await worker.terminate();
      const took = performance.now() - began;
      console.log(took < ${SOON} ? 'in time' : took);
      console.log(ws.closesocket(${socket}));${well}
      process.exit(3);`,
      { WINSOCK_EXIT_WAIT: '0' },
    );
    expect(lines).toEqual(['in time', '0', '4 4']);
    expect(status).toBe(3);
  });

  it.each(calls)('in %s does not hold process.exit()', async (_, call, socket) => {
    const { lines, status, at } = await program(
      `${blocked(call, socket)}
      console.log(Date.now());
      process.exit(7);`,
      { WINSOCK_EXIT_WAIT: '0' },
    );
    expect(at - Number(lines[0])).toBeLessThan(SOON);
    expect(status).toBe(7);
  });

  it.skipIf(process.platform === 'win32')(
    'in connect ends at once by terminate() (needs a process that can be stopped)',
    async () => {
      const { lines, status } = await program(`${silentListener}
        const s = ws.socket(2, 1, 6);
        const worker = inThread("parentPort.postMessage('blocking'); ws.connect(workerData[0], workerData[1], 16); parentPort.postMessage('returned');", [s, silent]);
        await next(worker);
        let returned = false;
        worker.once('message', () => { returned = true; });
        await pause(100);
        const began = performance.now();
        await worker.terminate();
        console.log(returned, performance.now() - began < ${SOON} ? 'in time' : 'late');
        console.log(ws.closesocket(s));${well}
        child.kill('SIGKILL');
        process.exit(0);`);
      expect(lines).toEqual(['false in time', '0', '4 4']);
      expect(status).toBe(0);
    },
  );

  it.each(calls)('for ever in %s ends with closesocket of another thread', async (_, call, socket) => {
    const { lines } = await program(
      `${blocked(`parentPort.postMessage(${call})`, socket)}
      const ended = next(worker);
      ws.closesocket(${socket});
      console.log(typeof (await ended));
      process.exit(0);`,
      { WINSOCK_EXIT_WAIT: '0' },
    );
    expect(lines).toEqual(['number']);
  });

  it('threads that come to the binding before the main one share the same sockets', async () => {
    const { lines } = await program(`
      const first = inThread(\`const s = ws.socket(2, 2, 17);
        const name = new Uint8Array(16); name.set([2, 0, 0, 0, 127, 0, 0, 1]);
        ws.bind(s, name, 16);
        ws.getsockname(s, name, Int32Array.of(16));
        parentPort.postMessage([s, name]);
        parentPort.once('message', () => process.exit());\`);
      const [s, name] = await next(first);
      const second = inThread(\`parentPort.postMessage(ws.getsockname(workerData, new Uint8Array(16), Int32Array.of(16)));
        process.exit();\`, s);
      console.log(await next(second));
      const ws = start();
      console.log(ws.sendto(ws.socket(2, 2, 17), new Uint8Array(3), 3, 0, name, 16));
      console.log(ws.recv(s, new Uint8Array(9), 9, 0));
      process.exit(0);`);
    expect(lines).toEqual(['0', '3', '3']);
  });
});
