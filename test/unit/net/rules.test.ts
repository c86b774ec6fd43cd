import { describe, expect, it } from 'vitest';
import { addressFrom } from '../../../src/bindings/net/address.js';
import * as L from '../../../src/bindings/net/arena/layout.js';
import { bindConflict, type Claim } from '../../../src/bindings/net/rules/bind.js';
import { standingEvents } from '../../../src/bindings/net/rules/network-events.js';
import { initialOptions, optionRule, readingOf } from '../../../src/bindings/net/rules/options.js';
import { pollEvents } from '../../../src/bindings/net/rules/poll.js';
import { isExceptional, isReadable, isWritable } from '../../../src/bindings/net/rules/readiness.js';
import { socketKind } from '../../../src/bindings/net/rules/socket.js';
import { receiveRefusal, sendRefusal, streamEnd } from '../../../src/bindings/net/rules/transfer.js';
import { negotiate } from '../../../src/bindings/net/rules/version.js';

const STREAM = 1;

/** The words of one socket, as the rules see it: no network, no threads. */
function words(set: Record<number, number> = {}): Int32Array {
  const control = new Int32Array(L.SLOT_WORDS);
  control[L.S_TYPE] = STREAM;
  initialOptions(control, L.S_OPTIONS, STREAM);
  for (const [word, value] of Object.entries(set)) control[Number(word)] = value;
  return control;
}

const connected = (facts = 0, mode = 0, queued = 0): Int32Array =>
  words({
    [L.S_STATE]: L.STATE_CONNECTED,
    [L.S_FACTS]: facts,
    [L.S_MODE]: mode,
    [L.S_RECEIVE_QUEUE + L.Q_IN]: queued,
  });

describe('what a state means', () => {
  it.each([
    ['a fresh socket', words({ [L.S_STATE]: L.STATE_OPEN }), false, false, false],
    ['connected', connected(), false, true, false],
    ['with data', connected(0, 0, 5), true, true, false],
    ['after the peer ended', connected(L.FACT_END), true, true, false],
    ['after a reset', connected(L.FACT_RESET), true, true, false],
    ['listening', words({ [L.S_STATE]: L.STATE_LISTENING }), false, false, false],
    [
      'listening, one waits',
      words({ [L.S_STATE]: L.STATE_LISTENING, [L.S_ACCEPT_COUNT]: 1 }),
      true,
      false,
      false,
    ],
    [
      'a failed connect',
      words({ [L.S_STATE]: L.STATE_OPEN, [L.S_FACTS]: L.FACT_CONNECT_FAILED }),
      false,
      false,
      true,
    ],
  ])('select: %s', (_, control, readable, writable, exceptional) => {
    expect([isReadable(control, 0), isWritable(control, 0), isExceptional(control, 0)]).toEqual([
      readable,
      writable,
      exceptional,
    ]);
  });

  it.each([
    ['a fresh socket', words({ [L.S_STATE]: L.STATE_OPEN }), 10057, 10057],
    ['connected', connected(), 0, 0],
    ['after SD_SEND', connected(0, L.MODE_SHUT_SEND), 10058, 0],
    ['after SD_RECEIVE', connected(0, L.MODE_SHUT_RECEIVE), 0, 10058],
    ['after a reset', connected(L.FACT_RESET), 10054, 0],
  ])('transfer: %s', (_, control, sending, receiving) => {
    expect([sendRefusal(control, 0, 0, false), receiveRefusal(control, 0, 0)]).toEqual([sending, receiving]);
  });

  it('a stream ends with 0, or with the code of what broke it', () => {
    expect(
      [0, L.FACT_END, L.FACT_RESET, L.FACT_ABORTED].map((facts) => streamEnd(connected(facts), 0)),
    ).toEqual([undefined, 0, 10054, 10053]);
  });

  it.each([
    ['connected', connected(), 0x310, 0x10],
    ['data', connected(0, 0, 1), 0x310, 0x110],
    ['ended (POL-15)', connected(L.FACT_END), 0, 0x2],
    ['ended with data (POL-16)', connected(L.FACT_END, 0, 1), 0x310, 0x112],
    ['reset (POL-17)', connected(L.FACT_RESET), 0x310, 0x13],
    [
      'refused (POL-18)',
      words({ [L.S_STATE]: L.STATE_OPEN, [L.S_FACTS]: L.FACT_CONNECT_FAILED }),
      0x310,
      0x13,
    ],
  ])('WSAPoll: %s', (_, control, asked, revents) => {
    expect(pollEvents(control, 0, asked)).toBe(revents);
  });

  it('the end of a stream is FD_CLOSE, not FD_READ (EVT-55)', () => {
    expect(standingEvents(connected(L.FACT_END), 0)).toBe(0x20 | 0x02);
    expect(standingEvents(connected(0, 0, 3), 0)).toBe(0x01 | 0x02);
  });
});

describe('bind beside another socket', () => {
  const claim = (host: string, more: Partial<Claim> = {}): Claim => ({
    address: addressFrom(host, 4096),
    protocol: 6,
    v6only: true,
    reuse: false,
    exclusive: false,
    ...more,
  });
  it.each([
    ['BND-07', claim('127.0.0.1'), claim('127.0.0.1'), 10048],
    ['BND-12', claim('127.0.0.1'), claim('127.0.0.1', { reuse: true }), 10013],
    ['BND-26', claim('0.0.0.0', { exclusive: true }), claim('127.0.0.1', { exclusive: true }), 10013],
    ['BND-29', claim('127.0.0.1'), claim('::', { v6only: false, exclusive: true }), 10048],
    ['BND-32', claim('::', { v6only: false, exclusive: true }), claim('0.0.0.0'), 10013],
    ['BND-33', claim('::', { v6only: false }), claim('0.0.0.0', { exclusive: true }), 0],
    ['two protocols', claim('127.0.0.1'), claim('127.0.0.1', { protocol: 17 }), 0],
    ['two families', claim('0.0.0.0'), claim('::'), 0],
  ])('%s', (_, first, second, code) => {
    expect(bindConflict(first, second)).toBe(code);
  });
});

describe('small tables', () => {
  it('STA-06, STA-07: versions', () => {
    const versions = [0x0002, 0x0102, 0x0202, 0x0302, 0xff02, 0x0003, 0x0101];
    expect(versions.map((asked) => negotiate(asked).version)).toEqual([
      2, 0x102, 0x202, 0x202, 0x202, 0x202, 0x101,
    ]);
    expect(negotiate(0).error).toBe(10092);
  });

  it('SOC-02 to SOC-18: the first check that fails gives the code', () => {
    const codes = [
      [2, 0xdead, 6],
      [2, 1, 0xdead],
      [0xdead, 0xdead, 6],
      [0xdead, 1, 0xdead],
      [2, 1, 17],
      [0, 1, 0],
    ].map(([af, type, protocol]) => socketKind(af, type, protocol));
    expect(codes).toEqual([10044, 10043, 10044, 10047, 10043, 10022]);
  });

  it('OPT-19, OPT-20: lengths of flags', () => {
    const reuse = optionRule(0xffff, 4)!;
    const nodelay = optionRule(6, 1)!;
    expect([1, 2, 4, 8].map((length) => readingOf(reuse.rule, length).length)).toEqual([1, 1, 4, 4]);
    expect([1, 2, 4].map((length) => readingOf(nodelay.rule, length).bytes)).toEqual([1, 1, 1]);
  });
});
