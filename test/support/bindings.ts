import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { availableBindings, type BindingName, loadBinding } from '../../src/bindings/index.js';
import type { Winsock } from '../../src/ws2_32/index.js';
import { closeAll } from './sockets.js';
import { unsupportedOn } from './unsupported.js';
import { watch } from './watchdog.js';
import { wine } from './wine.js';
import { wineAnswer } from './wine-differs.js';

/** The bindings that this platform must have, or the ones that WINSOCK_TEST_BINDINGS names. */
export function expectedBindings(): BindingName[] {
  const narrowed = process.env.WINSOCK_TEST_BINDINGS;
  if (narrowed) return narrowed.split(',').map((name) => name.trim() as BindingName);
  return process.platform === 'win32' ? ['addon', 'koffi', 'net'] : ['net'];
}

export interface Options {
  /** Call WSAStartup before the first test and WSACleanup after the last. */
  readonly started?: boolean;
}

/** Runs a suite over every binding; one that should be here and is not is a failing test. */
export function forEachBinding(suite: (ws: Winsock) => void, { started = true }: Options = {}): void {
  for (const name of expectedBindings()) {
    const found = availableBindings().find((binding) => binding.name === name);
    if (!found?.available) {
      test(`${name}: can be loaded on ${process.platform}`, () => {
        throw new Error(found?.reason ?? `there is no binding called ${name}`);
      });
      continue;
    }
    const ws = loadBinding(name);
    beforeAll(() => {
      if (started) expect(ws.WSAStartup(0x0202, new Uint8Array(408))).toBe(0);
    });
    beforeEach(({ task }) => watch(task.name));
    afterEach(() => closeAll(ws));
    afterAll(() => {
      if (started) ws.WSACleanup();
    });
    suite(ws);
  }
}

/** `wine` is true where the answer to expect is Wine's own, as ./wine-differs.ts gives it. */
type Body = (wine: boolean) => void | Promise<void>;

/** One fact of how Windows behaves, by its id; `key` names it in the tables where the id is not enough. */
export function fact(ws: Winsock, id: string, title: string, body: Body, key: string = id): void {
  declare(ws, `${id} ${title}`, key, body);
}

/** A rule of the contract or of Microsoft's reference that has no fact id; `key` names it in the tables. */
export function rule(ws: Winsock, title: string, body: Body, key?: string): void {
  declare(ws, title, key, body);
}

function declare(ws: Winsock, title: string, key: string | undefined, body: Body): void {
  const missing = key === undefined ? undefined : unsupportedOn(ws.name, key);
  if (missing) {
    test.skip(`${ws.name}: ${title} [${ws.name} has no ${missing.feature}: ${missing.reason}]`);
    return;
  }
  const differs = wine && key !== undefined ? wineAnswer(ws.name, key) : undefined;
  const note = differs ? ` [Wine: ${differs.answer}; Windows by ${differs.source}]` : '';
  test(`${ws.name}: ${title}${note}`, () => body(differs !== undefined));
}
