import { expect } from 'vitest';
import {
  CF_ACCEPT,
  CF_DEFER,
  CF_REJECT,
  INVALID_SOCKET,
  WSAECONNREFUSED,
  WSAEFAULT,
  WSAENOTSOCK,
  WSATRY_AGAIN,
} from '../../src/ws2_32/index.js';
import type { ConditionProc, WSABUF } from '../../src/ws2_32/types.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import {
  accepted,
  closedSocket,
  connected,
  expectError,
  lastError,
  listener,
  nameOf,
  recvText,
  sendText,
  track,
} from '../support/sockets.js';

const refused = INVALID_SOCKET;

forEachBinding((ws) => {
  function waiting() {
    const { s, port } = listener(ws);
    return { s, client: connected(ws, port) };
  }

  rule(ws, 'the condition function is told who calls and whom, and the number it was given', () => {
    const { s, client } = waiting();
    const seen: unknown[] = [];
    const names: (WSABUF | null)[] = [];
    const condition: ConditionProc = (caller, callerData, sqos, gqos, callee, calleeData, _g, data) => {
      names.push(caller, callee);
      seen.push(callerData, sqos, gqos, calleeData, data);
      return CF_ACCEPT;
    };
    const server = track(ws, ws.WSAAccept(s, null, null, condition, 4711));
    expect(server).toBeGreaterThan(0);
    expect(seen).toEqual([null, null, null, null, 4711]);
    const bytes = names.map((name) => [...((name as WSABUF).buf as Uint8Array).subarray(0, 8)]);
    expect(bytes[0]).toEqual([...nameOf(ws, client).subarray(0, 8)]);
    expect(bytes[1]).toEqual([...nameOf(ws, server).subarray(0, 8)]);
  });

  rule(ws, 'an accepted connection tells its address, and nothing behind it is written', () => {
    const { s, client } = waiting();
    const { view, intact } = guarded(16, 0xcc);
    const length = Int32Array.of(16);
    const server = track(
      ws,
      ws.WSAAccept(s, view, length, () => CF_ACCEPT, 0),
    );
    expect([server > 0, [...view], length[0]]).toEqual([true, [...nameOf(ws, client)], 16]);
    intact();
  });

  rule(ws, 'CF_REJECT is WSAECONNREFUSED, and the client finds its connection gone', () => {
    const { s, client } = waiting();
    expectError(ws, () => ws.WSAAccept(s, null, null, () => CF_REJECT, 0), WSAECONNREFUSED);
    const result = ws.recv(client, new Uint8Array(1), 1, 0);
    expect(result).toBeLessThanOrEqual(0);
  });

  rule(ws, 'CF_DEFER is WSATRY_AGAIN, and the function is asked again', () => {
    const { s, client } = waiting();
    const answers = [CF_DEFER, CF_DEFER, CF_ACCEPT];
    const ask = () => answers.shift()!;
    for (let i = 0; i < 2; i++) expectError(ws, () => ws.WSAAccept(s, null, null, ask, 0), WSATRY_AGAIN);
    const server = track(ws, ws.WSAAccept(s, null, null, ask, 0));
    sendText(ws, client, 'third time');
    expect(recvText(ws, server)).toBe('third time');
  });

  rule(ws, 'what the function throws is thrown by WSAAccept, and the connection waits on', () => {
    const { s, client } = waiting();
    const failure = new Error('cannot decide');
    const throwing = () => {
      throw failure;
    };
    expect(() => ws.WSAAccept(s, null, null, throwing, 0)).toThrow(failure);
    const server = accepted(ws, s);
    sendText(ws, client, 'still here');
    expect(recvText(ws, server)).toBe('still here');
  });

  rule(ws, 'the function may call Winsock, and take away the memory of the address', () => {
    const { s, client } = waiting();
    const name = new Uint8Array(new ArrayBuffer(1024), 0, 16);
    const condition = () => {
      expect(ws.closesocket(closedSocket(ws))).toBe(-1);
      expect(ws.WSAGetLastError()).toBe(WSAENOTSOCK);
      structuredClone(name.buffer, { transfer: [name.buffer] });
      return CF_ACCEPT;
    };
    const server = track(ws, ws.WSAAccept(s, name, Int32Array.of(16), condition, 0));
    expect([server > 0, name.length]).toEqual([true, 0]);
    expect(client).toBeGreaterThan(0);
  });

  rule(ws, 'the checks come before the function: it is not asked', () => {
    const never = () => {
      throw new Error('asked');
    };
    const { s } = waiting();
    expect(ws.WSAAccept(closedSocket(ws), null, null, never, 0)).toBe(refused);
    expect(lastError(ws)).toBe(WSAENOTSOCK);
    expectError(ws, () => ws.WSAAccept(s, new Uint8Array(8), Int32Array.of(16), never, 0), WSAEFAULT);
  });
});
