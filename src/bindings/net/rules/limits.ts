import { S_OPTIONS } from '../arena/layout.js';
import { OPTION_RECEIVE_BUFFER, OPTION_SEND_BUFFER } from './options.js';

/** SO_RCVBUF and SO_SNDBUF below this do not make the queues smaller: Windows' own buffering has no such limit. */
const LEAST = 262_144;
/** So much may come in one turn of the host's event loop, and a pause costs more than the memory. */
const LEAST_RECEIVED = 1_048_576;

/** Bytes in a receive queue at which the host stops reading. */
export function receiveLimit(control: Int32Array, base: number): number {
  return Math.max(LEAST_RECEIVED, control[base + S_OPTIONS + OPTION_RECEIVE_BUFFER]);
}

/** Bytes in a send queue at which a socket is no longer writable. */
export function sendLimit(control: Int32Array, base: number): number {
  return Math.max(LEAST, control[base + S_OPTIONS + OPTION_SEND_BUFFER]);
}
