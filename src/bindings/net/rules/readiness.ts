import { SOCK_STREAM } from '../../../ws2_32/constants.js';
import * as L from '../arena/layout.js';
import { OPTION_SEND_BUFFER } from './options.js';

/**
 * What `select` reports of a socket, each a question about its words in the arena. They are read plainly, which is
 * nearly twice as fast as atomically: who waits has read a sequence word atomically before, and looks again.
 */
const LEAST_SEND_LIMIT = 262_144;

/** OUT is read first: both only grow, so the difference is never negative, whoever is at work meanwhile. */
function queued(control: Int32Array, queue: number): number {
  const out = control[queue + L.Q_OUT];
  return (control[queue + L.Q_IN] - out) >>> 0;
}

/** Data or a connection is there, or a receive would tell that the stream has ended or is broken. */
export function isReadable(control: Int32Array, base: number): boolean {
  const state = control[base + L.S_STATE];
  if (state === L.STATE_LISTENING) return control[base + L.S_ACCEPT_COUNT] > 0;
  if (queued(control, base + L.S_RECEIVE_QUEUE) > 0) return true;
  if (control[base + L.S_TYPE] !== SOCK_STREAM) return control[base + L.S_UDP_RESETS] > 0;
  if (state !== L.STATE_CONNECTED) return false;
  if ((control[base + L.S_FACTS] & (L.FACT_END | L.FACT_RESET | L.FACT_ABORTED)) !== 0) return true;
  return (control[base + L.S_MODE] & L.MODE_SHUT_RECEIVE) !== 0;
}

/** A send would be taken, or refused at once because the connection is broken. */
export function isWritable(control: Int32Array, base: number): boolean {
  if (control[base + L.S_TYPE] !== SOCK_STREAM) return true;
  if (control[base + L.S_STATE] !== L.STATE_CONNECTED) return false;
  const limit = Math.max(LEAST_SEND_LIMIT, control[base + L.S_OPTIONS + OPTION_SEND_BUFFER]);
  return queued(control, base + L.S_SEND_QUEUE) < limit;
}

/** A connect has failed. (Urgent data, the other reason, is nothing that Node can receive.) */
export function isExceptional(control: Int32Array, base: number): boolean {
  const facts = control[base + L.S_FACTS];
  return (facts & L.FACT_CONNECT_FAILED) !== 0 && control[base + L.S_STATE] < L.STATE_CONNECTING;
}
