import { expect } from 'vitest';
import { functionEntry, implementedFunctions } from '../../src/ws2_32/functions.js';
import {
  AF_INET,
  INVALID_SOCKET,
  IPPROTO_TCP,
  MAKEWORD,
  SOCK_STREAM,
  SOCKET_ERROR,
  type Winsock,
  WSAEFAULT,
  WSANOTINITIALISED,
  WSAVERNOTSUPPORTED,
} from '../../src/ws2_32/index.js';
import { type AnyFunction, anyArguments } from '../support/arguments.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import { expectError, expectSuccess, lastError, MARKER } from '../support/sockets.js';
import { inThread } from '../support/threads.js';

// WSADATA has its strings last in a 64-bit process and in the middle of a 32-bit one.
const small = process.arch === 'ia32';
const length = small ? 400 : 408;
const at = small
  ? { description: 4, status: 261, maxSockets: 390, maxUdp: 392, vendor: 396, vendorSize: 4 }
  : { description: 16, status: 273, maxSockets: 4, maxUdp: 6, vendor: 8, vendorSize: 8 };

function start(ws: Winsock, version: number) {
  const data = new Uint8Array(length).fill(0xcc);
  const result = ws.WSAStartup(version, data);
  const view = new DataView(data.buffer);
  return {
    result,
    wVersion: view.getUint16(0, true),
    wHighVersion: view.getUint16(2, true),
    iMaxSockets: view.getUint16(at.maxSockets, true),
    iMaxUdpDg: view.getUint16(at.maxUdp, true),
    szDescription: text(data, at.description),
    szSystemStatus: text(data, at.status),
    vendor: [...data.subarray(at.vendor, at.vendor + at.vendorSize)],
  };
}

function text(bytes: Uint8Array, offset: number): string {
  return Buffer.from(bytes.subarray(offset, bytes.indexOf(0, offset))).toString('latin1');
}

const versions = [
  { requested: MAKEWORD(1, 0), negotiated: MAKEWORD(1, 0) },
  { requested: MAKEWORD(1, 1), negotiated: MAKEWORD(1, 1) },
  { requested: MAKEWORD(1, 2), negotiated: MAKEWORD(1, 1) },
  { requested: MAKEWORD(1, 255), negotiated: MAKEWORD(1, 1) },
];
const versions2 = [
  { requested: MAKEWORD(2, 0), negotiated: MAKEWORD(2, 0) },
  { requested: MAKEWORD(2, 1), negotiated: MAKEWORD(2, 1) },
  { requested: MAKEWORD(2, 2), negotiated: MAKEWORD(2, 2) },
  { requested: MAKEWORD(2, 3), negotiated: MAKEWORD(2, 2) },
  { requested: MAKEWORD(2, 255), negotiated: MAKEWORD(2, 2) },
];

const hex = (version: number) => `${version & 0xff}.${version >>> 8}`;

forEachBinding(
  (ws) => {
    fact(ws, 'STA-01', 'a socket before the first WSAStartup is WSANOTINITIALISED', () => {
      expectError(ws, () => ws.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), WSANOTINITIALISED);
    });

    for (const name of implementedFunctions) {
      if (!functionEntry(name).errors.includes('WSANOTINITIALISED') || functionEntry(name).asyncOf) continue;
      rule(ws, `${name} before the first WSAStartup is WSANOTINITIALISED`, () => {
        ws.WSASetLastError(MARKER);
        (ws[name as keyof Winsock] as unknown as AnyFunction)(...anyArguments(name));
        expect(lastError(ws)).toBe(WSANOTINITIALISED);
      });
    }

    fact(ws, 'STA-16', 'WSACleanup without a reference is WSANOTINITIALISED', () => {
      expectError(ws, () => ws.WSACleanup(), WSANOTINITIALISED);
    });

    fact(ws, 'STA-16', 'after a WSAStartup that failed there is no reference', () => {
      expect(start(ws, MAKEWORD(0, 1)).result).toBe(WSAVERNOTSUPPORTED);
      expectError(ws, () => ws.WSACleanup(), WSANOTINITIALISED);
    });

    fact(ws, 'STA-04', 'major version 0 fails and fills WSADATA all the same', () => {
      for (const version of [MAKEWORD(0, 0), MAKEWORD(0, 1)]) {
        expect(start(ws, version)).toMatchObject({
          result: WSAVERNOTSUPPORTED,
          wVersion: 0x0202,
          wHighVersion: 0x0202,
          szDescription: 'WinSock 2.0',
          szSystemStatus: 'Running',
        });
      }
    });

    for (const { requested, negotiated } of versions) {
      rule(ws, `version ${hex(requested)} negotiates ${hex(negotiated)}`, () => {
        expect(start(ws, requested)).toMatchObject({ result: 0, wVersion: negotiated, wHighVersion: 0x0202 });
        ws.WSACleanup();
      });
    }

    for (const { requested, negotiated } of versions2) {
      fact(ws, 'STA-06', `version ${hex(requested)} negotiates ${hex(negotiated)}`, () => {
        expect(start(ws, requested)).toMatchObject({ result: 0, wVersion: negotiated, wHighVersion: 0x0202 });
        ws.WSACleanup();
      });
    }

    for (const requested of [MAKEWORD(3, 0), MAKEWORD(255, 0)]) {
      fact(ws, 'STA-07', `version ${hex(requested)} negotiates 2.2`, () => {
        expect(start(ws, requested)).toMatchObject({ result: 0, wVersion: 0x0202 });
        ws.WSACleanup();
      });
    }

    fact(ws, 'STA-09', 'version 1 tells 32767 sockets and datagrams of 65467 bytes', () => {
      expect(start(ws, MAKEWORD(1, 1))).toMatchObject({ iMaxSockets: 32767, iMaxUdpDg: 65467 });
      ws.WSACleanup();
    });

    fact(ws, 'STA-10', 'every other major version tells 0 and 0', () => {
      for (const major of [0, 2, 3, 255]) {
        const data = start(ws, MAKEWORD(major, 0));
        expect(data).toMatchObject({ iMaxSockets: 0, iMaxUdpDg: 0 });
        if (data.result === 0) ws.WSACleanup();
      }
    });

    fact(ws, 'STA-11', 'lpVendorInfo is never written', () => {
      for (const major of [0, 1, 2]) {
        const data = start(ws, MAKEWORD(major, 0));
        expect(data.vendor.every((byte) => byte === 0xcc)).toBe(true);
        if (data.result === 0) ws.WSACleanup();
      }
    });

    fact(ws, 'STA-12', 'NULL for WSADATA returns WSAEFAULT', () => {
      expect(ws.WSAStartup(MAKEWORD(1, 1), null as never)).toBe(WSAEFAULT);
      expect(ws.WSAStartup(MAKEWORD(2, 2), null as never)).toBe(WSAEFAULT);
      expectError(ws, () => ws.WSACleanup(), WSANOTINITIALISED);
    });

    fact(ws, 'STA-13', 'the version is checked before the pointer', () => {
      expect(ws.WSAStartup(MAKEWORD(0, 1), null as never)).toBe(WSAVERNOTSUPPORTED);
    });

    fact(ws, 'STA-15', 'WSACleanup sets the last error to 0', (wine) => {
      start(ws, 0x0202);
      ws.WSASetLastError(MARKER);
      expect(ws.WSACleanup()).toBe(0);
      expect(lastError(ws)).toBe(wine ? MARKER : 0);
    });

    rule(ws, 'a WSADATA that is too short is WSAEFAULT, is not written, and counts for nothing', () => {
      const { view, intact } = guarded(100, 0x11);
      expect(ws.WSAStartup(0x0202, view)).toBe(WSAEFAULT);
      expect(view.every((byte) => byte === 0x11)).toBe(true);
      intact();
      expectError(ws, () => ws.WSACleanup(), WSANOTINITIALISED);
    });

    rule(ws, 'each WSAStartup is undone by one WSACleanup', () => {
      expect(start(ws, 0x0202).result).toBe(0);
      expect(start(ws, 0x0202).result).toBe(0);
      expect(ws.WSACleanup()).toBe(0);
      const s = ws.socket(AF_INET, SOCK_STREAM, 0);
      expect(s).not.toBe(INVALID_SOCKET);
      expectSuccess(ws, () => ws.closesocket(s));
      expect(ws.WSACleanup()).toBe(0);
      expectError(ws, () => ws.socket(AF_INET, SOCK_STREAM, 0), WSANOTINITIALISED);
    });

    rule(ws, 'a WSACleanup too many leaves the next WSAStartup and Node itself working', () => {
      for (let i = 0; i < 5; i++) expect(ws.WSACleanup()).toBe(SOCKET_ERROR);
      expect(start(ws, 0x0202).result).toBe(0);
      const s = ws.socket(AF_INET, SOCK_STREAM, 0);
      expect(s).not.toBe(INVALID_SOCKET);
      expectSuccess(ws, () => ws.closesocket(s));
      ws.WSACleanup();
    });

    rule(ws, "one thread's WSAStartup counts for all", async () => {
      start(ws, 0x0202);
      const made = await inThread(ws, (ws) => ws.socket(2, 1, 0)).result;
      expect(made.value).toBeGreaterThan(0);
      expectSuccess(ws, () => ws.closesocket(made.value));
      ws.WSACleanup();
      const after = await inThread(ws, (ws) => ws.socket(2, 1, 0)).result;
      expect(after).toEqual({ value: INVALID_SOCKET, error: WSANOTINITIALISED });
    });

    rule(ws, 'WSAStartup in a thread that has ended still counts', async () => {
      const thread = inThread(ws, (ws) => ws.WSAStartup(0x0202, new Uint8Array(408)));
      expect((await thread.result).value).toBe(0);
      const s = ws.socket(AF_INET, SOCK_STREAM, 0);
      expect(s).not.toBe(INVALID_SOCKET);
      ws.closesocket(s);
      expect(ws.WSACleanup()).toBe(0);
    });
  },
  { started: false },
);
