import { expect, test } from 'vitest';
import { AsyncFileSender } from '../../../src/io-models/index.js';
import { last, scriptedWinsock, steps } from './scripted-winsock.js';

const PACKET = 0x40000;

/** A `send` that takes what the answers say: a number of bytes, all, or nothing with an error. */
function sender(pieces: Iterable<Uint8Array>, ...answers: (number | 'all' | 'refused' | 'reset')[]) {
  const arrived: Buffer[] = [];
  const offered: number[] = [];
  const progress: number[] = [];
  const send = steps<[number, Uint8Array, number, number]>(
    'send',
    ...answers.map((answer) => (s: number, buf: Uint8Array, len: number, flags: number) => {
      expect([s, flags]).toEqual([7, 0]);
      offered.push(len);
      if (answer === 'refused') return t.fail(10035);
      if (answer === 'reset') return t.fail(10054);
      const n = answer === 'all' ? len : answer;
      return last(arrived.push(Buffer.from(buf.subarray(0, n))), n);
    }),
  );
  const t = scriptedWinsock({ send });
  const file = new AsyncFileSender(t.ws, pieces, (n) => progress.push(n));
  return { file, offered, progress, arrived: () => Buffer.concat(arrived).toString('latin1') };
}

const text = (value: string) => Buffer.from(value, 'latin1');

test('sends until it is refused, and goes on at the next FD_WRITE with the bytes that were refused', () => {
  const t = sender([text('one'), text('two'), text('three')], 'all', 'refused', 'refused', 'all', 'all');
  expect(t.file.write(7)).toBe(false);
  expect([t.arrived(), t.file.sent]).toEqual(['one', 3]);
  expect(t.file.write(7)).toBe(false);
  expect([t.arrived(), t.file.sent, t.file.done]).toEqual(['one', 3, false]);
  expect(t.file.write(7)).toBe(true);
  expect([t.arrived(), t.file.sent, t.file.done]).toEqual(['onetwothree', 11, true]);
  expect(t.progress).toEqual([3, 6, 11]);
});

test('of a short send only the rest is offered again', () => {
  const t = sender([text('abcdef')], 2, 'refused', 3, 'all');
  expect(t.file.write(7)).toBe(false);
  expect(t.file.write(7)).toBe(true);
  expect(t.offered).toEqual([6, 4, 4, 1]);
  expect(t.arrived()).toBe('abcdef');
});

test('a piece larger than a packet goes in packets', () => {
  const t = sender([Buffer.alloc(2 * PACKET + 1)], 'all', 'all', 'all');
  expect(t.file.write(7)).toBe(true);
  expect(t.offered).toEqual([PACKET, PACKET, 1]);
});

test('the next piece is read when the last is sent whole: they may share their memory', () => {
  const buffer = Buffer.alloc(3);
  const read: string[] = [];
  function* pieces() {
    for (const piece of ['abc', 'def', 'gh']) {
      read.push(piece);
      yield buffer.subarray(0, buffer.write(piece, 'latin1'));
    }
  }
  const t = sender(pieces(), 'all', 1, 'refused', 'all', 'all');
  t.file.write(7);
  expect(read).toEqual(['abc', 'def']);
  expect(t.file.write(7)).toBe(true);
  expect(t.arrived()).toBe('abcdefgh');
});

test('no byte is skipped or sent twice, however the sends are refused or cut short', () => {
  let seed = 1;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const whole = Buffer.from(Array.from({ length: 50_000 }, () => random(256)));
  const arrived: Buffer[] = [];
  const t = scriptedWinsock({
    send: (_s: number, buf: Uint8Array, len: number) => {
      if (random(3) === 0) return t.fail(10035);
      const n = random(2) === 0 ? len : 1 + random(len);
      return last(arrived.push(Buffer.from(buf.subarray(0, n))), n);
    },
  });
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length; ) {
    const size = random(900);
    pieces.push(whole.subarray(at, at + size));
    at += size;
  }
  const file = new AsyncFileSender(t.ws, pieces);
  while (!file.write(7));
  expect(Buffer.concat(arrived).equals(whole)).toBe(true);
  expect(file.sent).toBe(whole.length);
});

test('nothing to send, and pieces that are empty', () => {
  expect(sender([]).file.write(7)).toBe(true);
  expect(sender([text(''), text('')]).file.write(7)).toBe(true);
});

test('another error is thrown, and says how much was sent', () => {
  const t = sender([text('abc'), text('def')], 'all', 'reset');
  expect(() => t.file.write(7)).toThrowError(
    expect.objectContaining({ code: 'WSAECONNRESET', errno: 10054, syscall: 'send' }),
  );
  expect(t.file.sent).toBe(3);
});

test('close lets go of the source, once', () => {
  let released = 0;
  function* pieces() {
    try {
      yield text('abc');
      yield text('def');
    } finally {
      released++;
    }
  }
  const t = sender(pieces(), 'all', 'refused');
  t.file.write(7);
  t.file.close();
  t.file.close();
  expect(released).toBe(1);
});
