import { describe, expect, it } from 'vitest';
import { program } from './program.js';

const DOWN = 10050;

/** Calls that block for ever on what workerData names, each written for a worker thread. */
const blocking: [name: string, call: string][] = [
  ['recv', 'ws.recv(workerData.udp, new Uint8Array(1), 1, 0)'],
  ['accept', 'ws.accept(workerData.listener, null, null)'],
  ['select', 'ws.select(0, only(workerData.udp), null, null, null)'],
  ['selectAsync', 'await ws.selectAsync(0, only(workerData.udp), null, null, null)'],
  ['send', 'ws.send(workerData.client, new Uint8Array(64 << 20), 64 << 20, 0)'],
];

const blocked = (call: string): string => `
  parentPort.postMessage('blocking');
  const result = ${call};
  parentPort.postMessage([result, ws.WSAGetLastError()]);`;

describe('net: a host that is gone', () => {
  it.each(blocking)('is WSAENETDOWN for a thread in %s, and for every later call', async (name, call) => {
    const { lines, status, stderr } = await program(`
      const ws = start();
      const { listener, client } = pair(ws);
      const { s: udp, name } = bound(ws, 2);
      const worker = inThread(${JSON.stringify(blocked(call))}, { udp, listener, client });
      await next(worker);
      const answer = next(worker);
      await pause(50);
      breakHost();
      console.log(String(await answer));
      const all = [() => ws.socket(2, 1, 6), () => ws.send(client, new Uint8Array(1), 1, 0),
        () => ws.closesocket(client), () => ws.bind(listener, name, 16), () => ws.connect(listener, name, 16),
        () => ws.listen(listener, 1), () => ws.accept(listener, null, null), () => ws.shutdown(client, 2),
        () => ws.recv(udp, new Uint8Array(1), 1, 0), () => ws.sendto(udp, new Uint8Array(1), 1, 0, name, 16)];
      console.log(all.every((call) => call() === -1 && ws.WSAGetLastError() === ${DOWN}));
      process.exit(0);`);
    // What a blocking send has queued before counts, as it does when a connection breaks under it.
    if (name === 'send') expect(lines[0]).toMatch(/^(-1,10050|\d+,0)$/);
    else expect(lines[0]).toBe(`-1,${DOWN}`);
    expect(lines[1]).toBe('true');
    expect(stderr).toContain("the net binding's host failed");
    expect(status).toBe(0);
  });

  const founder = `
    const first = inThread(\`const s = ws.socket(2, 2, 17);
      const name = new Uint8Array(16); name.set([2, 0, 0, 0, 127, 0, 0, 1]);
      ws.bind(s, name, 16);
      parentPort.postMessage(s);
      parentPort.once('message', () => {});\`);
    const s = await next(first);
    const second = inThread(\`
      parentPort.postMessage('blocking');
      const result = ws.recv(workerData, new Uint8Array(1), 1, 0);
      parentPort.postMessage([result, ws.WSAGetLastError()]);\`, s);
    await next(second);
    const answer = next(second);
    await pause(50);`;

  it('because the worker that started it ends: WSAENETDOWN for the others, and who comes later has a new one', async () => {
    const { lines } = await program(`${founder}
      const began = performance.now();
      first.postMessage('end');
      console.log(String(await answer), performance.now() - began < 1000);
      const ws = start();
      const { client, server } = pair(ws);
      console.log(ws.send(client, Buffer.from('anew'), 4, 0), ws.recv(server, Buffer.alloc(4), 4, 0));
      process.exit(0);`);
    expect(lines).toEqual([`-1,${DOWN} true`, '4 4']);
  });

  it('because the worker that started it is terminated: WSAENETDOWN for the others', async () => {
    const { lines } = await program(`${founder}
      await first.terminate();
      console.log(String(await answer));
      process.exit(0);`);
    expect(lines).toEqual([`-1,${DOWN}`]);
  });

  const polls = [
    'ws.recv(workerData, new Uint8Array(1), 1, 0)',
    'ws.select(0, only(workerData), null, null, new Int32Array(2))',
    'await ws.selectAsync(0, only(workerData), null, null, null)',
  ];
  it.each(polls)('and for who polls: %s', async (poll) => {
    const { lines } = await program(`
      const first = inThread(\`const s = ws.socket(2, 2, 17);
        const name = new Uint8Array(16); name.set([2, 0, 0, 0, 127, 0, 0, 1]);
        ws.bind(s, name, 16);
        ws.ioctlsocket(s, 0x8004667e, Uint32Array.of(1));
        parentPort.postMessage(s);
        parentPort.once('message', () => {});\`);
      const s = await next(first);
      const second = inThread(${JSON.stringify(`
        parentPort.postMessage('polling');
        const until = performance.now() + 20000;
        for (let result = 0; performance.now() < until; await new Promise((done) => setTimeout(done, 50))) {
          result = ${poll};
          if (result === -1 && ws.WSAGetLastError() === ${DOWN}) break;
        }
        parentPort.postMessage(ws.WSAGetLastError());`)}, s);
      await next(second);
      const answer = next(second);
      await first.terminate();
      console.log(await answer);
      process.exit(0);`);
    expect(lines).toEqual([`${DOWN}`]);
  });
});
