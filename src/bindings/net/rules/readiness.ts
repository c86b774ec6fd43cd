import * as L from '../arena/layout.js';
import { OPTION_SEND_BUFFER } from './options.js';

/** What `select` reports of a socket, each a plain question about its words in the arena. */
const STREAM = 1;
const LEAST_SEND_LIMIT = 262_144;

function queued(control: Int32Array, queue: number): number {
  return (Atomics.load(control, queue + L.Q_IN) - Atomics.load(control, queue + L.Q_OUT)) >>> 0;
}

/** Data or a connection is there, or a receive would tell that the stream has ended or is broken. */
export function isReadable(control: Int32Array, base: number): boolean {
  const state = Atomics.load(control, base + L.S_STATE);
  if (state === L.STATE_LISTENING) return Atomics.load(control, base + L.S_ACCEPT_COUNT) > 0;
  if (queued(control, base + L.S_RECEIVE_QUEUE) > 0) return true;
  if (control[base + L.S_TYPE] !== STREAM) return Atomics.load(control, base + L.S_UDP_RESETS) > 0;
  if (state !== L.STATE_CONNECTED) return false;
  if ((Atomics.load(control, base + L.S_FACTS) & (L.FACT_END | L.FACT_RESET | L.FACT_ABORTED)) !== 0)
    return true;
  return (Atomics.load(control, base + L.S_MODE) & L.MODE_SHUT_RECEIVE) !== 0;
}

/** A send would be taken, or refused at once because the connection is broken. */
export function isWritable(control: Int32Array, base: number): boolean {
  if (control[base + L.S_TYPE] !== STREAM) return true;
  if (Atomics.load(control, base + L.S_STATE) !== L.STATE_CONNECTED) return false;
  const limit = Math.max(LEAST_SEND_LIMIT, control[base + L.S_OPTIONS + OPTION_SEND_BUFFER]);
  return queued(control, base + L.S_SEND_QUEUE) < limit;
}

/** A connect has failed. (Urgent data, the other reason, is nothing that Node can receive.) */
export function isExceptional(control: Int32Array, base: number): boolean {
  const facts = Atomics.load(control, base + L.S_FACTS);
  return (
    (facts & L.FACT_CONNECT_FAILED) !== 0 && Atomics.load(control, base + L.S_STATE) < L.STATE_CONNECTING
  );
}
