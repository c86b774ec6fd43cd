import { expect } from 'vitest';
import type { SOCKET, Winsock } from '../../src/ws2_32/index.js';
import { forEachBinding, rule } from '../support/bindings.js';
import {
  accepted,
  boundUdp,
  connected,
  listener,
  nameOf,
  nonBlocking,
  portOf,
  recvText,
  sendText,
  tcpPair,
  udpSocket,
} from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';
import { inProcess } from './fidelity/check.js';

interface Ending {
  /** The socket that the thread blocks on, and one to speak to it with. */
  readonly prepare: (ws: Winsock) => { s: SOCKET; peer: SOCKET };
  /** Self-contained: it runs in the thread. */
  readonly call: (ws: Winsock, s: SOCKET) => unknown;
  readonly works: (ws: Winsock, s: SOCKET, peer: SOCKET) => void;
}

const pair = (ws: Winsock) => {
  const { client, server } = tcpPair(ws);
  return { s: server, peer: client };
};

const receives = (ws: Winsock, s: SOCKET, peer: SOCKET) => {
  sendText(ws, peer, 'after');
  expect(recvText(ws, s)).toBe('after');
};

const listening = (ws: Winsock) => ({ s: listener(ws).s, peer: -1 });

const accepts = (ws: Winsock, s: SOCKET) => {
  const port = portOf(nameOf(ws, s));
  connected(ws, port);
  expect(portOf(nameOf(ws, accepted(ws, s)))).toBe(port);
};

const udp = (ws: Winsock) => ({ s: boundUdp(ws).s, peer: udpSocket(ws) });

const receivesDatagram = (ws: Winsock, s: SOCKET, peer: SOCKET) => {
  expect(ws.sendto(peer, Uint8Array.of(1, 2, 3), 3, 0, nameOf(ws, s), 16)).toBe(3);
  expect(ws.recv(s, new Uint8Array(8), 8, 0)).toBe(3);
};

const endings: Record<string, Ending> = {
  recv: { prepare: pair, call: (ws, s) => ws.recv(s, new Uint8Array(8), 8, 0), works: receives },
  WSARecv: {
    prepare: pair,
    call: (ws, s) => {
      const list = [{ len: 8, buf: new Uint8Array(8) }];
      return ws.WSARecv(s, list, 1, new Uint32Array(1), new Uint32Array(1), null, null);
    },
    works: receives,
  },
  recvfrom: {
    prepare: udp,
    call: (ws, s) => ws.recvfrom(s, new Uint8Array(8), 8, 0, null, null),
    works: receivesDatagram,
  },
  select: {
    prepare: pair,
    call: (ws, s) => {
      const read = BigInt64Array.of(1n, BigInt(s));
      return ws.select(0, read, null, null, null);
    },
    works: receives,
  },
  accept: { prepare: listening, call: (ws, s) => ws.accept(s, null, null), works: accepts },
  WSAAccept: { prepare: listening, call: (ws, s) => ws.WSAAccept(s, null, null, null, 0), works: accepts },
};

/** What the peer does not read fills the way there. */
const sendsForEver = (ws: Winsock, s: SOCKET) => {
  for (const block = new Uint8Array(1 << 20); ws.send(s, block, block.length, 0) > 0; );
};

/** The source of a thread that loads the binding, says so and blocks in `call`. */
function blocked(ws: Winsock, call: string): string {
  const bindings = new URL('../../lib/bindings/index.js', import.meta.url).href;
  return JSON.stringify(`
    import('${bindings}').then(({ loadBinding }) => {
      const ws = loadBinding('${ws.name}');
      ws.WSAStartup(0x0202, new Uint8Array(408));
      const s = ${call.startsWith('ws.accept') ? 'ws.socket(2, 1, 6)' : 'ws.socket(2, 2, 17)'};
      ws.bind(s, Uint8Array.of(2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0), 16);
      ws.listen(s, 5);
      require('node:worker_threads').parentPort.postMessage('ready');
      ${call};
    });`);
}

forEachBinding((ws) => {
  rule(ws, 'a thread that has only just begun to wait in accept can be terminated', async () => {
    const { s, peer } = endings.accept.prepare(ws);
    for (const ms of [0, 20, 50, 80]) {
      const thread = inThread(ws, endings.accept.call, s);
      await thread.started;
      await new Promise((resolve) => setTimeout(resolve, ms));
      await thread.worker.terminate();
      await expect(thread.result).rejects.toThrow('without a result');
    }
    endings.accept.works(ws, s, peer);
  });

  for (const [name, { prepare, call, works }] of Object.entries(endings)) {
    rule(ws, `a thread that waits in ${name} can be terminated, and its socket goes on`, async () => {
      const { s, peer } = prepare(ws);
      const thread = inThread(ws, call, s);
      await thread.started;
      await letBlock();
      const begin = performance.now();
      await thread.worker.terminate();
      // A call that is not ended takes for ever; how long it takes is for the benchmark to say.
      expect(performance.now() - begin).toBeLessThan(10_000);
      await expect(thread.result).rejects.toThrow('without a result');
      works(ws, s, peer);
    });
  }

  const send = async (onWine: boolean) => {
    const { client, server } = tcpPair(ws);
    const thread = inThread(ws, sendsForEver, server);
    await thread.started;
    await letBlock();
    const ended = thread.worker.terminate().then(() => 'ended');
    expect(await Promise.race([ended, letBlock(2000).then(() => 'blocked')])).toBe(
      onWine ? 'blocked' : 'ended',
    );
    nonBlocking(ws, client);
    const rest = new Uint8Array(1 << 20);
    let over = false;
    void ended.then(() => {
      over = true;
    });
    while (!over) {
      ws.recv(client, rest, rest.length, 0);
      await letBlock(1);
    }
    expect(ws.shutdown(server, 0)).toBe(0);
  };
  rule(ws, 'a thread that waits in send can be terminated', send, 'ending a thread in send');

  rule(ws, 'a thread that computes for long between its calls is not interrupted in them', async () => {
    const { client, server } = tcpPair(ws);
    const thread = inThread(
      ws,
      (ws, s) => {
        const got: number[] = [];
        for (let i = 0; i < 3; i++) {
          got.push(ws.recv(s, new Uint8Array(1), 1, 0));
          for (const until = performance.now() + 450; performance.now() < until; );
        }
        return got;
      },
      server,
    );
    await thread.started;
    for (let i = 0; i < 3; i++) {
      await letBlock(1000);
      sendText(ws, client, 'x');
    }
    expect((await thread.result).value).toEqual([1, 1, 1]);
  });

  rule(ws, 'process.exit() ends the process while threads wait in recv and accept', () => {
    const sources = ['ws.recv(s, new Uint8Array(1), 1, 0)', 'ws.accept(s, null, null)'];
    const printed = inProcess(
      ws,
      `const { Worker } = await import('node:worker_threads');
      for (const source of [${sources.map((call) => blocked(ws, call)).join(', ')}]) {
        const worker = new Worker(source, { eval: true, execArgv: [] });
        await new Promise((resolve) => worker.once('message', resolve));
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      process.on('exit', () => console.log('exit'));
      process.exit(0);`,
    );
    expect(printed).toBe('exit');
  });
});
