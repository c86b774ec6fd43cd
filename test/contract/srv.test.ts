import { expect } from 'vitest';
import {
  FIONREAD,
  MSG_OOB,
  MSG_PEEK,
  MSG_WAITALL,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDBUF,
  SOL_SOCKET,
  WSAECONNABORTED,
  WSAECONNRESET,
  WSAEFAULT,
  WSAENOTCONN,
  WSAENOTSOCK,
  WSAEOPNOTSUPP,
  WSAETIMEDOUT,
  WSAEWOULDBLOCK,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded, pattern } from '../support/memory.js';
import {
  address,
  close,
  closedSocket,
  errorAfterSuccess,
  expectError,
  expectSuccess,
  lastError,
  MARKER,
  nonBlocking,
  recvAll,
  recvText,
  sendText,
  tcpPair,
  tcpSocket,
  waitReadable,
  waitWritable,
} from '../support/sockets.js';
import { inThread } from '../support/threads.js';

forEachBinding((ws) => {
  const bytes = (n: number) => Buffer.alloc(n);

  rule(ws, 'send and recv on what is no socket are WSAENOTSOCK, before the buffer is looked at', () => {
    for (const s of [0, -1, 0xdeac, closedSocket(ws)]) {
      expectError(ws, () => ws.send(s, bytes(4), 4, 0), WSAENOTSOCK);
      expectError(ws, () => ws.recv(s, bytes(4), 4, 0), WSAENOTSOCK);
      expectError(ws, () => ws.recv(s, bytes(4), 400, 0), WSAENOTSOCK);
    }
  });

  rule(
    ws,
    'send and recv on a TCP socket that is not connected are WSAENOTCONN',
    (wine) => {
      const s = nonBlocking(ws, tcpSocket(ws));
      expectError(ws, () => ws.send(s, bytes(4), 4, 0), wine ? WSAECONNRESET : WSAENOTCONN);
      expectError(ws, () => ws.recv(s, bytes(4), 4, 0), WSAENOTCONN);
      ws.bind(s, address(0), 16);
      ws.listen(s, 1);
      expectError(ws, () => ws.send(s, bytes(4), 4, 0), wine ? WSAECONNRESET : WSAENOTCONN);
      expectError(ws, () => ws.recv(s, bytes(4), 4, 0), WSAENOTCONN);
    },
    'send before connected',
  );

  fact(ws, 'SRV-01', 'a non-blocking recv with nothing there is WSAEWOULDBLOCK', () => {
    const { client } = tcpPair(ws);
    nonBlocking(ws, client);
    expectError(ws, () => ws.recv(client, bytes(4), 4, 0), WSAEWOULDBLOCK);
  });

  rule(ws, 'send returns what it took and recv what came, both with last error 0', () => {
    const { client, server } = tcpPair(ws);
    expectSuccess(ws, () => ws.send(client, Buffer.from('hello'), 5, 0), 5);
    waitReadable(ws, server);
    const buffer = bytes(16);
    expectSuccess(ws, () => ws.recv(server, buffer, 16, 0), 5);
    expect(buffer.toString('latin1', 0, 6)).toBe('hello\0');
  });

  rule(ws, 'a length of 0 sends and receives nothing', () => {
    const { client, server } = tcpPair(ws);
    expectSuccess(ws, () => ws.send(client, bytes(4), 0, 0), 0);
    sendText(ws, client, 'x');
    waitReadable(ws, server);
    expectSuccess(ws, () => ws.recv(server, bytes(4), 0, 0), 0);
    expect(recvText(ws, server)).toBe('x');
  });

  fact(ws, 'SRV-02', 'a blocking send of 1 MiB returns 1 MiB while the peer reads', async () => {
    const { client, server } = tcpPair(ws);
    const reading = inThread(
      ws,
      (ws, s) => {
        const buffer = new Uint8Array(65536);
        let total = 0;
        for (let n = 1; n > 0; total += n) n = ws.recv(s, buffer, buffer.length, 0);
        return total;
      },
      server,
    );
    await reading.started;
    const block = pattern(1 << 20);
    expectSuccess(ws, () => ws.send(client, block, block.length, 0), block.length);
    close(ws, client);
    expect((await reading.result).value).toBe(1 << 20);
  });

  /** How many bytes each send took: the whole block, save on Wine, where it may be a part. */
  function sendUntilFull(client: number, block: Buffer, wine: boolean): number[] {
    nonBlocking(ws, client);
    const taken: number[] = [];
    for (;;) {
      ws.WSASetLastError(MARKER);
      const n = ws.send(client, block, block.length, 0);
      if (n === -1) return taken;
      expect({ n, error: errorAfterSuccess(ws) }).toEqual({ n: wine ? n : block.length, error: 0 });
      taken.push(n);
    }
  }

  fact(ws, 'SRV-04', 'a non-blocking send takes the whole buffer or is WSAEWOULDBLOCK', (wine) => {
    const { client } = tcpPair(ws);
    expect(sendUntilFull(client, pattern(5 << 20), wine).length).toBeGreaterThan(0);
    expect(lastError(ws)).toBe(WSAEWOULDBLOCK);
  });

  fact(ws, 'SRV-05', 'what send took arrives after closesocket, every byte', (wine) => {
    const { client, server } = tcpPair(ws);
    const block = pattern(5 << 20);
    const taken = sendUntilFull(client, block, wine);
    close(ws, client);
    const all = recvAll(ws, server);
    expect(all.equals(Buffer.concat(taken.map((n) => block.subarray(0, n))))).toBe(true);
  });

  rule(
    ws,
    'a full socket is writable again once the peer has read',
    (wine) => {
      const { client, server } = tcpPair(ws);
      const taken = sendUntilFull(client, pattern(1 << 20), wine).reduce((sum, n) => sum + n, 0);
      const buffer = bytes(1 << 20);
      for (let got = 0; got < taken; ) {
        waitReadable(ws, server);
        got += ws.recv(server, buffer, buffer.length, 0);
      }
      waitWritable(ws, client);
      expect(sendText(ws, client, 'again')).toBe(5);
      expect(recvText(ws, server)).toBe('again');
    },
    'partial sends',
  );

  rule(
    ws,
    'SO_RCVTIMEO ends a blocking recv with WSAETIMEDOUT',
    () => {
      const { client, server } = tcpPair(ws);
      expectSuccess(ws, () => ws.setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, Int32Array.of(100), 4));
      const begin = performance.now();
      expectError(ws, () => ws.recv(client, bytes(4), 4, 0), WSAETIMEDOUT);
      expect(performance.now() - begin).toBeGreaterThan(80);
      expect(performance.now() - begin).toBeLessThan(10_000);
      sendText(ws, server, 'late');
      expect(recvText(ws, client)).toBe('late');
    },
    'SO_RCVTIMEO',
  );

  fact(ws, 'SRV-13', 'recv with length -1 is WSAEFAULT', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'data');
    waitReadable(ws, server);
    expectError(ws, () => ws.recv(server, bytes(8), -1, 0), WSAEFAULT);
    expect(recvText(ws, server)).toBe('data');
  });

  rule(ws, 'send with length -1 is WSAEFAULT', () => {
    const { client } = tcpPair(ws);
    expectError(ws, () => ws.send(client, bytes(8), -1, 0), WSAEFAULT);
  });

  rule(ws, 'a length beyond the view is WSAEFAULT, writes nothing and consumes nothing', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'twelve bytes');
    waitReadable(ws, server);
    const { view, intact } = guarded(8, 0xcc);
    expectError(ws, () => ws.recv(server, view, 9, 0), WSAEFAULT);
    expect(view.every((byte) => byte === 0xcc)).toBe(true);
    intact();
    expectError(ws, () => ws.send(server, view, 9, 0), WSAEFAULT);
    expect(recvText(ws, server)).toBe('twelve bytes');
  });

  rule(ws, 'recv without a buffer is WSAEFAULT', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'x');
    waitReadable(ws, server);
    expectError(ws, () => ws.recv(server, null as never, 4, 0), WSAEFAULT);
    expectError(ws, () => ws.send(server, null as never, 4, 0), WSAEFAULT);
  });

  rule(ws, 'recv writes inside the view alone, at its offset', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'abcdef');
    waitReadable(ws, server);
    const { view, intact } = guarded(4, 0);
    expect(ws.recv(server, view, 4, 0)).toBe(4);
    expect(Buffer.from(view).toString()).toBe('abcd');
    intact();
    expect(recvText(ws, server)).toBe('ef');
  });

  rule(ws, 'every kind of view carries data both ways', () => {
    const { client, server } = tcpPair(ws);
    const memory = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    for (const make of [
      () => new DataView(memory),
      () => new Int32Array(memory),
      () => new Float64Array(memory),
      () => new Uint8ClampedArray(memory),
      () => new BigInt64Array(memory),
      () => Buffer.from(memory),
    ]) {
      expect(ws.send(client, make(), 8, 0)).toBe(8);
      waitReadable(ws, server);
      const into = new DataView(new ArrayBuffer(16), 4, 8);
      expect(ws.recv(server, into, 8, 0)).toBe(8);
      expect([...new Uint8Array(into.buffer)]).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]);
    }
  });

  rule(ws, 'memory shared with other threads serves as well', () => {
    const { client, server } = tcpPair(ws);
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    shared.set([9, 8, 7]);
    expect(ws.send(client, shared, 3, 0)).toBe(3);
    shared.fill(0);
    waitReadable(ws, server);
    expect(ws.recv(server, shared, 8, 0)).toBe(3);
    expect([...shared.subarray(0, 3)]).toEqual([9, 8, 7]);
  });

  fact(ws, 'SRV-15', 'a short buffer leaves the rest for the next recv', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'ab');
    expect(recvText(ws, server, 1)).toBe('a');
    expect(recvText(ws, server, 1)).toBe('b');
  });

  fact(ws, 'SRV-18', 'after the peer closed, recv gives the rest and then 0, again and again', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'rest');
    close(ws, client);
    expect(recvText(ws, server)).toBe('rest');
    waitReadable(ws, server);
    for (let i = 0; i < 3; i++) expectSuccess(ws, () => ws.recv(server, bytes(4), 4, 0), 0);
  });

  fact(ws, 'SRV-19', 'sendto on a connected stream does not look at the address', (wine) => {
    const { client, server } = tcpPair(ws);
    const garbage = Uint8Array.from([1, 2, 3]);
    const toGarbage = () => ws.sendto(client, Buffer.from('to'), 2, 0, garbage, 3);
    if (wine) return expectError(ws, toGarbage, WSAEFAULT);
    expectSuccess(ws, toGarbage, 2);
    expectSuccess(ws, () => ws.sendto(client, Buffer.from('!'), 1, 0, null, 0), 1);
    expect([...garbage]).toEqual([1, 2, 3]);
    let text = '';
    while (text.length < 3) text += recvText(ws, server);
    expect(text).toBe('to!');
  });

  fact(ws, 'SRV-20', 'recvfrom on a connected stream touches neither the address nor its length', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'data');
    waitReadable(ws, server);
    const from = new Uint8Array(16).fill(0xcc);
    const length = Uint32Array.of(0xc0ffee11);
    expectSuccess(ws, () => ws.recvfrom(server, bytes(8), 8, 0, from, length), 4);
    expect(from.every((byte) => byte === 0xcc)).toBe(true);
    expect(length[0]).toBe(0xc0ffee11);
  });

  fact(ws, 'SRV-21', 'recvfrom on a stream read in pieces never updates the address', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'abcdef');
    const from = new Uint8Array(16);
    const length = Int32Array.of(16);
    for (let i = 0; i < 3; i++) {
      waitReadable(ws, server);
      expect(ws.recvfrom(server, bytes(2), 2, 0, from, length)).toBe(2);
      expect([...from]).toEqual(Array(16).fill(0));
    }
  });

  fact(ws, 'SRV-26', 'MSG_PEEK shows the data and leaves it there', () => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'peek');
    waitReadable(ws, server);
    for (let i = 0; i < 2; i++) {
      const buffer = bytes(8);
      expectSuccess(ws, () => ws.recv(server, buffer, 8, MSG_PEEK), 4);
      expect(buffer.toString('latin1', 0, 4)).toBe('peek');
    }
    const count = Uint32Array.of(0);
    ws.ioctlsocket(server, FIONREAD, count);
    expect(count[0]).toBe(4);
    expect(recvText(ws, server)).toBe('peek');
  });

  fact(ws, 'SRV-27', 'MSG_WAITALL waits for all that was asked for', async (wine) => {
    const { client, server } = tcpPair(ws);
    sendText(ws, client, 'four');
    waitReadable(ws, server);
    const rest = inThread(
      ws,
      (ws, s) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
        return ws.send(s, new Uint8Array([33, 33]), 2, 0);
      },
      client,
    );
    await rest.started;
    const buffer = bytes(6);
    expectSuccess(ws, () => ws.recv(server, buffer, 6, MSG_WAITALL), wine ? 4 : 6);
    expect(buffer.toString('latin1', 0, wine ? 4 : 6)).toBe(wine ? 'four' : 'four!!');
    await rest.result;
  });

  rule(
    ws,
    'MSG_WAITALL gives what there is when the stream ends',
    () => {
      const { client, server } = tcpPair(ws);
      sendText(ws, client, 'end');
      close(ws, client);
      const buffer = bytes(6);
      expectSuccess(ws, () => ws.recv(server, buffer, 6, MSG_WAITALL), 3);
    },
    'MSG_WAITALL',
  );

  fact(ws, 'SRV-28', 'small buffers hold up neither a sender nor a receiver of 4,096 bytes', (wine) => {
    const { client, server } = tcpPair(ws);
    ws.setsockopt(client, SOL_SOCKET, SO_SNDBUF, Int32Array.of(0), 4);
    ws.setsockopt(server, SOL_SOCKET, SO_RCVBUF, Int32Array.of(1024), 4);
    for (const s of [client, server]) nonBlocking(ws, s);
    const sent = [...'abc'].map((letter) => ws.send(client, bytes(4096).fill(letter), 4096, 0));
    if (wine) return expect([sent.at(-1), lastError(ws)]).toEqual([-1, WSAEWOULDBLOCK]);
    expect(sent).toEqual([4096, 4096, 4096]);
    for (const letter of 'abc') {
      const buffer = bytes(4096);
      waitReadable(ws, server);
      expectSuccess(ws, () => ws.recv(server, buffer, 4096, 0), 4096);
      expect(buffer.equals(bytes(4096).fill(letter))).toBe(true);
    }
  });

  fact(
    ws,
    'SRV-29',
    'sending to a peer that closed: send succeeds, the recv after is WSAECONNABORTED',
    (wine) => {
      const { client, server } = tcpPair(ws);
      ws.shutdown(client, 1);
      close(ws, client);
      waitReadable(ws, server);
      expectSuccess(ws, () => ws.send(server, bytes(5), 5, 0), 5);
      if (wine) expectSuccess(ws, () => ws.recv(server, bytes(5), 5, 0), 0);
      else expectError(ws, () => ws.recv(server, bytes(5), 5, 0), WSAECONNABORTED);
    },
  );

  rule(ws, 'urgent data that a binding cannot send is WSAEOPNOTSUPP', () => {
    if (ws.name !== 'net') return;
    const { client } = tcpPair(ws);
    expectError(ws, () => ws.send(client, bytes(1), 1, MSG_OOB), WSAEOPNOTSUPP);
  });

  rule(ws, 'ten thousand messages of one byte arrive in order', () => {
    const { client, server } = tcpPair(ws);
    const sent = pattern(10_000);
    for (let i = 0; i < sent.length; i++) expect(ws.send(client, sent.subarray(i, i + 1), 1, 0)).toBe(1);
    close(ws, client);
    expect(recvAll(ws, server).equals(sent)).toBe(true);
  });
});
