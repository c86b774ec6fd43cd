import { expect } from 'vitest';
import {
  AF_INET,
  AF_UNSPEC,
  INVALID_SOCKET,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SO_TYPE,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  WSAEAFNOSUPPORT,
  WSAEINVAL,
  WSAEPROTONOSUPPORT,
  WSAESOCKTNOSUPPORT,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { close, expectError, lastError, MARKER, track } from '../support/sockets.js';

const UNKNOWN = 0xdead;

forEachBinding((ws) => {
  const refused: [id: string, title: string, af: number, type: number, protocol: number, code: number][] = [
    ['SOC-02', 'an unknown type', AF_INET, UNKNOWN, IPPROTO_TCP, WSAESOCKTNOSUPPORT],
    ['SOC-02', 'type -1', AF_INET, -1, IPPROTO_TCP, WSAESOCKTNOSUPPORT],
    ['SOC-03', 'an unknown protocol', AF_INET, SOCK_STREAM, UNKNOWN, WSAEPROTONOSUPPORT],
    ['SOC-03', 'protocol -1', AF_INET, SOCK_STREAM, -1, WSAEPROTONOSUPPORT],
    ['SOC-04', 'type before family', UNKNOWN, UNKNOWN, IPPROTO_TCP, WSAESOCKTNOSUPPORT],
    ['SOC-05', 'family before protocol', UNKNOWN, SOCK_STREAM, UNKNOWN, WSAEAFNOSUPPORT],
    ['SOC-06', 'type before protocol', AF_INET, UNKNOWN, UNKNOWN, WSAESOCKTNOSUPPORT],
    ['SOC-11', 'type 0 with an unknown protocol', AF_INET, 0, UNKNOWN, WSAEPROTONOSUPPORT],
    ['SOC-13', 'a stream over UDP', AF_INET, SOCK_STREAM, IPPROTO_UDP, WSAEPROTONOSUPPORT],
    ['SOC-13', 'datagrams over TCP', AF_INET, SOCK_DGRAM, IPPROTO_TCP, WSAEPROTONOSUPPORT],
    ['SOC-17', 'no family, an unknown type, UDP', AF_UNSPEC, UNKNOWN, IPPROTO_UDP, WSAESOCKTNOSUPPORT],
    ['SOC-18', 'no family and no protocol, stream', AF_UNSPEC, SOCK_STREAM, 0, WSAEINVAL],
    ['SOC-18', 'no family and no protocol, datagrams', AF_UNSPEC, SOCK_DGRAM, 0, WSAEINVAL],
    ['SOC-18', 'no family, no type, no protocol', AF_UNSPEC, 0, 0, WSAEINVAL],
    ['SOC-18', 'no family, an unknown type, no protocol', AF_UNSPEC, UNKNOWN, 0, WSAEINVAL],
  ];
  for (const [id, title, af, type, protocol, code] of refused) {
    fact(ws, id, `socket: ${title} is ${code}`, (wine) => {
      expectError(ws, () => ws.socket(af, type, protocol), wine ? WSAEPROTONOSUPPORT : code);
    });
  }

  rule(ws, 'an unknown family is WSAEAFNOSUPPORT', () => {
    expectError(ws, () => ws.socket(UNKNOWN, SOCK_STREAM, IPPROTO_TCP), WSAEAFNOSUPPORT);
  });

  const made: [title: string, af: number, type: number, protocol: number, is: number][] = [
    ['TCP by type and protocol', AF_INET, SOCK_STREAM, IPPROTO_TCP, SOCK_STREAM],
    ['TCP by type', AF_INET, SOCK_STREAM, 0, SOCK_STREAM],
    ['TCP by protocol', AF_INET, 0, IPPROTO_TCP, SOCK_STREAM],
    ['TCP by family alone', AF_INET, 0, 0, SOCK_STREAM],
    ['UDP by type and protocol', AF_INET, SOCK_DGRAM, IPPROTO_UDP, SOCK_DGRAM],
    ['UDP by type', AF_INET, SOCK_DGRAM, 0, SOCK_DGRAM],
    ['UDP by protocol', AF_INET, 0, IPPROTO_UDP, SOCK_DGRAM],
  ];
  for (const [title, af, type, protocol, is] of made) {
    rule(ws, `socket: ${title}`, () => {
      const s = track(ws, ws.socket(af, type, protocol));
      expect(s).toBeGreaterThan(0);
      const value = Int32Array.of(0);
      expect(ws.getsockopt(s, SOL_SOCKET, SO_TYPE, value, Int32Array.of(4))).toBe(0);
      expect(value[0]).toBe(is);
    });
  }

  fact(ws, 'SOC-15', 'no family and no type with UDP is a UDP socket', () => {
    const s = track(ws, ws.socket(AF_UNSPEC, 0, IPPROTO_UDP));
    expect(s).not.toBe(INVALID_SOCKET);
    const value = Int32Array.of(0);
    expect(ws.getsockopt(s, SOL_SOCKET, SO_TYPE, value, Int32Array.of(4))).toBe(0);
    expect(value[0]).toBe(SOCK_DGRAM);
  });

  fact(ws, 'SOC-19', 'a socket made sets the last error to 0', () => {
    ws.WSASetLastError(MARKER);
    const s = track(ws, ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
    expect({ made: s > 0, error: lastError(ws) }).toEqual({ made: true, error: 0 });
  });

  rule(ws, 'handles are integers, never 0, and differ while open', () => {
    const sockets = Array.from({ length: 200 }, () => track(ws, ws.socket(AF_INET, SOCK_STREAM, 0)));
    expect(sockets.every((s) => Number.isSafeInteger(s) && s > 0)).toBe(true);
    expect(new Set(sockets).size).toBe(200);
  });

  rule(ws, 'a thousand sockets made and closed one after the other', () => {
    for (let i = 0; i < 1000; i++) {
      const s = track(ws, ws.socket(AF_INET, SOCK_STREAM, 0));
      expect(s).not.toBe(INVALID_SOCKET);
      close(ws, s);
    }
  });
});
