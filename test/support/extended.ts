import { test } from 'vitest';
import type { Winsock } from '../../src/ws2_32/index.js';

/** Functions that not every binding has yet, by name. */
export type Extended = Readonly<Record<string, (...args: unknown[]) => number>>;

/** Runs the tests of some functions where the binding has them; names those it lacks where not. */
export function withFunctions(ws: Winsock, names: readonly string[], suite: (x: Extended) => void): void {
  const functions = ws as unknown as Extended;
  const missing = names.filter((name) => typeof functions[name] !== 'function');
  if (missing.length === 0) suite(functions);
  else test.skip(`${ws.name}: ${names.join(', ')} [${ws.name} has no ${missing.join(', ')}]`);
}
