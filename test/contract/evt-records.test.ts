import { expect } from 'vitest';
import {
  FD_ACCEPT,
  FD_CLOSE,
  FD_CONNECT,
  FD_OOB,
  FD_READ,
  FD_WRITE,
  FIONBIO,
  WSAEINVAL,
} from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { EventObserver } from '../support/events.js';
import { withFunctions } from '../support/extended.js';
import {
  accepted,
  connected,
  DEADLINE,
  expectError,
  expectSuccess,
  listener,
  nonBlocking,
  sendText,
  tcpPair,
  waitReadable,
} from '../support/sockets.js';

const INCOMING = FD_ACCEPT | FD_CLOSE | FD_CONNECT | FD_OOB | FD_READ;

forEachBinding((ws) => {
  const needs = [
    ...['WSAEventSelect', 'WSAEnumNetworkEvents', 'WSAWaitForMultipleEvents'],
    ...['WSACreateEvent', 'WSACloseEvent', 'WSAResetEvent', 'WSASetEvent'],
  ];
  withFunctions(ws, needs, (x) => {
    function observing(id: string, title: string, body: (o: EventObserver, wine: boolean) => void): void {
      fact(ws, id, title, (wine) => {
        const observer = new EventObserver(ws, x);
        try {
          body(observer, wine);
        } finally {
          observer.close();
        }
      });
    }

    observing(
      'EVT-10',
      'a select without FD_ACCEPT leaves an event signalled that FD_ACCEPT has set',
      (o) => {
        const { s, port } = listener(ws);
        o.select(s, FD_ACCEPT);
        connected(ws, port);
        expect(o.signalled(DEADLINE)).toBe(true);
        o.select(s, FD_READ);
        expect(o.signalled(0)).toBe(true);
      },
    );

    observing(
      'EVT-11',
      'the record of FD_ACCEPT survives a reset of the event and a select without it',
      (o) => {
        const { s, port } = listener(ws);
        o.select(s, FD_ACCEPT);
        connected(ws, port);
        expect(o.signalled(DEADLINE)).toBe(true);
        x.WSAResetEvent(o.event);
        o.select(s, FD_READ);
        expect(o.signalled(100)).toBe(false);
        o.select(s, FD_ACCEPT);
        expect(o.signalled(DEADLINE)).toBe(true);
        expect(o.enumerate().events).toBe(FD_ACCEPT);
      },
    );

    observing('EVT-45', 'a poll does not signal the event again', (o, wine) => {
      const { client, server } = tcpPair(ws);
      o.select(server, FD_READ);
      sendText(ws, client, 'data');
      expect(o.signalled(DEADLINE)).toBe(true);
      x.WSAResetEvent(o.event);
      waitReadable(ws, server);
      expect(o.signalled(100)).toBe(wine);
    });

    observing('EVT-59', 'WSAEnumNetworkEvents clears the record, and resets the event it is given', (o) => {
      const { client, server } = tcpPair(ws);
      o.select(server, INCOMING);
      sendText(ws, client, 'data');
      expect(o.signalled(DEADLINE)).toBe(true);
      const record = new Int32Array(11);
      expectSuccess(ws, () => x.WSAEnumNetworkEvents(server, 0, record));
      expect(record[0]).toBe(FD_READ);
      expect(o.signalled(0)).toBe(true);
      expect(o.enumerate().events).toBe(0);
      expect(o.signalled(0)).toBe(false);
    });

    observing('ACC-09', "an accepted socket has its listener's event and mask", (o) => {
      const { s, port } = listener(ws);
      o.select(s, FD_ACCEPT | FD_WRITE);
      connected(ws, port);
      expect(o.signalled(DEADLINE)).toBe(true);
      expect(o.enumerate().events).toBe(FD_ACCEPT);
      const server = accepted(ws, s);
      expect(o.signalled(DEADLINE)).toBe(true);
      const record = new Int32Array(11);
      expectSuccess(ws, () => x.WSAEnumNetworkEvents(server, o.event, record));
      expect(record[0]).toBe(FD_WRITE);
    });

    observing('IOC-10', 'FIONBIO 1 while events are selected succeeds', (o) => {
      const { client } = tcpPair(ws);
      o.select(client, FD_READ);
      expectSuccess(ws, () => ws.ioctlsocket(client, FIONBIO, Uint32Array.of(1)));
    });

    observing('IOC-11', 'FIONBIO 0 while events are selected is WSAEINVAL', (o) => {
      const { client } = tcpPair(ws);
      o.select(client, FD_READ);
      expectError(ws, () => ws.ioctlsocket(client, FIONBIO, Uint32Array.of(0)), WSAEINVAL);
      o.select(client, 0);
      nonBlocking(ws, client, 0);
    });

    observing('CLS-01', 'closesocket of an event object fails, and the event stays', (o) => {
      expect(ws.closesocket(o.event)).toBe(-1);
      x.WSASetEvent(o.event);
      expect(o.signalled(0)).toBe(true);
    });

    rule(ws, 'an event object is signalled until it is reset', () => {
      const event = x.WSACreateEvent();
      const wait = () => x.WSAWaitForMultipleEvents(1, [event], 0, 0, 0);
      expect(wait()).toBe(0x102);
      expect(x.WSASetEvent(event)).toBe(1);
      expect([wait(), wait()]).toEqual([0, 0]);
      expect(x.WSAResetEvent(event)).toBe(1);
      expect(wait()).toBe(0x102);
      expect(x.WSACloseEvent(event)).toBe(1);
    });

    rule(ws, 'a wait for several tells the first that is signalled, or waits for all', () => {
      const events = [x.WSACreateEvent(), x.WSACreateEvent(), x.WSACreateEvent()];
      const wait = (all: number) => x.WSAWaitForMultipleEvents(3, events, all, 20, 0);
      x.WSASetEvent(events[1]);
      expect([wait(0), wait(1)]).toEqual([1, 0x102]);
      for (const event of events) x.WSASetEvent(event);
      expect([wait(0), wait(1)]).toEqual([0, 0]);
      for (const event of events) x.WSACloseEvent(event);
    });
  });
});
