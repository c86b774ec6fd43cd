import { expect } from 'vitest';
import { functionEntry, implementedFunctions } from '../../src/ws2_32/functions.js';
import { type Winsock, WSANOTINITIALISED } from '../../src/ws2_32/index.js';
import { type AnyFunction, anyArguments, wrongArguments } from '../support/arguments.js';
import { forEachBinding, rule } from '../support/bindings.js';

const shown = (value: unknown) =>
  value instanceof ArrayBuffer
    ? 'ArrayBuffer'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

forEachBinding(
  (ws) => {
    for (const name of implementedFunctions) {
      const call = ws[name as keyof Winsock] as unknown as AnyFunction;
      functionEntry(name).params.forEach((parameter, i) => {
        rule(
          ws,
          `${name}: the wrong kind of ${parameter.name} throws TypeError, before Winsock is started`,
          () => {
            for (const wrong of wrongArguments(parameter)) {
              const args = anyArguments(name);
              args[i] = wrong;
              let thrown: unknown;
              try {
                call(...args);
              } catch (error) {
                thrown = error;
              }
              expect(thrown, `${name}(${parameter.name} = ${shown(wrong)})`).toBeInstanceOf(TypeError);
              expect((thrown as TypeError).message).toContain(name);
              expect((thrown as TypeError).message).toContain(parameter.name);
            }
          },
        );
      });

      if (functionEntry(name).params.length > 0) {
        rule(ws, `${name}() without arguments throws TypeError`, () => {
          expect(() => call()).toThrow(TypeError);
        });
      }
    }

    rule(ws, 'numbers convert as C would', () => {
      expect(ws.htons(65536 + 7)).toBe(ws.htons(7));
      expect(ws.htons(1.9)).toBe(ws.htons(1));
      expect(ws.htons(Number.NaN)).toBe(0);
      expect(ws.htonl(Number.POSITIVE_INFINITY)).toBe(0);
    });

    rule(ws, 'a handle may be any number', () => {
      for (const s of [Number.NaN, 1.5, -1, 2 ** 53, Number.POSITIVE_INFINITY, -0]) {
        expect(ws.closesocket(s)).toBe(-1);
        expect(ws.WSAGetLastError()).toBe(WSANOTINITIALISED);
      }
    });
  },
  { started: false },
);
