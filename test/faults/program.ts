import { spawn } from 'node:child_process';

// What fails for a whole process is tested in a process of its own.
const library = (path: string): string => new URL(`../../lib/${path}`, import.meta.url).href;

/** start(): the binding in this thread. bound(), pair(): sockets. inThread(): a worker whose body has `ws`. */
const beginning = `
  import { Worker } from 'node:worker_threads';
  import { arenaOfThread } from '${library('bindings/net/thread.js')}';
  import { ring } from '${library('bindings/net/arena/events.js')}';
  import * as L from '${library('bindings/net/arena/layout.js')}';
  import { loadBinding, sockaddr_in, WSADATA } from '${library('index.js')}';
  const start = () => { const ws = loadBinding('net'); ws.WSAStartup(0x0202, new WSADATA()); return ws; };
  const bound = (ws, type) => {
    const s = ws.socket(2, type, 0);
    const name = sockaddr_in.from('127.0.0.1', 0);
    ws.bind(s, name, 16);
    ws.getsockname(s, name, Int32Array.of(16));
    return { s, name };
  };
  const pair = (ws) => {
    const { s, name } = bound(ws, 1);
    ws.listen(s, 5);
    const client = ws.socket(2, 1, 6);
    ws.connect(client, name, 16);
    return { listener: s, name, client, server: ws.accept(s, null, null) };
  };
  const nonblocking = (ws, s) => ws.ioctlsocket(s, 0x8004667e, Uint32Array.of(1));
  /** A host that gets a request which it cannot parse stands for one with any other defect. */
  const breakHost = () => {
    const { control } = arenaOfThread();
    control[L.MAILBOXES + L.M_LENGTH] = 1;
    Atomics.store(control, L.MAILBOXES + L.M_STATE, L.MAILBOX_POSTED);
    ring(arenaOfThread());
  };
  const next = (worker) => new Promise((resolve) => worker.once('message', resolve));
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const inThread = (body, workerData) => new Worker(\`
    const { parentPort, workerData } = require('node:worker_threads');
    const only = (s) => { const set = new Uint8Array(16); new DataView(set.buffer).setUint32(0, 1, true);
      new DataView(set.buffer).setUint32(8, s, true); return set; };
    import('${library('bindings/index.js')}').then(async ({ loadBinding }) => {
      const ws = loadBinding('net');
      ws.WSAStartup(0x0202, new Uint8Array(408));
      \${body}
    });\`, { eval: true, workerData, execArgv: [] });`;

export interface Ended {
  readonly lines: string[];
  readonly stderr: string;
  readonly status: number | null;
  /** When it ended, by the clock that Date.now() shows. */
  readonly at: number;
}

/** Runs a program that begins as above; a program that does not end within the limit is killed, with status null. */
export function program(body: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `${beginning}\n${body}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (data: string) => {
      text[name] += data;
    });
  }
  let at = 0;
  child.once('exit', () => {
    at = Date.now();
  });
  return new Promise((resolve, reject) =>
    child.once('close', (status) => {
      clearTimeout(limit);
      if (text.stdout === '' && text.stderr.includes('SyntaxError')) reject(new Error(text.stderr));
      const lines = text.stdout.trim().split(/\r?\n/);
      resolve({ lines, stderr: text.stderr, status, at });
    }),
  );
}
