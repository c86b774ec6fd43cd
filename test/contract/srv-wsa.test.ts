import { expect } from 'vitest';
import {
  MSG_PEEK,
  SO_RCVTIMEO,
  SOL_SOCKET,
  WSAECONNRESET,
  WSAEFAULT,
  WSAEMSGSIZE,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAESHUTDOWN,
  WSAETIMEDOUT,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import {
  ANY,
  address,
  boundUdp,
  close,
  expectError,
  expectSuccess,
  ipOf,
  nameOf,
  nonBlocking,
  portOf,
  recvText,
  sendText,
  tcpPair,
  tcpSocket,
  udpSocket,
  waitReadable,
} from '../support/sockets.js';

const buffers = (...sizes: number[]) => sizes.map((len) => ({ len, buf: Buffer.alloc(len) }));
const texts = (...parts: string[]) => parts.map((text) => ({ len: text.length, buf: Buffer.from(text) }));

forEachBinding((ws) => {
  withFunctions(ws, ['WSASend', 'WSARecv'], (x) => {
    const receive = (s: number, into: unknown[], count: Uint32Array | null, flags = Uint32Array.of(0)) =>
      x.WSARecv(s, into, into.length, count, flags, null, null);
    const send = (s: number, from: unknown[], count: Uint32Array | null) =>
      x.WSASend(s, from, from.length, count, 0, null, null);

    rule(ws, 'WSASend gathers several buffers into one stream', () => {
      const { client, server } = tcpPair(ws);
      const sent = Uint32Array.of(0);
      expectSuccess(ws, () => send(client, texts('one ', 'two ', 'three'), sent));
      expect(sent[0]).toBe(13);
      expect(recvText(ws, server)).toBe('one two three');
    });

    fact(ws, 'SRV-01', 'a non-blocking WSARecv with nothing there is WSAEWOULDBLOCK', () => {
      const { client } = tcpPair(ws);
      nonBlocking(ws, client);
      expectError(ws, () => receive(client, buffers(4), Uint32Array.of(0)), WSAEWOULDBLOCK);
    });

    fact(ws, 'SRV-08', 'WSARecv that times out is WSAETIMEDOUT and writes no count', () => {
      const { client } = tcpPair(ws);
      ws.setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, Int32Array.of(100), 4);
      const count = Uint32Array.of(0xdeadbeef);
      expectError(ws, () => receive(client, buffers(4), count), WSAETIMEDOUT);
      expect(count[0]).toBe(0xdeadbeef);
    });

    fact(ws, 'SRV-11', 'WSARecv into one buffer of length 0 gives 0 bytes and takes none', () => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'stays');
      waitReadable(ws, server);
      const count = Uint32Array.of(7);
      expectSuccess(ws, () => receive(server, [{ len: 0, buf: Buffer.alloc(1) }], count));
      expect(count[0]).toBe(0);
      expect(recvText(ws, server)).toBe('stays');
    });

    fact(ws, 'SRV-15', 'WSARecv by one byte gives one byte at a time', () => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'ab');
      waitReadable(ws, server);
      for (const letter of 'ab') {
        const into = buffers(1);
        const count = Uint32Array.of(0);
        expectSuccess(ws, () => receive(server, into, count));
        expect([count[0], into[0].buf.toString()]).toEqual([1, letter]);
      }
    });

    fact(ws, 'SRV-16', 'WSARecv scatters 9 bytes over buffers of 4 and 5', () => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'fourfives');
      waitReadable(ws, server);
      const into = buffers(4, 5);
      const count = Uint32Array.of(0);
      expectSuccess(ws, () => receive(server, into, count));
      expect([count[0], ...into.map(({ buf }) => buf.toString())]).toEqual([9, 'four', 'fives']);
    });

    fact(ws, 'SRV-23', 'WSASend without a place for the count is WSAEFAULT', () => {
      const { client } = tcpPair(ws);
      expectError(ws, () => send(client, texts('x'), null), WSAEFAULT);
    });

    fact(ws, 'ERR-09', 'WSASend on a bad handle is WSAENOTSOCK, whatever the pointers', () => {
      expectError(ws, () => send(-1, texts('x'), null), WSAENOTSOCK);
    });

    rule(ws, 'WSARecv takes MSG_PEEK in its flags', () => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'peek');
      waitReadable(ws, server);
      const count = Uint32Array.of(0);
      expectSuccess(ws, () => receive(server, buffers(8), count, Uint32Array.of(MSG_PEEK)));
      expect(count[0]).toBe(4);
      expect(recvText(ws, server)).toBe('peek');
    });

    fact(ws, 'RST-02', 'WSARecv and WSASend after a reset are WSAECONNRESET', (wine) => {
      const { client, server } = tcpPair(ws);
      ws.setsockopt(client, SOL_SOCKET, 0x80, Uint16Array.of(1, 0), 4);
      close(ws, client);
      waitReadable(ws, server);
      const count = Uint32Array.of(0xdeadbeef);
      if (wine) return expectSuccess(ws, () => receive(server, buffers(4), count));
      expectError(ws, () => receive(server, buffers(4), count), WSAECONNRESET);
      expectError(ws, () => send(server, texts('x'), count), WSAECONNRESET);
      expect(count[0]).toBe(0xdeadbeef);
    });
  });

  withFunctions(ws, ['WSASend', 'WSARecv', 'WSASendTo', 'WSARecvFrom'], (x) => {
    const into = () => buffers(4);
    const none = () => Uint32Array.of(0);
    const calls: Record<string, (s: number, list: unknown, count: number, overlapped: unknown) => number> = {
      WSASend: (s, list, count, overlapped) => x.WSASend(s, list, count, none(), 0, overlapped, null),
      WSARecv: (s, list, count, overlapped) => x.WSARecv(s, list, count, none(), none(), overlapped, null),
      WSASendTo: (s, list, count, overlapped) =>
        x.WSASendTo(s, list, count, none(), 0, null, 0, overlapped, null),
      WSARecvFrom: (s, list, count, overlapped) =>
        x.WSARecvFrom(s, list, count, none(), none(), null, null, overlapped, null),
    };
    for (const [name, call] of Object.entries(calls)) {
      rule(ws, `${name}: an overlapped call is WSAEOPNOTSUPP; of what is no socket it is WSAENOTSOCK`, () => {
        const { client } = tcpPair(ws);
        expectError(ws, () => call(client, into(), 1, new Uint8Array(32)), WSAEOPNOTSUPP);
        expectError(ws, () => call(-1, into(), 1, new Uint8Array(32)), WSAENOTSOCK);
      });

      rule(ws, `${name}: more buffers than there are, or more bytes than a buffer has, are WSAEFAULT`, () => {
        const { client } = tcpPair(ws);
        expectError(ws, () => call(client, into(), 2, null), WSAEFAULT);
        expectError(ws, () => call(client, null, 1, null), WSAEFAULT);
        expectError(ws, () => call(client, [{ len: 5, buf: Buffer.alloc(4) }], 1, null), WSAEFAULT);
        expectError(ws, () => call(client, [{ len: 1, buf: null }], 1, null), WSAEFAULT);
      });

      rule(ws, `${name}: the fields of a buffer are read once, before its memory is looked at`, () => {
        const { client } = tcpPair(ws);
        const first = new Uint8Array(new ArrayBuffer(64));
        const thief = {
          get len() {
            structuredClone(first.buffer, { transfer: [first.buffer] });
            return 0;
          },
          buf: null,
        };
        expectError(ws, () => call(client, [{ len: 64, buf: first }, thief], 2, null), WSAEFAULT);
        const bad = { len: 1, buf: 'text' };
        expect(() => call(client, [bad], 1, null)).toThrow(TypeError);
      });
    }
  });

  withFunctions(ws, ['WSASendDisconnect', 'WSARecvDisconnect'], (x) => {
    rule(ws, 'WSASendDisconnect ends sending, WSARecvDisconnect receiving', () => {
      const { client, server } = tcpPair(ws);
      expectSuccess(ws, () => x.WSASendDisconnect(client, null));
      expect(recvText(ws, server)).toBe('');
      expectSuccess(ws, () => x.WSARecvDisconnect(server, null));
      expectError(ws, () => ws.recv(server, Buffer.alloc(1), 1, 0), WSAESHUTDOWN);
      expectError(ws, () => x.WSASendDisconnect(tcpSocket(ws), null), WSAENOTCONN);
    });
  });

  withFunctions(ws, ['WSASendTo', 'WSARecvFrom'], (x) => {
    const sendTo = (s: number, from: unknown[], count: Uint32Array | null, port: number) =>
      x.WSASendTo(s, from, from.length, count, 0, address(port), 16, null, null);

    fact(ws, 'UDP-11', 'WSASendTo binds the socket', () => {
      const to = boundUdp(ws);
      const s = udpSocket(ws);
      const sent = Uint32Array.of(0);
      expectSuccess(ws, () => sendTo(s, texts('da', 'ta'), sent, to.port));
      expect(sent[0]).toBe(4);
      expect([ipOf(nameOf(ws, s)), portOf(nameOf(ws, s)) > 0]).toEqual([ANY, true]);
      expect(recvText(ws, to.s)).toBe('data');
    });

    fact(ws, 'UDP-13', 'WSASendTo without a place for the count is WSAEFAULT', () => {
      expectError(ws, () => sendTo(udpSocket(ws), texts('x'), null, 9), WSAEFAULT);
    });

    rule(ws, 'WSARecvFrom scatters a datagram and tells its sender', () => {
      const to = boundUdp(ws);
      const from = boundUdp(ws);
      sendTo(from.s, texts('datagram'), Uint32Array.of(0), to.port);
      waitReadable(ws, to.s);
      const into = buffers(4, 8);
      const count = Uint32Array.of(0);
      const name = new Uint8Array(16);
      const flags = Uint32Array.of(0);
      const length = Int32Array.of(16);
      expectSuccess(ws, () => x.WSARecvFrom(to.s, into, 2, count, flags, name, length, null, null));
      expect([count[0], into[0].buf.toString(), into[1].buf.toString('latin1', 0, 4)]).toEqual([
        8,
        'data',
        'gram',
      ]);
      expect([portOf(name), length[0]]).toEqual([from.port, 16]);
    });

    rule(ws, 'WSARecvFrom of a datagram that is too long is WSAEMSGSIZE', () => {
      const to = boundUdp(ws);
      sendTo(udpSocket(ws), texts('too long'), Uint32Array.of(0), to.port);
      waitReadable(ws, to.s);
      const into = buffers(3);
      const call = () =>
        x.WSARecvFrom(to.s, into, 1, Uint32Array.of(0), Uint32Array.of(0), null, null, null, null);
      expectError(ws, call, WSAEMSGSIZE);
      expect(into[0].buf.toString()).toBe('too');
    });
  });
});
