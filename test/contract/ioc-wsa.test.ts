import { expect } from 'vitest';
import * as commands from '../../src/ws2_32/constants/ioctl.js';
import {
  FIOASYNC,
  FIONBIO,
  FIONREAD,
  SIO_ADDRESS_LIST_CHANGE,
  SIO_ADDRESS_LIST_QUERY,
  SIO_BASE_HANDLE,
  SIO_FLUSH,
  SIO_GET_EXTENSION_FUNCTION_POINTER,
  SIO_KEEPALIVE_VALS,
  SIO_ROUTING_INTERFACE_QUERY,
  SIO_UDP_CONNRESET,
  SIOCATMARK,
  WSAEAFNOSUPPORT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAEWOULDBLOCK,
  WSAID_ACCEPTEX,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { guarded } from '../support/memory.js';
import {
  address,
  bindAny,
  expectError,
  expectSuccess,
  nonBlocking,
  tcpPair,
  tcpSocket,
  udpSocket,
} from '../support/sockets.js';

const SIO_IDEAL_SEND_BACKLOG_QUERY = 0x4004747b;

forEachBinding((ws) => {
  withFunctions(ws, ['WSAIoctl'], (x) => {
    function ioctl(
      s: number,
      code: number,
      input: Uint8Array | null,
      output: Uint8Array | null,
      bytes: Uint32Array,
    ) {
      const [inSize, outSize] = [input?.byteLength ?? 0, output?.byteLength ?? 0];
      return x.WSAIoctl(s, code, input, inSize, output, outSize, bytes, null, null);
    }
    const unwritten = () => Uint32Array.of(0xdeadbeef);

    rule(ws, 'WSAIoctl of what is no socket is WSAENOTSOCK', () => {
      expectError(ws, () => ioctl(-1, FIONREAD, null, new Uint8Array(4), unwritten()), WSAENOTSOCK);
    });

    for (const [name, code] of Object.entries({ FIONREAD, SIOCATMARK })) {
      fact(ws, 'IOC-03', `${name} into 3 bytes is WSAEFAULT and writes no count`, () => {
        const { client } = tcpPair(ws);
        const { view, intact } = guarded(3, 0xcc);
        const bytes = unwritten();
        expectError(ws, () => ioctl(client, code, null, view, bytes), WSAEFAULT);
        expect(bytes[0]).toBe(0xdeadbeef);
        intact();
      });
    }

    fact(ws, 'IOC-05', 'SIOCATMARK is 1 and FIONREAD 0 on a fresh connection', () => {
      const { client } = tcpPair(ws);
      const value = new Uint8Array(4);
      const bytes = unwritten();
      expectSuccess(ws, () => ioctl(client, SIOCATMARK, null, value, bytes));
      expect([value[0], bytes[0]]).toEqual([1, 4]);
      expectSuccess(ws, () => ioctl(client, FIONREAD, null, value, bytes));
      expect([value[0], bytes[0]]).toEqual([0, 4]);
    });

    fact(ws, 'IOC-08', 'FIONBIO ignores what comes after its 4 bytes, and the output', () => {
      const { client } = tcpPair(ws);
      const input = Uint8Array.of(1, 0, 0, 0, 0);
      expectSuccess(ws, () => ioctl(client, FIONBIO, input, new Uint8Array(4), unwritten()));
      expectError(ws, () => ws.recv(client, Buffer.alloc(4), 4, 0), WSAEWOULDBLOCK);
    });

    for (const [name, code] of Object.entries({
      unknown: 0xdeadbeef,
      FIOASYNC,
      '0x667e': 0x667e,
      SIO_FLUSH,
    })) {
      fact(ws, 'IOC-12', `the code ${name} on TCP is WSAEOPNOTSUPP with count 0`, () => {
        const bytes = unwritten();
        expectError(ws, () => ioctl(tcpSocket(ws), code, null, null, bytes), WSAEOPNOTSUPP);
        expect(bytes[0]).toBe(0);
      });
    }

    for (const values of [
      [0, 0, 0],
      [1, 0, 0],
      [1, 1000, 1000],
      [1, 100, 100],
      [0, 100, 100],
    ]) {
      fact(ws, 'IOC-15', `SIO_KEEPALIVE_VALS {${values.join(', ')}} succeeds with count 0`, () => {
        const bytes = unwritten();
        const input = new Uint8Array(Uint32Array.from(values).buffer);
        expectSuccess(ws, () => ioctl(tcpSocket(ws), SIO_KEEPALIVE_VALS, input, null, bytes));
        expect(bytes[0]).toBe(0);
      });
    }

    fact(
      ws,
      'IOC-16',
      'SIO_IDEAL_SEND_BACKLOG_QUERY: connected 0x10000, else WSAENOTCONN, UDP WSAEOPNOTSUPP',
      () => {
        const value = new Uint8Array(4);
        const query = (s: number) => ioctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, null, value, unwritten());
        expectError(ws, () => query(tcpSocket(ws)), WSAENOTCONN);
        expectError(ws, () => query(udpSocket(ws)), WSAEOPNOTSUPP);
        expectSuccess(ws, () => query(tcpPair(ws).client));
        expect(new DataView(value.buffer).getUint32(0, true)).toBe(0x10000);
      },
    );

    fact(ws, 'IOC-18', 'SIO_GET_EXTENSION_FUNCTION_POINTER of an unknown GUID is WSAEINVAL', () => {
      const bytes = unwritten();
      const guid = new Uint8Array(16).fill(0x11);
      const call = () =>
        ioctl(tcpSocket(ws), SIO_GET_EXTENSION_FUNCTION_POINTER, guid, new Uint8Array(8), bytes);
      expectError(ws, call, WSAEINVAL);
      expect(bytes[0]).toBe(0xdeadbeef);
    });

    fact(
      ws,
      'IOC-18',
      'SIO_GET_EXTENSION_FUNCTION_POINTER of a known GUID gives a pointer',
      () => {
        const bytes = unwritten();
        const pointer = new BigUint64Array(1);
        const output = new Uint8Array(pointer.buffer);
        const call = () =>
          ioctl(tcpSocket(ws), SIO_GET_EXTENSION_FUNCTION_POINTER, WSAID_ACCEPTEX, output, bytes);
        expectSuccess(ws, call);
        expect([pointer[0] > 0n, bytes[0]]).toEqual([true, process.arch === 'ia32' ? 4 : 8]);
      },
      'extension functions',
    );

    rule(ws, 'memory too small for a handle, a GUID or a function is WSAEFAULT and stays as it was', () => {
      const { client } = tcpPair(ws);
      const acceptEx = new Uint8Array(WSAID_ACCEPTEX);
      for (const [code, input, size] of [
        [SIO_BASE_HANDLE, null, 0],
        [SIO_BASE_HANDLE, null, 7],
        [SIO_GET_EXTENSION_FUNCTION_POINTER, null, 8],
        [SIO_GET_EXTENSION_FUNCTION_POINTER, acceptEx.subarray(0, 15), 8],
        [SIO_GET_EXTENSION_FUNCTION_POINTER, acceptEx, 0],
        [SIO_GET_EXTENSION_FUNCTION_POINTER, acceptEx, 7],
      ] as const) {
        const { view, intact } = guarded(size, 0xcc);
        expectError(ws, () => ioctl(client, code, input, size === 0 ? null : view, unwritten()), WSAEFAULT);
        expectError(ws, () => ioctl(-1, code, input, view, unwritten()), WSAENOTSOCK);
        intact();
      }
    });

    fact(ws, 'IOC-17', 'SIO_BASE_HANDLE gives the socket itself', () => {
      for (const s of [tcpPair(ws).client, tcpSocket(ws), udpSocket(ws)]) {
        const handle = new BigUint64Array(1);
        const bytes = unwritten();
        expectSuccess(ws, () => ioctl(s, SIO_BASE_HANDLE, null, new Uint8Array(handle.buffer), bytes));
        expect([...handle, ...bytes]).toEqual([BigInt(s), 8]);
      }
    });

    fact(ws, 'IOC-28', 'SIO_ADDRESS_LIST_CHANGE of a non-blocking socket is WSAEWOULDBLOCK', () => {
      const s = tcpSocket(ws);
      bindAny(ws, s);
      nonBlocking(ws, s);
      expectError(ws, () => ioctl(s, SIO_ADDRESS_LIST_CHANGE, null, null, unwritten()), WSAEWOULDBLOCK);
    });

    rule(ws, 'no command touches memory that is not there', () => {
      const codes = Object.entries(commands).filter(([name]) => /^(SIO|FIO)/.test(name));
      expect(codes.length).toBeGreaterThan(50);
      for (const [name, code] of codes as [string, number][]) {
        const udp = udpSocket(ws);
        // So that none of them waits.
        expectSuccess(ws, () => ws.ioctlsocket(udp, FIONBIO, Uint32Array.of(1)));
        for (const size of [0, 1, 5]) {
          const input = guarded(size, 0);
          const output = guarded(size, 0xcc);
          const answer = ioctl(udp, code, size ? input.view : null, size ? output.view : null, unwritten());
          expect([0, -1], name).toContain(answer);
          input.intact();
          output.intact();
        }
      }
    });

    rule(ws, 'an overlapped command is WSAEOPNOTSUPP; of what is no socket it is WSAENOTSOCK', () => {
      const overlapped = new Uint8Array(32);
      const call = (s: number) => () =>
        x.WSAIoctl(s, FIONREAD, null, 0, new Uint8Array(4), 4, unwritten(), overlapped, null);
      expectError(ws, call(tcpSocket(ws)), WSAEOPNOTSUPP);
      expectError(ws, call(-1), WSAENOTSOCK);
    });

    rule(ws, 'WSAIoctl without a place for the count is WSAEFAULT', () => {
      const call = () => x.WSAIoctl(tcpSocket(ws), FIONREAD, null, 0, new Uint8Array(4), 4, null, null, null);
      expectError(ws, call, WSAEFAULT);
    });

    rule(ws, 'a size beyond the view is memory that is not there', () => {
      const { view, intact } = guarded(3, 0xcc);
      const s = tcpSocket(ws);
      const call = () => x.WSAIoctl(s, FIONREAD, null, 0, view, 4, unwritten(), null, null);
      expectError(ws, call, WSAEFAULT);
      intact();
    });

    fact(ws, 'IOC-20', 'SIO_ROUTING_INTERFACE_QUERY for family 0 is WSAEAFNOSUPPORT', () => {
      const query = (input: Uint8Array) => () =>
        ioctl(udpSocket(ws), SIO_ROUTING_INTERFACE_QUERY, input, new Uint8Array(16), unwritten());
      expectError(ws, query(new Uint8Array(16)), WSAEAFNOSUPPORT);
    });

    fact(
      ws,
      'IOC-21',
      'SIO_ROUTING_INTERFACE_QUERY for no, a short or a zero address is WSAEINVAL',
      (wine) => {
        for (const input of [null, new Uint8Array(15), address(0, '0.0.0.0')]) {
          const bytes = unwritten();
          const call = () =>
            ioctl(udpSocket(ws), SIO_ROUTING_INTERFACE_QUERY, input, new Uint8Array(16), bytes);
          if (wine) {
            call();
            continue;
          }
          expectError(ws, call, WSAEINVAL);
          expect(bytes[0]).toBe(0xdeadbeef);
        }
      },
    );

    fact(ws, 'IOC-23', 'SIO_ROUTING_INTERFACE_QUERY into 15 bytes is WSAEFAULT with count 16', (wine) => {
      const bytes = unwritten();
      const output = new Uint8Array(15);
      const call = () => ioctl(udpSocket(ws), SIO_ROUTING_INTERFACE_QUERY, address(0), output, bytes);
      if (wine) return expect(call()).toBe(-1);
      expectError(ws, call, WSAEFAULT);
      expect(bytes[0]).toBe(16);
    });

    rule(
      ws,
      'SIO_ROUTING_INTERFACE_QUERY for the loopback address gives it',
      (wine) => {
        const output = new Uint8Array(16);
        const bytes = unwritten();
        expectSuccess(ws, () => ioctl(udpSocket(ws), SIO_ROUTING_INTERFACE_QUERY, address(0), output, bytes));
        expect(bytes[0]).toBe(16);
        if (!wine) expect([...output.subarray(4, 8)]).toEqual([127, 0, 0, 1]);
      },
      'route to the loopback address',
    );

    fact(ws, 'IOC-24', 'SIO_ADDRESS_LIST_QUERY into nothing is WSAEFAULT with the size it needs', () => {
      const s = tcpSocket(ws);
      const bytes = unwritten();
      expectError(ws, () => ioctl(s, SIO_ADDRESS_LIST_QUERY, null, null, bytes), WSAEFAULT);
      expect(bytes[0]).toBeGreaterThan(8);
    });

    fact(ws, 'IOC-26', 'SIO_ADDRESS_LIST_QUERY with enough room succeeds with exactly that size', () => {
      const s = tcpSocket(ws);
      const needed = unwritten();
      ioctl(s, SIO_ADDRESS_LIST_QUERY, null, null, needed);
      const bytes = unwritten();
      const list = new Uint8Array(needed[0]);
      expectSuccess(ws, () => ioctl(s, SIO_ADDRESS_LIST_QUERY, null, list, bytes));
      expect(bytes[0]).toBe(needed[0]);
      expect(new DataView(list.buffer).getInt32(0, true)).toBeGreaterThan(0);
    });

    rule(ws, 'SIO_UDP_CONNRESET can be switched off and on', () => {
      const s = udpSocket(ws);
      for (const on of [0, 1]) {
        const input = new Uint8Array(Uint32Array.of(on).buffer);
        expectSuccess(ws, () => ioctl(s, SIO_UDP_CONNRESET, input, null, unwritten()));
      }
    });
  });
});
