import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CallRecord, jsonLine, TextScreen } from '../../../src/io-models/index.js';

const record: CallRecord = {
  dt: new Date('2026-01-02T03:04:05.678Z'),
  ip: '10.0.0.1',
  port: 80,
  size: 4,
  complete: true,
  body: Buffer.from('test'),
};

test('a record is one JSON line with the body in base64', () => {
  expect([...jsonLine(record)].join('')).toBe(
    '{"dt":"2026-01-02T03:04:05.678Z","ip":"10.0.0.1","port":80,"size":4,"complete":true,"body":"dGVzdA=="}\n',
  );
});

test('a body in several pieces gives the base64 of the whole', () => {
  const body = randomBytes(3_000_001);
  const line = JSON.parse([...jsonLine({ ...record, body })].join(''));
  expect(Buffer.from(line.body, 'base64').equals(body)).toBe(true);
});

test('a text screen ends a line when the next one begins', () => {
  let text = '';
  const screen = new TextScreen((t) => {
    text += t;
  });
  screen.line('one');
  screen.append('.');
  screen.line('two');
  screen.end();
  screen.end();
  expect(text).toBe('one.\ntwo\n');
});
