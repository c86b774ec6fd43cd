import { expect } from 'vitest';
import {
  AF_INET,
  AF_UNSPEC,
  INVALID_SOCKET,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_STREAM,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOBUFS,
  WSAENOTSOCK,
  WSAEPROTONOSUPPORT,
  WSAESOCKTNOSUPPORT,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import {
  accepted,
  expectError,
  lastError,
  listener,
  MARKER,
  must,
  nameOf,
  recvText,
  sendText,
  tcpPair,
  tcpSocket,
  track,
} from '../support/sockets.js';

const UNKNOWN = 0xdead;

forEachBinding((ws) => {
  withFunctions(ws, ['WSASocketW', 'WSASocketA', 'WSASocket'], (x) => {
    const refused: [id: string, title: string, af: number, type: number, protocol: number, code: number][] = [
      ['SOC-02', 'an unknown type', AF_INET, UNKNOWN, IPPROTO_TCP, WSAESOCKTNOSUPPORT],
      ['SOC-03', 'an unknown protocol', AF_INET, SOCK_STREAM, UNKNOWN, WSAEPROTONOSUPPORT],
      ['SOC-04', 'type before family', UNKNOWN, UNKNOWN, IPPROTO_TCP, WSAESOCKTNOSUPPORT],
      ['SOC-05', 'family before protocol', UNKNOWN, SOCK_STREAM, UNKNOWN, WSAEAFNOSUPPORT],
      ['SOC-06', 'type before protocol', AF_INET, UNKNOWN, UNKNOWN, WSAESOCKTNOSUPPORT],
      ['SOC-11', 'type 0 with an unknown protocol', AF_INET, 0, UNKNOWN, WSAEPROTONOSUPPORT],
      ['SOC-13', 'a stream over UDP', AF_INET, SOCK_STREAM, IPPROTO_UDP, WSAEPROTONOSUPPORT],
      ['SOC-13', 'datagrams over TCP', AF_INET, SOCK_DGRAM, IPPROTO_TCP, WSAEPROTONOSUPPORT],
      ['SOC-17', 'no family, an unknown type', AF_UNSPEC, UNKNOWN, IPPROTO_UDP, WSAESOCKTNOSUPPORT],
      ['SOC-18', 'no family and no protocol', AF_UNSPEC, SOCK_STREAM, 0, WSAEINVAL],
    ];
    for (const [id, title, af, type, protocol, code] of refused) {
      fact(ws, id, `WSASocket: ${title} is ${code}`, (wine) => {
        const expected = wine ? WSAEPROTONOSUPPORT : code;
        for (const make of [x.WSASocketW, x.WSASocketA, x.WSASocket]) {
          expectError(ws, () => make(af, type, protocol, null, 0, 0), expected);
        }
      });
    }

    fact(ws, 'SOC-19', 'a WSASocket that succeeds sets the last error to 0', () => {
      ws.WSASetLastError(MARKER);
      const s = track(ws, x.WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, null, 0, 1));
      expect({ made: s > 0, error: lastError(ws) }).toEqual({ made: true, error: 0 });
    });
  });

  withFunctions(ws, ['WSADuplicateSocketW', 'WSADuplicateSocketA', 'WSASocketW'], (x) => {
    fact(ws, 'SOC-26', 'WSADuplicateSocket looks at the socket first', () => {
      for (const duplicate of [x.WSADuplicateSocketW, x.WSADuplicateSocketA]) {
        expectError(ws, () => duplicate(0, 0, null), WSAENOTSOCK);
        expectError(ws, () => duplicate(0, process.pid, new Uint8Array(628)), WSAENOTSOCK);
      }
    });

    fact(ws, 'SOC-27', 'WSADuplicateSocket for process 0 or ~0 is WSAEINVAL', () => {
      const s = tcpSocket(ws);
      for (const pid of [0, 0xffffffff]) {
        expectError(ws, () => x.WSADuplicateSocketW(s, pid, null), WSAEINVAL);
        expectError(ws, () => x.WSADuplicateSocketW(s, pid, new Uint8Array(628)), WSAEINVAL);
      }
    });

    fact(ws, 'SOC-28', 'WSADuplicateSocket without an info is WSAEFAULT', () => {
      expectError(ws, () => x.WSADuplicateSocketW(tcpSocket(ws), process.pid, null), WSAEFAULT);
    });

    rule(ws, 'a duplicate is the same socket under another number', () => {
      const { client, server } = tcpPair(ws);
      const info = new Uint8Array(628);
      must(ws, 'WSADuplicateSocket', x.WSADuplicateSocketW(server, process.pid, info));
      const copy = track(ws, must(ws, 'WSASocket', x.WSASocketW(-1, -1, -1, info, 0, 0)));
      expect(copy).not.toBe(server);
      expect([...nameOf(ws, copy)]).toEqual([...nameOf(ws, server)]);
      sendText(ws, client, 'either');
      expect(recvText(ws, copy)).toBe('either');
      ws.closesocket(server);
      sendText(ws, client, 'still');
      expect(recvText(ws, copy)).toBe('still');
    });
  });

  withFunctions(ws, ['WSAEnumProtocolsW', 'WSAEnumProtocolsA'], (x) => {
    const sizes = { WSAEnumProtocolsA: 372, WSAEnumProtocolsW: 628 };
    for (const [name, size] of Object.entries(sizes)) {
      const enumerate = (protocols: Int32Array | null) => {
        const length = Uint32Array.of(0);
        expectError(ws, () => x[name](protocols, null, length), WSAENOBUFS);
        const buffer = new Uint8Array(length[0]);
        const count = must(ws, name, x[name](protocols, buffer, length));
        const view = new DataView(buffer.buffer);
        return Array.from({ length: count }, (_, i) => ({
          flags: view.getUint32(i * size, true),
          version: view.getInt32(i * size + 72, true),
          family: view.getInt32(i * size + 76, true),
          type: view.getInt32(i * size + 88, true),
          protocol: view.getInt32(i * size + 92, true),
        }));
      };

      fact(ws, 'SOC-32', `${name}: unknown protocols in the list are left out`, () => {
        const found = enumerate(Int32Array.of(UNKNOWN, IPPROTO_TCP, 0xcafe, IPPROTO_UDP, 0xbeef, 0));
        expect(found.length).toBeGreaterThanOrEqual(2);
        expect([...new Set(found.map(({ protocol }) => protocol))].sort((a, b) => a - b)).toEqual([6, 17]);
      });

      fact(ws, 'SOC-34', `${name}: the service flags of TCP and UDP`, () => {
        const quality = 0x2000;
        for (const { flags, version, family, protocol } of enumerate(null)) {
          if (version !== 2 || (family !== 2 && family !== 23)) continue;
          if (protocol === IPPROTO_TCP) expect(flags & ~quality).toBe(0x20066);
          if (protocol === IPPROTO_UDP) expect(flags & ~quality).toBe(0x20609);
        }
      });
    }
  });

  withFunctions(ws, ['WSAAccept', 'WSAConnect'], (x) => {
    fact(ws, 'ACC-03', 'WSAAccept without a condition is accept', () => {
      const { s, port } = listener(ws);
      const client = tcpSocket(ws);
      const name = new Uint8Array(16);
      name.set([2, 0, port >> 8, port & 255, 127, 0, 0, 1]);
      must(ws, 'WSAConnect', x.WSAConnect(client, name, 16, null, null, null, null));
      const from = new Uint8Array(16);
      const length = Int32Array.of(16);
      const server = track(ws, x.WSAAccept(s, from, length, null, 0));
      expect(server).toBeGreaterThan(0);
      expect([...from]).toEqual([...nameOf(ws, client)]);
    });

    fact(ws, 'ACC-06', 'a connection that the condition deferred is accepted later', () => {
      const { s, port } = listener(ws);
      const client = tcpSocket(ws);
      const name = new Uint8Array(16);
      name.set([2, 0, port >> 8, port & 255, 127, 0, 0, 1]);
      must(ws, 'connect', ws.connect(client, name, 16));
      ws.WSASetLastError(MARKER);
      expect(x.WSAAccept(s, null, null, () => 2, 0)).toBe(INVALID_SOCKET);
      const server = accepted(ws, s);
      sendText(ws, client, 'deferred');
      expect(recvText(ws, server)).toBe('deferred');
    });
  });
});
