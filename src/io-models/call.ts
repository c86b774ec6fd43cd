import { WSAEINTR, WSAEWOULDBLOCK } from '../ws2_32/index.js';
import type { SOCKET, Winsock } from '../ws2_32/winsock.js';
import { errorText } from './error-text.js';
import type { CallRecord } from './record.js';
import type { Screen } from './screen.js';

/** What the server asks of each `recv`. */
export const READ_SIZE = 0xffff;

/** One accepted client: its socket, who it is, and what came so far. */
export interface Call {
  readonly socket: SOCKET;
  readonly ip: string;
  readonly port: number;
  readonly chunks: Buffer[];
  size: number;
  error?: string;
}

export function newCall(socket: SOCKET, ip: string, port: number): Call {
  return { socket, ip, port, chunks: [], size: 0 };
}

/**
 * One `recv` of a call.
 *
 * Here is the one departure from the original, which tests only for 0: it never leaves its loop when `recv` fails,
 * and appends nothing for ever. Ours ends that call, says the error, keeps what came and marks the record as
 * incomplete.
 *
 * @param blocking whether the socket blocks. If not, "nothing there yet" is no failure: readiness that a `select`
 *   reported may be gone when `recv` looks.
 * @returns `data` (there may be more), `later` (nothing there now), or `over` (closed by the client, or failed:
 *   then `call.error` says why)
 */
export function receive(
  ws: Winsock,
  call: Call,
  buffer: Buffer,
  blocking: boolean,
): 'data' | 'later' | 'over' {
  const n = ws.recv(call.socket, buffer, READ_SIZE, 0);
  if (n > 0) {
    call.chunks.push(Buffer.from(buffer.subarray(0, n)));
    call.size += n;
    return 'data';
  }
  if (n === 0) return 'over';
  const code = ws.WSAGetLastError();
  if (!blocking && (code === WSAEWOULDBLOCK || code === WSAEINTR)) return 'later';
  call.error = errorText('recv', code);
  return 'over';
}

/** What the screen says when a client has been accepted. */
export function acceptedText(call: Call): string {
  return `>> conn accepted from ${call.ip}, remote port ${call.port}`;
}

/** What it says at the end: the number of bytes if there are any, as the original; and our departure's error. */
export function finishedText(call: Call): string {
  const received = call.size === 0 ? '' : ` ${call.size} bytes received.`;
  return call.error === undefined ? received : `${received} Incomplete: ${call.error}.`;
}

/** The record of a finished call, or undefined for an empty one, of which the original keeps none either. */
export function recordOf(call: Call): CallRecord | undefined {
  if (call.size === 0) return undefined;
  const { ip, port, size, error } = call;
  const complete = error === undefined;
  const body = call.chunks.length === 1 ? call.chunks[0] : Buffer.concat(call.chunks, size);
  return { dt: new Date(), ip, port, size, complete, ...(complete ? {} : { error }), body };
}

/** Says a call's last words and keeps its record. */
export function report(call: Call, say: Screen['append'], keep: (r: CallRecord) => void): void {
  say(finishedText(call));
  const record = recordOf(call);
  if (record !== undefined) keep(record);
}

/** Ends a call: its last words, its record, its socket, in the original's order. */
export function finish(ws: Winsock, call: Call, say: Screen['append'], keep: (r: CallRecord) => void): void {
  report(call, say, keep);
  ws.closesocket(call.socket);
}
