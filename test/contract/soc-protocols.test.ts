import { expect } from 'vitest';
import {
  AF_INET,
  AF_INET6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  WSAEFAULT,
  WSAENOBUFS,
  WSAENOTSOCK,
  WSAPROTOCOL_INFOA,
  WSAPROTOCOL_INFOW,
  XP1_QOS_SUPPORTED,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { guarded } from '../support/memory.js';
import { closedSocket, expectError, expectSuccess, tcpSocket, udpSocket } from '../support/sockets.js';

forEachBinding((ws) => {
  for (const [name, Info] of [
    ['WSAEnumProtocolsA', WSAPROTOCOL_INFOA],
    ['WSAEnumProtocolsW', WSAPROTOCOL_INFOW],
  ] as const) {
    withFunctions(ws, [name], (x) => {
      function list(protocols: Int32Array | null) {
        const length = Uint32Array.of(0);
        expectError(ws, () => x[name](protocols, null, length), WSAENOBUFS);
        const { view, intact } = guarded(length[0]);
        const count = x[name](protocols, view, length);
        expect(count * Info.size).toBeLessThanOrEqual(view.length);
        intact();
        return Array.from({ length: count }, (_, i) => new Info(view, i * Info.size));
      }

      fact(ws, 'SOC-32', `${name} of a list gives what is known of it`, () => {
        const found = list(Int32Array.of(0xdead, IPPROTO_TCP, 0xcafe, IPPROTO_UDP, 0xbeef, 0));
        expect(new Set(found.map(({ iProtocol }) => iProtocol))).toEqual(new Set([IPPROTO_TCP, IPPROTO_UDP]));
      });

      fact(ws, 'SOC-34', `${name}: service flags of TCP and UDP`, () => {
        for (const info of list(null)) {
          const internet = info.iAddressFamily === AF_INET || info.iAddressFamily === AF_INET6;
          if (!internet || info.iVersion !== 2) continue;
          const flags = info.dwServiceFlags1 & ~XP1_QOS_SUPPORTED;
          if (info.iProtocol === IPPROTO_TCP) expect(flags).toBe(0x20066);
          if (info.iProtocol === IPPROTO_UDP) expect(flags).toBe(0x20609);
          expect(info.szProtocol.length).toBeGreaterThan(0);
        }
      });

      rule(ws, `${name} with too small a buffer is WSAENOBUFS and writes nothing but the length`, () => {
        const { view, intact } = guarded(Info.size, 0xcc);
        const length = Uint32Array.of(view.length);
        expectError(ws, () => x[name](null, view, length), WSAENOBUFS);
        expect(length[0]).toBeGreaterThan(view.length);
        expect(view.every((byte) => byte === 0xcc)).toBe(true);
        intact();
      });

      rule(ws, `${name} with a length beyond the view, or no length, is WSAEFAULT`, () => {
        const { view, intact } = guarded(Info.size, 0xcc);
        expectError(ws, () => x[name](null, view, Uint32Array.of(0x10000)), WSAEFAULT);
        expectError(ws, () => x[name](null, view, null), WSAEFAULT);
        intact();
      });
    });
  }

  withFunctions(ws, ['WSAHtonl', 'WSAHtons', 'WSANtohl', 'WSANtohs'], (x) => {
    rule(ws, "WSAHtonl and its kin are htonl and its kin in the socket's order", () => {
      for (const s of [tcpSocket(ws), udpSocket(ws)]) {
        const [long, short] = [new Uint32Array(1), new Uint16Array(1)];
        for (const name of ['WSAHtonl', 'WSANtohl']) {
          expectSuccess(ws, () => x[name](s, 0xfedcba98, long));
          expect(long[0]).toBe(0x98badcfe);
        }
        for (const name of ['WSAHtons', 'WSANtohs']) {
          expectSuccess(ws, () => x[name](s, 0xfedc, short));
          expect(short[0]).toBe(0xdcfe);
        }
      }
    });

    rule(ws, 'WSAHtonl and its kin: no socket before no memory', () => {
      for (const name of ['WSAHtonl', 'WSAHtons', 'WSANtohl', 'WSANtohs']) {
        expectError(ws, () => x[name](closedSocket(ws), 1, null), WSAENOTSOCK);
        expectError(ws, () => x[name](tcpSocket(ws), 1, null), WSAEFAULT);
        expectError(ws, () => x[name](tcpSocket(ws), 1, new Uint8Array(1)), WSAEFAULT);
      }
    });
  });

  withFunctions(ws, ['GetHostNameW'], (x) => {
    rule(ws, 'GetHostNameW is gethostname in UTF-16, with exactly the characters it needs', () => {
      const [ansi, wide] = [Buffer.alloc(256), Buffer.alloc(512)];
      expectSuccess(ws, () => ws.gethostname(ansi, 256));
      expectSuccess(ws, () => x.GetHostNameW(wide, 256));
      const name = wide.toString('utf16le').split('\0')[0];
      expect(name.toLowerCase()).toBe(ansi.toString('utf8').split('\0')[0].toLowerCase());
      const { view, intact } = guarded(2 * (name.length + 1), 0xcc);
      expectSuccess(ws, () => x.GetHostNameW(view, name.length + 1));
      expectError(ws, () => x.GetHostNameW(view, name.length), WSAEFAULT);
      expectError(ws, () => x.GetHostNameW(null, 256), WSAEFAULT);
      expectError(ws, () => x.GetHostNameW(new Uint8Array(2), 256), WSAEFAULT);
      intact();
    });
  });
});
