import type { Winsock } from '../../../src/ws2_32/index.js';

export type Handler = (...args: never[]) => unknown;
export type Script = Record<string, Handler>;

export interface ScriptedWinsock {
  ws: Winsock;
  /** The names of the calls, in order; those in `quiet` left out. */
  calls: string[];
  /** The code that the next WSAGetLastError returns. */
  fail(code: number, value?: number): number;
}

const quiet = ['WSAGetLastError', 'htons', 'inet_addr', 'inet_ntoa'];

/** A Winsock of which every call is scripted: faults come where a test wants them, without a network. */
export function scriptedWinsock(script: Script): ScriptedWinsock {
  const calls: string[] = [];
  let lastError = 0;
  const plain: Script = {
    WSAStartup: () => 0,
    WSACleanup: () => 0,
    WSAGetLastError: () => lastError,
    htons: (n: number) => ((n & 0xff) << 8) | ((n >> 8) & 0xff),
    inet_addr: (text: string) => Buffer.from(text.split('.').map(Number)).readUInt32LE(0),
    inet_ntoa: (n: number) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24].join('.'),
    gethostname: (name: Buffer) => last(name.write('HERE\0'), 0),
    gethostbyname: () => ({ h_addr_list: [Uint8Array.of(127, 0, 0, 1)] }),
    socket: () => 100,
    bind: () => 0,
    listen: () => 0,
    ioctlsocket: () => 0,
    shutdown: () => 0,
    closesocket: () => 0,
  };
  const ws = new Proxy({} as Winsock, {
    get: (_, name: string) => {
      const handler = script[name] ?? plain[name];
      if (handler === undefined) throw new Error(`the script has no ${name}`);
      return (...args: never[]) => {
        if (!quiet.includes(name)) calls.push(name);
        return handler(...args);
      };
    },
  });
  const fail = (code: number, value = -1) => {
    lastError = code;
    return value;
  };
  return { ws, calls, fail };
}

/** A handler that answers once for each of the given steps, then fails the test. */
export function steps<A extends unknown[]>(
  name: string,
  ...answers: ((...args: A) => unknown)[]
): (...args: A) => unknown {
  return (...args) => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`${name} was called once more than the script says`);
    return answer(...args);
  };
}

/** Does what comes first, and is what comes last: C's comma operator. */
export function last<T>(...values: [...unknown[], T]): T {
  return values.at(-1) as T;
}

/** Fills an address buffer as `accept` and `recvfrom` do. */
export function writeAddress(addr: Buffer, ip: string, port: number): void {
  addr.writeUInt16LE(2, 0);
  addr.writeUInt16BE(port, 2);
  ip.split('.').forEach((part, i) => {
    addr[4 + i] = Number(part);
  });
}

/** The screen as one text: a new line is `\n`. */
export function textOf(): { text: () => string; line(t: string): void; append(t: string): void } {
  let text = '';
  return {
    text: () => text,
    line: (t) => {
      text += `\n${t}`;
    },
    append: (t) => {
      text += t;
    },
  };
}
