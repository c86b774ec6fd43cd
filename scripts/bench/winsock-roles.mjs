// The roles of a measurement on Winsock, written as a C program would be: blocking calls, one after the other.
export * from './message-roles.mjs';

import { loadBinding, sockaddr_in, WSADATA } from '../../lib/index.js';

const SD_SEND = 1;
const LOOPBACK = 0x0100007f;

export function start(binding) {
  const ws = loadBinding(binding);
  ws.WSAStartup(0x0202, new WSADATA());
  return ws;
}

export function address(ws, port) {
  const name = new sockaddr_in();
  name.sin_family = 2;
  name.sin_port = ws.htons(port);
  name.sin_addr = LOOPBACK;
  return name;
}

export function must(ws, what, result) {
  if (result === -1) throw new Error(`${what} failed with ${ws.WSAGetLastError()}`);
  return result;
}

export function listen(ws, tell) {
  const listener = ws.socket(2, 1, 6);
  must(ws, 'bind', ws.bind(listener, address(ws, 0), 16));
  must(ws, 'listen', ws.listen(listener, 0x7fffffff));
  const name = new sockaddr_in();
  ws.getsockname(listener, name, Int32Array.of(16));
  tell({ port: ws.ntohs(name.sin_port) });
  return listener;
}

function connect(ws, port) {
  const s = ws.socket(2, 1, 6);
  must(ws, 'connect', ws.connect(s, address(ws, port), 16));
  return s;
}

export function echoServer({ binding, tell }) {
  const ws = start(binding);
  const s = ws.accept(listen(ws, tell), null, null);
  const buffer = Buffer.alloc(4096);
  for (let count = ws.recv(s, buffer, 4096, 0); count > 0; count = ws.recv(s, buffer, 4096, 0)) {
    ws.send(s, buffer, count, 0);
  }
  ws.closesocket(s);
}

export function echoClient({ binding, port, turns, tell }) {
  const ws = start(binding);
  const s = connect(ws, port);
  const byte = Buffer.from('x');
  const turn = () => {
    ws.send(s, byte, 1, 0);
    ws.recv(s, byte, 1, 0);
  };
  for (let i = 0; i < turns >> 3; i++) turn();
  const began = performance.now();
  for (let i = 0; i < turns; i++) turn();
  tell({ microseconds: ((performance.now() - began) * 1000) / turns });
  ws.closesocket(s);
}

export function sink({ binding, tell }) {
  const ws = start(binding);
  const s = ws.accept(listen(ws, tell), null, null);
  const buffer = Buffer.alloc(65_536);
  while (ws.recv(s, buffer, buffer.length, 0) > 0);
  ws.closesocket(s);
}

export function source({ binding, port, blocks, tell }) {
  const ws = start(binding);
  const block = Buffer.alloc(65_536, 'x');
  const s = connect(ws, port);
  const began = performance.now();
  for (let i = 0; i < blocks; i++) must(ws, 'send', ws.send(s, block, block.length, 0));
  ws.shutdown(s, SD_SEND);
  ws.recv(s, block, 1, 0);
  tell({ perSecond: (blocks * block.length) / ((performance.now() - began) / 1000) });
  ws.closesocket(s);
}

export function acceptor({ binding, count, tell }) {
  const ws = start(binding);
  const listener = listen(ws, tell);
  const buffer = Buffer.alloc(65_536);
  for (let i = 0; i < count; i++) {
    const s = ws.accept(listener, null, null);
    while (ws.recv(s, buffer, buffer.length, 0) > 0);
    ws.closesocket(s);
  }
}
