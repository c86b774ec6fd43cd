import type { Winsock } from '../../src/ws2_32/index.js';

const library = (path: string) => new URL(`../../lib/${path}`, import.meta.url).href;

/**
 * Arguments for node: a program in which `ws` is the binding and Winsock's names are there. `before` runs before
 * the binding is loaded.
 */
export function programFor(ws: Winsock, body: string, before = ''): string[] {
  const source = `
    import { loadBinding } from '${library('bindings/index.js')}';
    import * as winsock from '${library('ws2_32/index.js')}';
    const { fd_set, FD_SET, FD_ISSET, WSADATA } = winsock;
    ${before}
    const ws = loadBinding('${ws.name}');
    ${body}`;
  return ['--input-type=module', '--eval', source];
}
