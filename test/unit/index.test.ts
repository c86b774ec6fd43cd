import { describe, expect, test } from 'vitest';
import * as winsock from '../../src/index.js';

describe('what winsock exports', () => {
  test('every function of the interface', () => {
    const missing = winsock.implementedFunctions.filter(
      (name) => typeof Reflect.get(winsock, name) !== 'function',
    );
    expect(missing).toEqual([]);
  });

  test('a function finds its binding when it is called', () => {
    expect(winsock.htons(0x1234)).toBe(0x3412);
    expect(winsock.inet_addr('127.0.0.1')).toBe(0x0100007f);
    expect(() => winsock.htons('x' as never)).toThrow(TypeError);
  });

  test('the choice of a binding, the structs, the errors and the classes', () => {
    for (const name of [
      'loadBinding',
      'availableBindings',
      'fd_set',
      'WinsockError',
      'SelectPollingServer',
      'WinsockClient',
    ])
      expect(winsock).toHaveProperty(name, expect.any(Function));
  });
});
