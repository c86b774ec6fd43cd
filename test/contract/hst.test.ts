import { hostname } from 'node:os';
import { expect } from 'vitest';
import { AF_INET, WSAEFAULT, WSAHOST_NOT_FOUND, WSANO_DATA } from '../../src/ws2_32/index.js';
import { fact, forEachBinding, rule } from '../support/bindings.js';
import { guarded } from '../support/memory.js';
import { expectError, expectSuccess, lastError, MARKER } from '../support/sockets.js';

forEachBinding((ws) => {
  function hostName(): string {
    const name = Buffer.alloc(256);
    expectSuccess(ws, () => ws.gethostname(name, 256));
    return name.toString('utf8', 0, name.indexOf(0));
  }

  rule(ws, 'gethostname gives a name with a NUL', () => {
    expect(hostName().length).toBeGreaterThan(0);
    if (process.platform !== 'win32') expect(hostName()).toBe(hostname());
  });

  fact(ws, 'HST-03', 'gethostname succeeds with exactly the length it needs', () => {
    const name = hostName();
    const { view, intact } = guarded(name.length + 1, 0xcc);
    expectSuccess(ws, () => ws.gethostname(view, view.length));
    expect(Buffer.from(view).toString()).toBe(`${name}\0`);
    intact();
  });

  rule(ws, 'gethostname with one byte less is WSAEFAULT and writes nothing', () => {
    const { view, intact } = guarded(hostName().length, 0xcc);
    expectError(ws, () => ws.gethostname(view, view.length), WSAEFAULT);
    expect(view.every((byte) => byte === 0xcc)).toBe(true);
    intact();
  });

  rule(ws, 'gethostname without a buffer, or with length 0 or -1, is WSAEFAULT', () => {
    expectError(ws, () => ws.gethostname(null as never, 256), WSAEFAULT);
    expectError(ws, () => ws.gethostname(Buffer.alloc(8), 0), WSAEFAULT);
    expectError(ws, () => ws.gethostname(Buffer.alloc(8), -1), WSAEFAULT);
  });

  rule(ws, 'gethostname with a length beyond the view writes no byte beyond it', () => {
    const { view, intact } = guarded(1, 0xcc);
    expectError(ws, () => ws.gethostname(view, 256), WSAEFAULT);
    intact();
  });

  fact(ws, 'HST-04', 'gethostbyname knows what gethostname gives', () => {
    const host = ws.gethostbyname(hostName());
    expect(host).not.toBeNull();
    expect([host!.h_addrtype, host!.h_length]).toEqual([AF_INET, 4]);
    expect(host!.h_addr_list.length).toBeGreaterThan(0);
    expect(host!.h_addr_list.every((address) => address.length === 4)).toBe(true);
  });

  fact(ws, 'HST-06', 'gethostbyname("localhost") is 127.0.0.1 first', () => {
    ws.WSASetLastError(MARKER);
    const host = ws.gethostbyname('localhost');
    expect([...host!.h_addr_list[0]]).toEqual([127, 0, 0, 1]);
    expect(typeof host!.h_name).toBe('string');
    expect(Array.isArray(host!.h_aliases)).toBe(true);
  });

  rule(ws, 'gethostbyname of an address in text gives that address', () => {
    const host = ws.gethostbyname('10.20.30.40');
    expect([...host!.h_addr_list[0]]).toEqual([10, 20, 30, 40]);
  });

  rule(
    ws,
    'gethostbyname("") and gethostbyname(NULL) are the local machine',
    () => {
      for (const name of ['', null]) {
        const host = ws.gethostbyname(name as string);
        expect([name, host?.h_length]).toEqual([name, 4]);
      }
    },
    'gethostbyname of no name',
  );

  rule(
    ws,
    'a name that does not exist is NULL with WSAHOST_NOT_FOUND',
    () => {
      ws.WSASetLastError(MARKER);
      expect(ws.gethostbyname('no-such-host.invalid')).toBeNull();
      expect([WSAHOST_NOT_FOUND, WSANO_DATA]).toContain(lastError(ws));
    },
    'name server',
  );

  rule(ws, 'each result is its own: a second call does not change the first', () => {
    const first = ws.gethostbyname('10.20.30.40');
    ws.gethostbyname('50.60.70.80');
    expect([...first!.h_addr_list[0]]).toEqual([10, 20, 30, 40]);
  });
});
