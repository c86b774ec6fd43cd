import { describe, expect, test } from 'vitest';
import * as newer from '../../../src/ws2_32/constants/newer.js';
import * as constants from '../../../src/ws2_32/constants.js';
import * as codes from '../../../src/ws2_32/errors/codes.js';
import { GUID } from '../../../src/ws2_32/structs.js';
import { assertion, complaints, expanded, missing, needsCompiler } from './compiler.js';

const all: Record<string, unknown> = { ...constants, ...codes };
// Not in mingw-w64 10 either; the numbers are Microsoft's "Windows Sockets Error Codes" and mswsock.h.
const alsoNewer = ['WSA_SECURE_HOST_NOT_FOUND', 'WSA_IPSEC_NAME_POLICY_ERROR', 'WSAID_MULTIPLE_RIO'];
const isNewer = (name: string) => name in newer || alsoNewer.includes(name);

function ofNumber(name: string, value: number): string[] {
  // C's INVALID_SOCKET is all ones of an unsigned type, which has no place in a signed one.
  const actual = name === 'INVALID_SOCKET' ? '(long long)(intptr_t)INVALID_SOCKET' : `(long long)(${name})`;
  const line = assertion(`${actual} == ${value}LL`, `${name} is not ${value}`);
  // What the headers do not have can only be checked by a newer version of them.
  return isNewer(name) ? [`#ifdef ${name}`, line, '#endif'] : [line];
}

function fieldsOf(guid: GUID): number[] {
  return [guid.Data1, guid.Data2, guid.Data3, ...guid.Data4];
}

describe.skipIf(missing)(needsCompiler("constants as mingw-w64's headers have them"), () => {
  test('numbers', () => {
    const numbers = Object.entries(all).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    );
    expect(numbers.length).toBeGreaterThan(520);
    expect(complaints(numbers.flatMap(([name, value]) => ofNumber(name, value)))).toEqual([]);
  });

  test('identifiers of extension functions', () => {
    const guids = Object.entries(all).filter((entry): entry is [string, GUID] => entry[1] instanceof GUID);
    const known = guids.filter(([name]) => !isNewer(name));
    const texts = expanded(known.map(([name]) => name));
    expect(known).toHaveLength(9);
    expect(texts.map((text) => text.match(/0x[\da-f]+/gi)?.map(Number))).toEqual(
      known.map(([, guid]) => fieldsOf(guid)),
    );
  });

  test('a wrong value is found', () => {
    expect(complaints(ofNumber('AF_INET', 3))).toHaveLength(1);
  });
});

test('the constants that only newer headers have stand in the list of those', () => {
  expect(Object.keys(newer)).toContain('TCP_KEEPCNT');
  for (const name of Object.keys(newer)) expect(all).toHaveProperty(name);
});
