import { describe, expect, test } from 'vitest';
import {
  _WSAIOW,
  FD_CLR,
  FD_ISSET,
  FD_SET,
  FD_ZERO,
  fd_set,
  HIBYTE,
  HIWORD,
  IOC_VENDOR,
  LOBYTE,
  LOWORD,
  MAKELONG,
  MAKEWORD,
  SIO_KEEPALIVE_VALS,
  SIO_UDP_CONNRESET,
  SOMAXCONN_HINT,
  timerclear,
  timercmp,
  timerisset,
  timeval,
  WSAGETSELECTERROR,
  WSAGETSELECTEVENT,
  WSAMAKESELECTREPLY,
} from '../../../src/ws2_32/index.js';

test('words and bytes are put together and taken apart', () => {
  expect(MAKEWORD(2, 2)).toBe(0x0202);
  expect(MAKEWORD(0x102, 0x203)).toBe(0x0302);
  expect([LOBYTE(0x0102), HIBYTE(0x0102)]).toEqual([2, 1]);
  expect(MAKELONG(0x8000, 0x8001)).toBe(0x80018000 | 0);
  expect([LOWORD(0x80018000 | 0), HIWORD(0x80018000 | 0)]).toEqual([0x8000, 0x8001]);
});

test('a message carries event and error', () => {
  const lParam = WSAMAKESELECTREPLY(32, 10054);
  expect(WSAGETSELECTEVENT(lParam)).toBe(32);
  expect(WSAGETSELECTERROR(lParam)).toBe(10054);
});

test('control codes are unsigned', () => {
  expect(_WSAIOW(IOC_VENDOR, 4)).toBe(SIO_KEEPALIVE_VALS);
  expect(_WSAIOW(IOC_VENDOR, 12)).toBe(SIO_UDP_CONNRESET);
  expect(SOMAXCONN_HINT(500)).toBe(-500);
});

test('timevals are compared and cleared', () => {
  const [short, long] = [new timeval(1, 999_999), new timeval(2, 0)];
  expect(timercmp(short, long, '<')).toBe(true);
  expect(timercmp(short, long, '>')).toBe(false);
  expect(timercmp(short, short, '==')).toBe(true);
  expect(timercmp(short, short, '<=')).toBe(true);
  expect(timercmp(short, long, '!=')).toBe(true);
  expect(timerisset(short)).toBe(true);
  timerclear(short);
  expect(timerisset(short)).toBe(false);
});

describe('fd_set', () => {
  test('adds once, in order, and removes', () => {
    const set = new fd_set();
    for (const s of [12, 8, 12, 4]) FD_SET(s, set);
    expect(set.fd_array).toEqual([12, 8, 4]);
    FD_CLR(8, set);
    FD_CLR(9999, set);
    expect([...set]).toEqual([12, 4]);
    expect([FD_ISSET(12, set), FD_ISSET(8, set)]).toEqual([1, 0]);
    FD_ZERO(set);
    expect(set.fd_count).toBe(0);
    expect(FD_ISSET(12, set)).toBe(0);
  });

  test('leaves out what there is no room for, silently', () => {
    const set = new fd_set();
    for (let s = 1; s <= 65; s++) FD_SET(s * 4, set);
    expect(set.fd_count).toBe(64);
    expect(FD_ISSET(65 * 4, set)).toBe(0);
    const larger = new fd_set(1000);
    for (let s = 1; s <= 1000; s++) FD_SET(s * 4, larger);
    expect(larger.fd_count).toBe(1000);
  });

  test.each([-1, -5, 2 ** 32 + 4, 0xfffffffc])('keeps the handle %d', (s) => {
    const set = new fd_set();
    FD_SET(s, set);
    FD_SET(s, set);
    expect(FD_ISSET(s, set)).toBe(1);
    expect(set.fd_array).toEqual([s]);
  });

  test('serves any memory, and stays inside it', () => {
    const memory = Buffer.alloc(8 + 2 * 8 + 5, 0xee);
    const set = new DataView(memory.buffer, memory.byteOffset, 8 + 2 * 8);
    FD_ZERO(set);
    for (const s of [4, 8, 12]) FD_SET(s, set);
    expect(set.getUint32(0, true)).toBe(2);
    expect(memory.subarray(24)).toEqual(Buffer.alloc(5, 0xee));
    set.setUint32(0, 0xffffffff, true);
    expect([FD_ISSET(8, set), FD_ISSET(12, set)]).toEqual([1, 0]);
  });
});
