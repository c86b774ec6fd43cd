import { expect } from 'vitest';
import {
  FD_READ,
  POLLRDNORM,
  WSA_INVALID_HANDLE,
  WSA_INVALID_PARAMETER,
  WSA_WAIT_FAILED,
  WSA_WAIT_TIMEOUT,
  WSAEFAULT,
  WSAEINVAL,
  WSAENOTSOCK,
  type WSAEVENT,
} from '../../src/ws2_32/index.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { guarded } from '../support/memory.js';
import { closedSocket, expectError, lastError, sendText, tcpPair } from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';

const needs = [
  ...['WSACreateEvent', 'WSACloseEvent', 'WSASetEvent', 'WSAResetEvent', 'WSAEnumNetworkEvents'],
  ...['WSAWaitForMultipleEvents', 'WSAWaitForMultipleEventsAsync', 'WSAPoll', 'WSAPollAsync'],
];

/** A socket's WSAPOLLFD, where pointers take 8 bytes. */
function pollfd(s: number, events: number): DataView {
  const view = new DataView(new ArrayBuffer(16));
  view.setBigInt64(0, BigInt(s), true);
  view.setInt16(8, events, true);
  return view;
}

forEachBinding((ws) => {
  withFunctions(ws, needs, (x) => {
    function event(): WSAEVENT {
      const made = x.WSACreateEvent();
      expect(made).not.toBe(0);
      return made;
    }

    // Windows gives the number of a closed handle to the next one, which may be another thread's.
    function closedEvent(): WSAEVENT {
      const closed = event();
      expect(x.WSACloseEvent(closed)).toBe(1);
      return ws.name === 'net' ? closed : 0x7fff_0000;
    }

    rule(ws, 'a closed event is WSA_INVALID_HANDLE', async () => {
      const closed = closedEvent();
      for (const name of ['WSASetEvent', 'WSAResetEvent', 'WSACloseEvent']) {
        expect(x[name](closed)).toBe(0);
        expect(lastError(ws)).toBe(WSA_INVALID_HANDLE);
      }
      expect(x.WSAWaitForMultipleEvents(1, [closed], 0, 0, 0)).toBe(WSA_WAIT_FAILED);
      expect(lastError(ws)).toBe(WSA_INVALID_HANDLE);
      expect(await x.WSAWaitForMultipleEventsAsync(1, [closed], 0, 0, 0)).toBe(WSA_WAIT_FAILED);
      expect(lastError(ws)).toBe(WSA_INVALID_HANDLE);
    });

    rule(ws, 'no events, more than 64 or fewer than said are WSA_INVALID_PARAMETER', async () => {
      const set = event();
      x.WSASetEvent(set);
      const wrong: [count: number, events: unknown][] = [
        [0, [set]],
        [65, Array.from({ length: 65 }, () => set)],
        [2, [set]],
        [1, null],
        [1, new Uint8Array(7)],
      ];
      for (const [count, events] of wrong) {
        expect(x.WSAWaitForMultipleEvents(count, events, 0, 0, 0)).toBe(WSA_WAIT_FAILED);
        expect(lastError(ws)).toBe(WSA_INVALID_PARAMETER);
        expect(await x.WSAWaitForMultipleEventsAsync(count, events, 0, 0, 0)).toBe(WSA_WAIT_FAILED);
        expect(lastError(ws)).toBe(WSA_INVALID_PARAMETER);
      }
      x.WSACloseEvent(set);
    });

    rule(ws, 'events are an array of numbers or memory with 8 bytes for each', () => {
      const events = [event(), event()];
      x.WSASetEvent(events[1]);
      const memory = BigInt64Array.from(events, BigInt);
      expect(x.WSAWaitForMultipleEvents(2, memory, 0, 1000, 0)).toBe(1);
      expect(x.WSAWaitForMultipleEvents(2, new DataView(memory.buffer), 0, 1000, 0)).toBe(1);
      expect(x.WSAWaitForMultipleEvents(1, memory.subarray(1), 0, 1000, 0)).toBe(0);
      expect(() => x.WSAWaitForMultipleEvents(1, ['1'], 0, 0, 0)).toThrow(/lphEvents must be an array of/);
      for (const each of events) x.WSACloseEvent(each);
    });

    rule(ws, 'a wait is as long as it is said to be, alertable or not', () => {
      const events = [event()];
      for (const alertable of [0, 1]) {
        for (const ms of [0, 20, 250]) {
          const begin = performance.now();
          expect(x.WSAWaitForMultipleEvents(1, events, 0, ms, alertable)).toBe(WSA_WAIT_TIMEOUT);
          const took = performance.now() - begin;
          expect(took).toBeGreaterThan(ms - 2);
          expect(took).toBeLessThan(ms + 5000);
        }
      }
      x.WSACloseEvent(events[0]);
    });

    rule(ws, 'an event that another thread sets ends a wait', async () => {
      const waited = event();
      const waiting = inThread(
        ws,
        (ws, event) => {
          const x = ws as unknown as Record<string, (...args: unknown[]) => number>;
          return x.WSAWaitForMultipleEvents(1, [event], 0, 0xffffffff, 1);
        },
        waited,
      );
      await waiting.started;
      await letBlock();
      x.WSASetEvent(waited);
      expect((await waiting.result).value).toBe(0);
      x.WSACloseEvent(waited);
    });

    rule(ws, 'the Async wait leaves the event loop running, and resolves as the wait returns', async () => {
      const events = [event(), event()];
      let turns = 0;
      const timer = setInterval(() => turns++, 5);
      const waiting = x.WSAWaitForMultipleEventsAsync(2, events, 0, 0xffffffff, 0);
      await letBlock();
      x.WSASetEvent(events[1]);
      expect(await waiting).toBe(1);
      clearInterval(timer);
      expect(turns).toBeGreaterThan(3);
      expect(await x.WSAWaitForMultipleEventsAsync(2, events, 1, 120, 0)).toBe(WSA_WAIT_TIMEOUT);
      for (const each of events) x.WSACloseEvent(each);
    });

    for (const name of ['WSAWaitForMultipleEvents', 'WSAPoll']) {
      rule(ws, `a thread that waits in ${name} can be terminated`, async () => {
        const { client } = tcpPair(ws);
        const waited = event();
        const thread = inThread(
          ws,
          (ws, name, event, fds) => {
            const x = ws as unknown as Record<string, (...args: unknown[]) => number>;
            return name === 'WSAPoll' ? x[name](fds, 1, -1) : x[name](1, [event], 0, 0xffffffff, 1);
          },
          name,
          waited,
          new Uint8Array(pollfd(client, POLLRDNORM).buffer),
        );
        await thread.started;
        await letBlock();
        const begin = performance.now();
        await thread.worker.terminate();
        expect(performance.now() - begin).toBeLessThan(10_000);
        x.WSACloseEvent(waited);
      });
    }

    rule(ws, 'WSAPollAsync leaves the event loop running, and writes revents alone', async () => {
      const { client, server } = tcpPair(ws);
      const fds = pollfd(server, POLLRDNORM);
      const waiting = x.WSAPollAsync(fds, 1, 10_000);
      await letBlock();
      fds.setBigInt64(0, 0n, true);
      sendText(ws, client, 'x');
      expect(await waiting).toBe(1);
      expect([fds.getBigInt64(0, true), fds.getInt16(8, true)]).toEqual([0n, POLLRDNORM]);
      expect(fds.getInt16(10, true)).toBe(POLLRDNORM);
      expect(await x.WSAPollAsync(pollfd(client, POLLRDNORM), 1, 120)).toBe(0);
    });

    rule(ws, 'WSAPollAsync fails as WSAPoll does', async () => {
      const codes = [];
      for (const [fds, count] of [
        [null, 0],
        [null, 1],
        [new Uint8Array(15), 1],
        [pollfd(closedSocket(ws), POLLRDNORM), 1],
      ]) {
        expect(await x.WSAPollAsync(fds, count, 0)).toBe(-1);
        codes.push(lastError(ws));
        expectError(ws, () => x.WSAPoll(fds, count, 0), codes.at(-1)!);
      }
      expect(codes).toEqual([WSAEINVAL, WSAEFAULT, WSAEFAULT, WSAENOTSOCK]);
    });

    rule(ws, 'the record of events is 44 bytes: a shorter view is WSAEFAULT, nothing else is written', () => {
      const { client } = tcpPair(ws);
      const short = guarded(43);
      expectError(ws, () => x.WSAEnumNetworkEvents(client, 0, short.view), WSAEFAULT);
      expectError(ws, () => x.WSAEnumNetworkEvents(client, 0, null), WSAEFAULT);
      expectError(ws, () => x.WSAEnumNetworkEvents(closedSocket(ws), 0, null), WSAENOTSOCK);
      const whole = guarded(44);
      expect(x.WSAEnumNetworkEvents(client, 0, whole.view)).toBe(0);
      short.intact();
      whole.intact();
    });

    rule(ws, 'selecting with an event that is closed is WSAEINVAL', () => {
      const { client } = tcpPair(ws);
      expectError(ws, () => x.WSAEventSelect(client, closedEvent(), FD_READ), WSAEINVAL);
    });
  });
});
