import { describe, expect, test } from 'vitest';
import { AsyncClient, EventClient } from '../../../src/io-models/index.js';
import { FD_CLOSE, FD_CONNECT, FD_READ, FD_WRITE } from '../../../src/ws2_32/index.js';
import { HWND, scriptedEvents, scriptedWindow, settled } from './scripted-events.js';
import { last, type Script, scriptedWinsock, steps } from './scripted-winsock.js';

const S = 100;

function client(form: 'message' | 'event', script: Script = {}) {
  const window = scriptedWindow();
  const events = scriptedEvents();
  const arrived: Buffer[] = [];
  const scripted = scriptedWinsock({
    ...(form === 'message' ? window : events).script,
    connect: () => scripted.fail(10035),
    send: (_s: number, buf: Uint8Array, len: number) =>
      last(arrived.push(Buffer.from(buf.subarray(0, len))), len),
    recv: () => 0,
    ...script,
  });
  const statuses: string[] = [];
  const progress: number[] = [];
  const answers: string[] = [];
  const client = new (form === 'message' ? AsyncClient : EventClient)(scripted.ws, {
    ip: '127.0.0.1',
    onStatus: (text) => statuses.push(text),
    onProgress: (n) => progress.push(n),
    onData: (piece) => answers.push(`${piece}`),
  });
  client.init();
  const tell = async (event: number, error = 0, s = S) => {
    if (form === 'message') window.post(s, event, error);
    else events.happen(s, event, error);
    await settled();
  };
  const sent = () => Buffer.concat(arrived).toString('latin1');
  return { ...scripted, client, tell, sent, statuses, progress, answers, window, events };
}

const data = (text: string) => (_s: number, buffer: Buffer) => buffer.write(text, 'latin1');

describe.each(['message', 'event'] as const)('told by %s', (form) => {
  test('FD_CONNECT, FD_WRITE, FD_CLOSE: connects, sends, says that this is all, waits for the server', async () => {
    const t = client(form);
    const sent = t.client.test();
    await t.tell(FD_CONNECT);
    expect(t.statuses).toEqual(['Connecting...', 'Sending...']);
    await t.tell(FD_WRITE);
    expect(t.calls.slice(-2)).toEqual(
      form === 'message' ? ['send', 'shutdown'] : ['shutdown', t.calls.at(-1)],
    );
    await t.tell(FD_CLOSE);
    expect(await sent).toBe(4);
    await t.client.close();
    expect(t.sent()).toBe('test');
    expect(t.statuses.slice(2)).toEqual(['Bytes sent: 4', 'Closing connection...']);
    expect(t.calls).toContain('closesocket');
    expect(t.calls.at(-1)).toBe('WSACleanup');
    expect([t.window.open(), t.events.open()]).toEqual([false, 0]);
  });

  test('a send that is refused goes on at the next FD_WRITE, with the same bytes', async () => {
    const taken: string[] = [];
    const take = (n: number) => (_s: number, buf: Buffer) =>
      last(taken.push(Buffer.from(buf.subarray(0, n)).toString()), n);
    const refused = () => t.fail(10035);
    const t = client(form, { send: steps('send', take(3), refused, refused, take(1), take(2)) });
    const sent = t.client.transmit(Buffer.from('abcdef'));
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    expect(t.calls).not.toContain('shutdown');
    await t.tell(FD_WRITE);
    await t.tell(FD_WRITE);
    // Room that comes back after everything is sent is nobody's business.
    await t.tell(FD_WRITE);
    expect(t.calls.filter((name) => name === 'shutdown')).toHaveLength(1);
    await t.tell(FD_CLOSE);
    expect(await sent).toBe(6);
    expect(taken).toEqual(['abc', 'd', 'ef']);
    expect(t.progress).toEqual([3, 4, 6]);
  });

  test('what the server sends back comes in pieces; at FD_CLOSE what is unread is received first', async () => {
    const t = client(form, {
      recv: steps<[number, Buffer]>('recv', data('an'), data('sw'), data('er'), () => 0),
    });
    const sent = t.client.test();
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    await t.tell(FD_READ);
    expect(t.answers).toEqual(['an']);
    await t.tell(FD_CLOSE);
    await sent;
    expect(t.answers).toEqual(['an', 'sw', 'er']);
  });

  test('FD_CONNECT with an error: closed, and told', async () => {
    const t = client(form);
    const sent = t.client.test();
    const failure = expect(sent).rejects.toMatchObject({ code: 'WSAECONNREFUSED', syscall: 'connect' });
    await t.tell(FD_CONNECT, 10061);
    await failure;
    expect(t.calls).toContain('closesocket');
    expect(t.calls).not.toContain('send');
  });

  test.each([
    [10054, 'WSAECONNRESET'],
    [10053, 'WSAECONNABORTED'],
    [10050, 'WSAENETDOWN'],
  ])('FD_CLOSE with %i after everything was sent is a failure', async (error, code) => {
    const t = client(form, { recv: () => t.fail(error) });
    const sent = t.client.test();
    const failure = expect(sent).rejects.toMatchObject({ code, syscall: 'FD_CLOSE' });
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    await t.tell(FD_CLOSE, error);
    await failure;
  });

  test('a server that closes before everything is sent: WSAEDISCON, and how much was sent', async () => {
    const t = client(form, {
      send: steps(
        'send',
        () => 2,
        () => t.fail(10035),
      ),
    });
    const sent = t.client.test();
    const failure = expect(sent).rejects.toMatchObject({ code: 'WSAEDISCON', syscall: 'send' });
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    await t.tell(FD_CLOSE);
    await failure;
    expect(t.statuses.at(-1)).toBe('Bytes sent: 2');
  });

  test('a send that fails, and pieces that fail, end the message', async () => {
    const t = client(form, { send: () => t.fail(10054) });
    const reset = expect(t.client.test()).rejects.toMatchObject({ code: 'WSAECONNRESET', syscall: 'send' });
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    await reset;
    function* unreadable(): Generator<Uint8Array> {
      yield* [];
      throw new Error('the file is gone');
    }
    const gone = expect(t.client.transmit(unreadable())).rejects.toThrow('the file is gone');
    await t.tell(FD_CONNECT);
    await t.tell(FD_WRITE);
    await gone;
  });

  test('connect that fails at once; one message at a time; close gives up what is on its way', async () => {
    const t = client(form, {
      connect: steps(
        'connect',
        () => t.fail(10049),
        () => t.fail(10035),
      ),
    });
    await expect(t.client.test()).rejects.toMatchObject({ code: 'WSAEADDRNOTAVAIL', syscall: 'connect' });
    const closed = expect(t.client.test()).rejects.toThrow('the client was closed');
    await expect(t.client.test()).rejects.toThrow('a message is on its way already');
    await t.client.close();
    await closed;
    expect(t.calls.at(-1)).toBe('WSACleanup');
  });
});

test('WSAAsyncSelect comes before connect, and WSAEWOULDBLOCK is no failure', () => {
  const t = client('message');
  void t.client.test();
  expect(t.calls).toEqual('WSAStartup socket createMessageWindow WSAAsyncSelect connect'.split(' '));
  expect(t.window.selected).toEqual([[S, HWND, 0x0405, FD_READ | FD_WRITE | FD_CONNECT | FD_CLOSE]]);
});

test('what comes for another socket is ignored', async () => {
  const t = client('message');
  void t.client.test();
  for (const event of [FD_CONNECT, FD_WRITE, FD_READ, FD_CLOSE]) await t.tell(event, 0, S + 1);
  expect(t.statuses).toEqual(['Connecting...']);
});
