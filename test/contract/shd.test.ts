import { expect } from 'vitest';
import {
  SD_BOTH,
  SD_RECEIVE,
  SD_SEND,
  type SOCKET,
  WSAEINVAL,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAESHUTDOWN,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import {
  address,
  boundUdp,
  closedSocket,
  expectError,
  expectSuccess,
  listener,
  nameOf,
  nonBlocking,
  recvAll,
  recvText,
  selectAll,
  sendText,
  tcpPair,
  tcpSocket,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';

forEachBinding((ws) => {
  const send = (s: SOCKET) => ws.send(s, Buffer.from('test'), 4, 0);
  const recv = (s: SOCKET) => ws.recv(s, Buffer.alloc(16), 16, 0);

  rule(ws, 'shutdown of what is no socket is WSAENOTSOCK', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.shutdown(s, SD_BOTH), WSAENOTSOCK);
    }
  });

  rule(ws, 'shutdown of a TCP socket that is not connected is WSAENOTCONN', () => {
    const s = tcpSocket(ws);
    for (const how of [SD_SEND, SD_RECEIVE, SD_BOTH]) expectError(ws, () => ws.shutdown(s, how), WSAENOTCONN);
  });

  fact(ws, 'SHD-02', 'shutdown of a listening socket is WSAENOTCONN', () => {
    const { s } = listener(ws);
    expectError(ws, () => ws.shutdown(s, SD_SEND), WSAENOTCONN);
    expectError(ws, () => ws.shutdown(s, SD_RECEIVE), WSAENOTCONN);
  });

  fact(ws, 'SHD-03', 'an unknown direction is WSAEINVAL', () => {
    const { client } = tcpPair(ws);
    expectError(ws, () => ws.shutdown(client, 0xdeadbeef), WSAEINVAL);
    expectError(ws, () => ws.shutdown(client, 3), WSAEINVAL);
    expectError(ws, () => ws.shutdown(client, -1), WSAEINVAL);
  });

  rule(ws, 'SD_SEND twice succeeds twice', () => {
    const { client } = tcpPair(ws);
    expectSuccess(ws, () => ws.shutdown(client, SD_SEND));
    expectSuccess(ws, () => ws.shutdown(client, SD_SEND));
  });

  fact(ws, 'SHD-05', 'send after SD_SEND is WSAESHUTDOWN', () => {
    const { client } = tcpPair(ws);
    expectSuccess(ws, () => ws.shutdown(client, SD_SEND));
    expectError(ws, () => send(client), WSAESHUTDOWN);
  });

  fact(ws, 'SHD-06', "the peer's SD_SEND is the end of the stream, every time", () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'last');
    ws.shutdown(client, SD_SEND);
    expect(recvAll(ws, server).toString()).toBe('last');
    for (let i = 0; i < 3; i++) expectSuccess(ws, () => recv(server), 0);
  });

  rule(ws, 'half-closed one way, the other way still carries data', () => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(client, SD_SEND);
    waitReadable(ws, server);
    expect(recv(server)).toBe(0);
    sendText(ws, server, 'answer');
    expect(recvText(ws, client)).toBe('answer');
    ws.shutdown(server, SD_SEND);
    waitReadable(ws, client);
    expectSuccess(ws, () => recv(client), 0);
  });

  rule(ws, 'half-closed by the accepted side, the connecting side still sends', () => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(server, SD_SEND);
    waitReadable(ws, client);
    expect(recv(client)).toBe(0);
    sendText(ws, client, 'more');
    expect(recvText(ws, server)).toBe('more');
  });

  fact(ws, 'SHD-07', 'recv after SD_RECEIVE is WSAESHUTDOWN, every time', () => {
    const { client } = tcpPair(ws);
    nonBlocking(ws, client);
    expectSuccess(ws, () => ws.shutdown(client, SD_RECEIVE));
    for (let i = 0; i < 2; i++) expectError(ws, () => recv(client), WSAESHUTDOWN);
  });

  fact(ws, 'SHD-07', 'recv after SD_RECEIVE at the end of the stream is WSAESHUTDOWN, not 0', () => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(client, SD_SEND);
    waitReadable(ws, server);
    expect(recv(server)).toBe(0);
    expectSuccess(ws, () => ws.shutdown(server, SD_RECEIVE));
    expectError(ws, () => recv(server), WSAESHUTDOWN);
  });

  rule(ws, 'SD_RECEIVE leaves sending alone', () => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(client, SD_RECEIVE);
    sendText(ws, client, 'out');
    expect(recvText(ws, server)).toBe('out');
  });

  fact(ws, 'SHD-09', "the peer's SD_RECEIVE is not visible here", () => {
    const { client, server } = tcpPair(ws);
    ws.shutdown(client, SD_RECEIVE);
    expectSuccess(ws, () => send(server), 4);
    expect(selectAll(ws, server)).toMatchObject({ read: false, write: true, except: false });
  });

  fact(ws, 'SHD-10', 'recv and send after SD_BOTH are WSAESHUTDOWN', () => {
    const { client, server } = tcpPair(ws);
    expectSuccess(ws, () => ws.shutdown(client, SD_BOTH));
    expectError(ws, () => recv(client), WSAESHUTDOWN);
    expectError(ws, () => send(client), WSAESHUTDOWN);
    waitReadable(ws, server);
    expectSuccess(ws, () => recv(server), 0);
    expectSuccess(ws, () => ws.shutdown(server, SD_BOTH));
    expectError(ws, () => recv(server), WSAESHUTDOWN);
    expectError(ws, () => send(server), WSAESHUTDOWN);
  });

  fact(ws, 'SHD-12', 'names remain after both ends shut both directions', (wine) => {
    const { client, server } = tcpPair(ws);
    for (const s of [client, server]) {
      ws.shutdown(s, SD_SEND);
      ws.shutdown(s, SD_RECEIVE);
    }
    const peer = new Uint8Array(16);
    if (wine) return expectError(ws, () => ws.getpeername(server, peer, Int32Array.of(16)), WSAENOTCONN);
    expectSuccess(ws, () => ws.getpeername(server, peer, Int32Array.of(16)));
    expect([...peer]).toEqual([...nameOf(ws, client)]);
    expectSuccess(ws, () => ws.getpeername(client, peer, Int32Array.of(16)));
    expect([...peer]).toEqual([...nameOf(ws, server)]);
  });

  fact(ws, 'SHD-13', 'SD_RECEIVE on a UDP socket that is not connected succeeds', () => {
    const { s } = boundUdp(ws);
    nonBlocking(ws, s);
    expectSuccess(ws, () => ws.shutdown(s, SD_RECEIVE));
    expectError(ws, () => ws.recvfrom(s, Buffer.alloc(8), 8, 0, null, null), WSAESHUTDOWN);
  });

  fact(ws, 'SHD-15', 'SD_SEND twice on a UDP socket that has sent succeeds twice', () => {
    const { port } = boundUdp(ws);
    const s = udpSocket(ws);
    ws.sendto(s, Buffer.from('test'), 4, 0, address(port), 16);
    expectSuccess(ws, () => ws.shutdown(s, SD_SEND));
    expectSuccess(ws, () => ws.shutdown(s, SD_SEND));
  });

  fact(ws, 'SHD-16', 'sendto after SD_SEND is WSAESHUTDOWN', () => {
    const { port } = boundUdp(ws);
    const s = udpSocket(ws);
    ws.sendto(s, Buffer.from('test'), 4, 0, address(port), 16);
    ws.shutdown(s, SD_SEND);
    expectError(ws, () => ws.sendto(s, Buffer.from('test'), 4, 0, address(port), 16), WSAESHUTDOWN);
  });
});
