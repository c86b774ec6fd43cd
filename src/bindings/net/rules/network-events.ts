import { FD_ACCEPT, FD_CLOSE, FD_READ, FD_WRITE } from '../../../ws2_32/constants/events.js';
import { WSAECONNABORTED } from '../../../ws2_32/errors/codes.js';
import * as L from '../arena/layout.js';
import { isReadable, isWritable } from './readiness.js';

/** The bits in the order of WSANETWORKEVENTS' error codes. */
export const EVENT_BITS = 10;

const ENDED = L.FACT_END | L.FACT_RESET | L.FACT_ABORTED;

/**
 * The events whose reason holds now: what a WSAAsyncSelect posts at once. Not FD_CONNECT: it is told only to who
 * has selected it before (fact EVT-22). The end of a stream is no FD_READ (EVT-55).
 */
export function standingEvents(control: Int32Array, base: number): number {
  const listening = control[base + L.S_STATE] === L.STATE_LISTENING;
  const queue = base + L.S_RECEIVE_QUEUE;
  const data = control[queue + L.Q_IN] !== control[queue + L.Q_OUT];
  let events = 0;
  if (listening && isReadable(control, base)) events |= FD_ACCEPT;
  if (!listening && data) events |= FD_READ;
  if (isWritable(control, base)) events |= FD_WRITE;
  if ((control[base + L.S_FACTS] & ENDED) !== 0) events |= FD_CLOSE;
  return events;
}

/** The error that FD_CLOSE carries: an abort is WSAECONNABORTED even where recv says WSAECONNRESET (EVT-56). */
export function closeError(control: Int32Array, base: number): number {
  return (control[base + L.S_FACTS] & (L.FACT_RESET | L.FACT_ABORTED)) !== 0 ? WSAECONNABORTED : 0;
}
