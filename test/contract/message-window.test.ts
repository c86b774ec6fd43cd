import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { expect } from 'vitest';
import {
  FD_ACCEPT,
  FD_CLOSE,
  FD_READ,
  FD_WRITE,
  type HWND,
  type MessageWindow,
  SOCKET_ERROR,
  WSAEINVAL,
  WSAENOTSOCK,
  WSAGETSELECTEVENT,
} from '../../src/ws2_32/index.js';
import { forEachBinding, rule } from '../support/bindings.js';
import { withFunctions } from '../support/extended.js';
import { programFor } from '../support/programs.js';
import { close, expectError, lastError, listener, sendText, tcpPair, track } from '../support/sockets.js';
import { inThread, letBlock } from '../support/threads.js';

const WM_USER = 0x0400;
const WM_QUIT = 0x0012;
const ERROR_INVALID_WINDOW_HANDLE = 1400;

type Procedure = (hwnd: HWND, message: number, wParam: number, lParam: number) => void;
type Numbers = [hwnd: HWND, message: number, wParam: number, lParam: number];

/** A window whose messages can be waited for. */
class Inbox {
  readonly window: MessageWindow;
  readonly messages: Numbers[] = [];
  private wake: () => void = () => {};

  constructor(create: (proc: Procedure) => MessageWindow, react: Procedure = () => {}) {
    this.window = create((...message) => {
      this.messages.push(message);
      this.wake();
      react(...message);
    });
  }

  async until(count: number): Promise<Numbers[]> {
    while (this.messages.length < count) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.messages;
  }
}

forEachBinding((ws) => {
  withFunctions(ws, ['createMessageWindow', 'PostMessage', 'WSAAsyncSelect'], (x) => {
    const create = x.createMessageWindow as unknown as (proc: Procedure) => MessageWindow;

    rule(ws, 'messages come in order, with the numbers that were posted', async () => {
      const inbox = new Inbox(create);
      const { hwnd } = inbox.window;
      const posted: Numbers[] = [
        [hwnd, WM_USER, 0, 0],
        [hwnd, WM_USER + 1, 2 ** 40 + 1, -1],
        [hwnd, WM_QUIT, 1, 2 ** 40 + 3],
        ...Array.from({ length: 500 }, (_, i): Numbers => [hwnd, WM_USER + i, i, -i || 0]),
      ];
      for (const message of posted) expect(x.PostMessage(...message)).toBe(1);
      expect(inbox.messages).toEqual([]);
      expect(await inbox.until(posted.length)).toEqual(posted);
      inbox.window.close();
    });

    rule(ws, 'a window of another thread is posted to', async () => {
      const inbox = new Inbox(create);
      await inThread(
        ws,
        (ws, hwnd) => {
          const x = ws as unknown as Record<string, (...args: unknown[]) => number>;
          return x.PostMessage(hwnd, 0x400, 7, 8);
        },
        inbox.window.hwnd,
      ).result;
      expect(await inbox.until(1)).toEqual([[inbox.window.hwnd, WM_USER, 7, 8]]);
      inbox.window.close();
    });

    rule(ws, 'after close() nothing comes, and the window is none any more', async () => {
      const inbox = new Inbox(create);
      const { hwnd } = inbox.window;
      for (let i = 0; i < 100; i++) x.PostMessage(hwnd, WM_USER, i, 0);
      inbox.window.close();
      inbox.window.close();
      expect(x.PostMessage(hwnd, WM_USER, 0, 0)).toBe(0);
      expect(lastError(ws)).toBe(ERROR_INVALID_WINDOW_HANDLE);
      await letBlock();
      expect(inbox.messages).toEqual([]);
      expect(inbox.window.ref().unref()).toBe(inbox.window);
    });

    rule(ws, 'a message for a number that is no window is FALSE', () => {
      for (const hwnd of [0, 4242, -7]) expect(x.PostMessage(hwnd, WM_USER, 0, 0)).toBe(0);
    });

    rule(
      ws,
      'selecting for a number that is no window, or for a closed one, is WSAEINVAL',
      (wine) => {
        const { client } = tcpPair(ws);
        const { window } = new Inbox(create);
        window.close();
        for (const hwnd of [0, 4242, -7, window.hwnd]) {
          const select = () => x.WSAAsyncSelect(client, hwnd, WM_USER, FD_READ);
          if (wine) expect(select()).toBe(0);
          else expectError(ws, select, WSAEINVAL);
        }
      },
      'no such window',
    );

    rule(ws, 'a procedure may close its window', async () => {
      const inbox = new Inbox(create, () => inbox.window.close());
      for (let i = 0; i < 10; i++) x.PostMessage(inbox.window.hwnd, WM_USER, i, 0);
      await inbox.until(1);
      await letBlock();
      expect(inbox.messages).toHaveLength(1);
    });

    rule(ws, 'what a procedure throws is an uncaught exception, and the next message comes', async () => {
      const thread = inThread(ws, (ws) => {
        const x = ws as unknown as Record<string, (...args: unknown[]) => never>;
        const seen: unknown[] = [];
        process.on('uncaughtException', (error) => seen.push(error.message));
        return new Promise<unknown[]>((resolve) => {
          const window: MessageWindow = x.createMessageWindow(
            (_hwnd: HWND, _message: number, wParam: number) => {
              seen.push(wParam);
              if (wParam < 3) throw new Error(`at ${wParam}`);
              setTimeout(() => resolve(seen), 50);
              window.close();
            },
          );
          for (const wParam of [1, 2, 3]) x.PostMessage(window.hwnd, 0x400, wParam, 0);
        });
      });
      expect((await thread.result).value).toEqual([1, 'at 1', 2, 'at 2', 3]);
    });

    rule(ws, 'messages that were posted for a socket still come when it is closed', async () => {
      const { client, server } = tcpPair(ws);
      const inbox = new Inbox(create);
      expect(x.WSAAsyncSelect(server, inbox.window.hwnd, WM_USER, FD_READ | FD_CLOSE | FD_WRITE)).toBe(0);
      sendText(ws, client, 'data');
      expect(ws.select(0, null, null, null, null)).toBe(-1);
      const buffer = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(buffer, 0, 0, 200);
      close(ws, server);
      const events = (await inbox.until(2)).map(([, , , lParam]) => WSAGETSELECTEVENT(lParam));
      expect(events.sort()).toEqual([FD_READ, FD_WRITE]);
      expect(inbox.messages.every(([, , s]) => s === server)).toBe(true);
      expectError(ws, () => ws.recv(server, new Uint8Array(4), 4, 0), WSAENOTSOCK);
      inbox.window.close();
    });

    rule(ws, 'no message comes for nothing, of 500 clients and 2,000 bytes', async () => {
      const clients = 500;
      const rounds = 4;
      const { s, port } = listener(ws);
      const seen: string[] = [];
      const byte = new Uint8Array(1);
      let over: () => void;
      const all = new Promise<void>((resolve) => {
        over = resolve;
      });
      let closed = 0;
      const window = create((_hwnd, _message, s, lParam) => {
        const event = WSAGETSELECTEVENT(lParam);
        const answer = () => {
          if (event === FD_ACCEPT) return track(ws, ws.accept(s, null, null));
          if (event === FD_READ) return ws.recv(s, byte, 1, 0) === 1 ? ws.send(s, byte, 1, 0) : SOCKET_ERROR;
          if (event === FD_CLOSE && ++closed === clients) over();
          return 0;
        };
        if (answer() === SOCKET_ERROR) seen.push(`event ${event}: ${lastError(ws)}`);
      });
      expect(x.WSAAsyncSelect(s, window.hwnd, WM_USER, FD_ACCEPT | FD_READ | FD_CLOSE)).toBe(0);
      for (let i = 0; i < clients; i++) {
        const client = net.connect(port, '127.0.0.1', () => client.write('x'));
        let left = rounds;
        client.on('data', () => (--left > 0 ? client.write('x') : client.end()));
      }
      await all;
      expect(seen).toEqual([]);
      window.close();
    });

    rule(ws, 'a thread with a window and messages under way can be terminated', async () => {
      const thread = inThread(ws, async (ws) => {
        const x = ws as unknown as Record<string, (...args: unknown[]) => never>;
        const window: MessageWindow = x.createMessageWindow(() => {
          for (let i = 0; i < 2; i++) x.PostMessage(window.hwnd, 0x400, 0, 0);
        });
        for (let i = 0; i < 100; i++) x.PostMessage(window.hwnd, 0x400, i, 0);
        const ended = setTimeout(() => {}, 60_000);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        return clearTimeout(ended);
      });
      await thread.started;
      await letBlock();
      const begin = performance.now();
      await thread.worker.terminate();
      expect(performance.now() - begin).toBeLessThan(10_000);
    });

    async function exitCode(body: string): Promise<number> {
      const start = 'ws.WSAStartup(0x0202, new WSADATA());';
      const child = spawn(process.execPath, programFor(ws, start + body), { stdio: 'ignore' });
      const [code] = await once(child, 'exit');
      return code;
    }

    rule(ws, 'an open window keeps the process alive, until it is closed', async () => {
      const body = `
        process.exitCode = 1;
        const window = ws.createMessageWindow(() => { process.exitCode = 42; window.close(); });
        setTimeout(() => ws.PostMessage(window.hwnd, 1024, 0, 0), 300).unref();`;
      expect(await exitCode(body)).toBe(42);
    });

    rule(ws, 'a window without reference does not', async () => {
      const body = `
        process.exitCode = 42;
        ws.createMessageWindow(() => {}).unref();
        setTimeout(() => process.exit(1), 10000).unref();`;
      expect(await exitCode(body)).toBe(42);
    });

    rule(ws, 'the process may exit with messages under way', async () => {
      const body = `
        const window = ws.createMessageWindow((hwnd, message, n) => {
          if (n === 50) process.exit(42);
        });
        for (let i = 0; i < 1000; i++) ws.PostMessage(window.hwnd, 1024, i, 0);`;
      expect(await exitCode(body)).toBe(42);
    });
  });
});
