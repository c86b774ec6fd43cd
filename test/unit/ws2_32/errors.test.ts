import { expect, test } from 'vitest';
import {
  causesOf,
  describe as describeError,
  errorMessage,
  errorName,
  errorTable,
  type FunctionName,
  functionEntry,
  functions,
  WinsockError,
  WSAEADDRINUSE,
  WSANO_DATA,
} from '../../../src/ws2_32/index.js';

test('97 codes, each name and number once, each with a message', () => {
  expect(errorTable).toHaveLength(97);
  expect(new Set(errorTable.map(({ name }) => name)).size).toBe(97);
  expect(new Set(errorTable.map(({ number }) => number)).size).toBe(97);
  for (const { message } of errorTable) expect(message).toMatch(/^[A-Z].*\.$/);
});

test('every code that a program meets has its usual causes', () => {
  const bare = errorTable.filter(({ causes }) => causes.length === 0).map(({ name }) => name);
  for (const name of bare) expect(name).toMatch(/^WSA_QOS_/);
  for (const { causes } of errorTable) for (const { text } of causes) expect(text).toMatch(/\.$/);
});

test('an error is found by number and by any of its names', () => {
  for (const key of [10048, '10048', 'WSAEADDRINUSE', 'eaddrinuse'])
    expect(describeError(key)?.number).toBe(WSAEADDRINUSE);
  expect(describeError('HOST_NOT_FOUND')?.name).toBe('WSAHOST_NOT_FOUND');
  expect(describeError('WSANO_ADDRESS')?.number).toBe(WSANO_DATA);
  expect(describeError('E-NOTHING')).toBeUndefined();
  expect(describeError(1)).toBeUndefined();
});

test('names and messages of numbers, known and unknown', () => {
  expect(errorName(10054)).toBe('WSAECONNRESET');
  expect(errorMessage(10054)).toBe('An existing connection was forcibly closed by the remote host.');
  expect([errorName(0), errorName(424242)]).toEqual(['NO_ERROR', 'UNKNOWN']);
  expect(errorMessage(424242)).toContain('424242');
});

test('a cause fits the call that failed', () => {
  expect(causesOf(10022, 'select')[0].text).toContain('sleep');
  expect(causesOf(10022, 'selectAsync')[0].text).toContain('sleep');
  expect(causesOf(10013, 'bind')[0].text).toContain('excludedportrange');
  expect(causesOf(10022, 'nothing').every(({ calls }) => calls === undefined)).toBe(true);
});

test('WinsockError says what happened to what, and what to do', () => {
  const error = new WinsockError(10048, 'bind', '127.0.0.1:4096');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'WinsockError', code: 'WSAEADDRINUSE', errno: 10048, syscall: 'bind' });
  expect(error.message).toMatch(
    /^bind 127\.0\.0\.1:4096 failed with WSAEADDRINUSE \(10048\): Only one usage/,
  );
  expect(error.message).toContain('take another port');
  expect(new WinsockError(424242, 'recv').message).toBe(
    'recv failed with UNKNOWN (424242): Unknown error 424242.',
  );
});

test('the function table speaks of known codes only', () => {
  const known = new Set(errorTable.map(({ name }) => name));
  for (const name of Object.keys(functions) as FunctionName[])
    for (const error of functionEntry(name).errors) expect([...known], name).toContain(error);
});
