// The program `winsock serve` beside the same server on plain net: connections a second, bytes a second.
import { spawn } from 'node:child_process';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';

export const title = 'winsock serve beside the same server on plain net (median of 3)';

const ROUNDS = 3;
const CONNECTIONS = 2_000;
const PARALLEL = 16;
const MEGABYTES = 100;
const cli = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));
const plain = fileURLToPath(new URL('plain-server.mjs', import.meta.url));

const servers = [
  { name: 'plain net', command: [plain] },
  ...['faithful', 'concurrent', 'pool'].map((mode) => ({
    name: `serve --mode ${mode}`,
    command: [cli, 'serve', '--host', '127.0.0.1', '--port', '0', '--binding', 'net', '--mode', mode],
  })),
];

/** Starts a server and waits for the port in what it prints first. */
async function start(command) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      if (text === undefined) return;
      text += data;
      const found = /(?:port|:)\s*(\d{4,5})\b/i.exec(text);
      if (!found) return;
      text = undefined;
      resolve(Number(found[1]));
    });
    child.once('exit', () => reject(new Error(`the server ended: ${text}`)));
  });
  return { child, port };
}

function once(port, block, blocks) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', pump);
    let left = blocks;
    function pump() {
      while (left > 0) {
        left--;
        if (!socket.write(block)) return void socket.once('drain', pump);
      }
      socket.end();
    }
    socket.resume();
    socket.on('error', reject);
    socket.on('close', resolve);
  });
}

async function connectionsPerSecond(port) {
  const line = Buffer.from('a line of text\r\n');
  const began = performance.now();
  let left = CONNECTIONS;
  const client = async () => {
    while (left-- > 0) await once(port, line, 1);
  };
  await Promise.all(Array.from({ length: PARALLEL }, client));
  return CONNECTIONS / ((performance.now() - began) / 1000);
}

async function megabytesPerSecond(port) {
  const began = performance.now();
  await once(port, Buffer.alloc(65_536, 'x'), MEGABYTES * 16);
  return MEGABYTES / ((performance.now() - began) / 1000);
}

async function measureServer({ command }) {
  const { child, port } = await start(command);
  const connections = await connectionsPerSecond(port);
  const megabytes = await megabytesPerSecond(port);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  return { connections, megabytes };
}

export async function run() {
  const results = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, server] of servers.entries()) results[i].push(await measureServer(server));
  }
  const rows = servers.map(({ name }, i) => [name, ...both(results[i], results[0])]);
  return { columns: ['server', 'connections/s', 'to net', 'MB/s', 'to net'], rows };
}

function both(measured, beside) {
  return ['connections', 'megabytes'].flatMap((key) => [
    median(measured.map((m) => m[key])).toFixed(0),
    `${median(measured.map((m, i) => m[key] / beside[i][key])).toFixed(2)} x`,
  ]);
}
