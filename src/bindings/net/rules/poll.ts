import { POLLERR, POLLHUP, POLLRDBAND, POLLRDNORM, POLLWRNORM } from '../../../ws2_32/constants/events.js';
import * as L from '../arena/layout.js';
import { isExceptional, isWritable } from './readiness.js';

/** WSAPoll's flags for each state, as Windows 10 since version 2004 gives them (facts POL-04 to POL-19). */
/** What `events` may ask for. */
export const POLLABLE = POLLRDNORM | POLLRDBAND | POLLWRNORM;

/** `revents` for a socket: what is asked for and holds, and what comes unasked. */
export function pollEvents(control: Int32Array, base: number, asked: number): number {
  const facts = control[base + L.S_FACTS];
  if (isExceptional(control, base)) return (asked & POLLWRNORM) | POLLHUP | POLLERR;
  let events = 0;
  if ((facts & (L.FACT_RESET | L.FACT_ABORTED)) !== 0) events |= POLLERR | POLLHUP | POLLWRNORM;
  else if ((facts & L.FACT_END) !== 0) events |= POLLHUP;
  if (isWritable(control, base)) events |= POLLWRNORM;
  if (hasInput(control, base)) events |= POLLRDNORM;
  return events & (asked | POLLERR | POLLHUP);
}

/** Data or a connection; the end of a stream is POLLHUP alone. */
function hasInput(control: Int32Array, base: number): boolean {
  if (control[base + L.S_STATE] === L.STATE_LISTENING) return control[base + L.S_ACCEPT_COUNT] > 0;
  const queue = base + L.S_RECEIVE_QUEUE;
  return control[queue + L.Q_IN] !== control[queue + L.Q_OUT] || control[base + L.S_UDP_RESETS] > 0;
}
