import { expect } from 'vitest';
import {
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLRDBAND,
  POLLRDNORM,
  POLLWRNORM,
  SD_RECEIVE,
  SD_SEND,
  SO_LINGER,
  type SOCKET,
  SOL_SOCKET,
  WSAECONNREFUSED,
  WSAEINVAL,
  WSAENOTSOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import {
  address,
  close,
  connected,
  deadPort,
  expectError,
  expectSuccess,
  listener,
  nonBlocking,
  sendText,
  tcpPair,
  tcpSocket,
  waitExcept,
  waitReadable,
} from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';

const ALL = POLLRDNORM | POLLRDBAND | POLLWRNORM;
const width = process.arch === 'ia32' ? 4 : 8;
const size = 2 * width;

function pollfds(...entries: [fd: SOCKET, events: number][]): DataView {
  const view = new DataView(new ArrayBuffer(size * entries.length));
  for (const [i, [fd, events]] of entries.entries()) {
    if (width === 8) view.setBigInt64(i * size, BigInt(fd), true);
    else view.setInt32(i * size, fd, true);
    view.setInt16(i * size + width, events, true);
    view.setInt16(i * size + width + 2, 0xdead, true);
  }
  return view;
}

function revents(view: DataView): number[] {
  return Array.from({ length: view.byteLength / size }, (_, i) => view.getInt16(i * size + width + 2, true));
}

forEachBinding((ws) => {
  withFunctions(ws, ['WSAPoll'], (x) => {
    /** What one socket's poll gives, waiting until there is something. */
    function poll(s: SOCKET, events = ALL, ms = 2000): number {
      const fds = pollfds([s, events]);
      const count = x.WSAPoll(fds, 1, ms);
      const [result] = revents(fds);
      expect(count).toBe(result ? 1 : 0);
      return result;
    }

    fact(ws, 'POL-01', 'no array is WSAEINVAL', () => {
      expectError(ws, () => x.WSAPoll(null, 0, 0), WSAEINVAL);
      expectError(ws, () => x.WSAPoll(null, 0, 1000), WSAEINVAL);
    });

    fact(ws, 'POL-04', 'an idle listener gives 0, its revents 0', () => {
      const fds = pollfds([listener(ws).s, ALL]);
      expectSuccess(ws, () => x.WSAPoll(fds, 1, 0), 0);
      expect(revents(fds)).toEqual([0]);
    });

    fact(
      ws,
      'POL-06',
      'a number that is no socket, beside one that is, gets POLLNVAL and does not count',
      () => {
        const fds = pollfds([listener(ws).s, ALL], [0xabacab, POLLIN]);
        expectSuccess(ws, () => x.WSAPoll(fds, 2, 0), 0);
        expect(revents(fds)).toEqual([0, POLLNVAL]);
      },
    );

    fact(
      ws,
      'POL-07',
      'POLLERR asked for a number that is no socket is WSAEINVAL, every revents 0',
      (wine) => {
        const fds = pollfds([listener(ws).s, ALL], [0xabacab, POLLERR]);
        if (wine) return expect(x.WSAPoll(fds, 2, 0)).toBe(0);
        expectError(ws, () => x.WSAPoll(fds, 2, 0), WSAEINVAL);
        expect(revents(fds)).toEqual([0, 0]);
      },
    );

    fact(ws, 'POL-08', 'nothing but numbers that are no sockets is WSAENOTSOCK', () => {
      const fds = pollfds([-1, ALL], [0xabacab, ALL]);
      expectError(ws, () => x.WSAPoll(fds, 2, 0), WSAENOTSOCK);
      expect(revents(fds)).toEqual([POLLNVAL, POLLNVAL]);
    });

    fact(ws, 'POL-09', 'a waiting connection is POLLRDNORM, again and again', () => {
      const { s, port } = listener(ws);
      connected(ws, port);
      for (let i = 0; i < 2; i++) expect(poll(s, POLLIN)).toBe(POLLRDNORM);
    });

    fact(ws, 'POL-10', 'and nothing for whoever asks for something else', () => {
      const { s, port } = listener(ws);
      connected(ws, port);
      waitReadable(ws, s);
      expect(poll(s, POLLRDBAND | POLLWRNORM, 0)).toBe(0);
    });

    fact(ws, 'POL-15', "the peer's closesocket is POLLHUP", () => {
      const { client, server } = tcpPair(ws);
      close(ws, client);
      waitReadable(ws, server);
      expect(poll(server, 0)).toBe(POLLHUP);
      expect(poll(server)).toBe(POLLWRNORM | POLLHUP);
    });

    fact(ws, 'POL-16', "the peer's data and SD_SEND are POLLRDNORM and POLLHUP", (wine) => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'data!');
      ws.shutdown(client, SD_SEND);
      waitReadable(ws, server);
      if (wine) return;
      expect(poll(server, 0)).toBe(POLLHUP);
      expect(poll(server)).toBe(POLLWRNORM | POLLRDNORM | POLLHUP);
    });

    fact(ws, 'SHD-09', "the peer's SD_RECEIVE leaves POLLWRNORM alone", () => {
      const { client, server } = tcpPair(ws);
      ws.shutdown(client, SD_RECEIVE);
      expect(poll(server)).toBe(POLLWRNORM);
    });

    fact(ws, 'POL-17', "the peer's reset is POLLERR, POLLHUP and POLLWRNORM", () => {
      const { client, server } = tcpPair(ws);
      ws.setsockopt(client, SOL_SOCKET, SO_LINGER, Uint16Array.of(1, 0), 4);
      close(ws, client);
      waitReadable(ws, server);
      expect(poll(server)).toBe(POLLERR | POLLHUP | POLLWRNORM);
    });

    fact(ws, 'POL-18', 'a refused connect is POLLWRNORM, POLLHUP and POLLERR, and stays so', (wine) => {
      const s = nonBlocking(ws, tcpSocket(ws));
      ws.connect(s, address(deadPort(ws)), 16);
      waitExcept(ws, s);
      for (let i = 0; i < 2; i++) expect(poll(s)).toBe(wine ? POLLERR : POLLWRNORM | POLLHUP | POLLERR);
    });

    fact(ws, 'POL-19', 'so is a blocking connect that was refused', (wine) => {
      const s = tcpSocket(ws);
      expectError(ws, () => ws.connect(s, address(deadPort(ws)), 16), WSAECONNREFUSED);
      if (wine) return expect(poll(s, ALL, 0) & POLLWRNORM).toBe(0);
      expect(poll(s)).toBe(POLLWRNORM | POLLHUP | POLLERR);
    });

    fact(ws, 'POL-23', 'a socket that is not connected is not writable', () => {
      expect(poll(tcpSocket(ws), POLLWRNORM, 0) & POLLWRNORM).toBe(0);
    });

    fact(ws, 'POL-24', 'with the send buffer full it is not writable', () => {
      const { client } = tcpPair(ws);
      nonBlocking(ws, client);
      const block = new Uint8Array(1 << 20);
      while (ws.send(client, block, block.length, 0) !== -1);
      expect(poll(client, POLLWRNORM, 0)).toBe(0);
    });

    fact(ws, 'POL-25', 'the closing of another socket does not disturb it', async () => {
      const { client, server } = tcpPair(ws);
      const closing = inThread(
        ws,
        (ws, other) => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
          return ws.closesocket(other);
        },
        tcpSocket(ws),
      );
      await closing.started;
      const fds = pollfds([client, POLLIN]);
      const begin = performance.now();
      expectSuccess(ws, () => x.WSAPoll(fds, 1, 400), 0);
      expect(performance.now() - begin).toBeGreaterThan(380);
      expect((await closing.result).value).toBe(0);
      close(ws, server);
    });

    fact(ws, 'CLS-04', 'closing a socket that another thread polls gives it POLLNVAL', async () => {
      const { client } = tcpPair(ws);
      const fds = new Uint8Array(pollfds([client, POLLIN]).buffer);
      const polling = inThread(
        ws,
        (ws, fds) => {
          const count = (ws as unknown as Record<string, (...args: unknown[]) => number>).WSAPoll(
            fds,
            1,
            5000,
          );
          return [count, ...new Int16Array(fds.buffer).subarray(-3)];
        },
        fds,
      );
      await polling.started;
      await letBlock();
      close(ws, client);
      const [count, ...words] = (await polling.result).value;
      expect([count, words[width === 8 ? 0 : 2]]).toEqual([1, POLLNVAL]);
    });
  });
});
