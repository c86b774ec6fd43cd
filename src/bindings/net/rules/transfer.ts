import {
  MSG_DONTROUTE,
  MSG_OOB,
  MSG_PARTIAL,
  MSG_PEEK,
  MSG_PUSH_IMMEDIATE,
  MSG_WAITALL,
} from '../../../ws2_32/constants/messages.js';
import { SOCK_STREAM } from '../../../ws2_32/constants.js';
import {
  WSAECONNABORTED,
  WSAECONNRESET,
  WSAEINVAL,
  WSAENOTCONN,
  WSAEOPNOTSUPP,
  WSAESHUTDOWN,
} from '../../../ws2_32/errors/codes.js';
import * as L from '../arena/layout.js';

/** Which state refuses which transfer, with which code. 0 means: go on. */
const SEND_FLAGS = MSG_OOB | MSG_DONTROUTE | MSG_PARTIAL;
const RECEIVE_FLAGS = MSG_OOB | MSG_PEEK | MSG_WAITALL | MSG_PARTIAL | MSG_PUSH_IMMEDIATE;

export function sendRefusal(control: Int32Array, base: number, flags: number, addressed: boolean): number {
  if ((flags & ~SEND_FLAGS) !== 0 || (flags & MSG_OOB) !== 0) return WSAEOPNOTSUPP;
  const mode = Atomics.load(control, base + L.S_MODE);
  if (control[base + L.S_TYPE] !== SOCK_STREAM) {
    if ((mode & L.MODE_SHUT_SEND) !== 0) return WSAESHUTDOWN;
    return addressed || (mode & L.MODE_HAS_PEER) !== 0 ? 0 : WSAENOTCONN;
  }
  if (Atomics.load(control, base + L.S_STATE) !== L.STATE_CONNECTED) return WSAENOTCONN;
  if ((mode & L.MODE_SHUT_SEND) !== 0) return WSAESHUTDOWN;
  const facts = Atomics.load(control, base + L.S_FACTS);
  if ((facts & L.FACT_RESET) !== 0) return WSAECONNRESET;
  return (facts & L.FACT_ABORTED) !== 0 ? WSAECONNABORTED : 0;
}

export function receiveRefusal(control: Int32Array, base: number, flags: number): number {
  if ((flags & ~RECEIVE_FLAGS) !== 0 || (flags & MSG_OOB) !== 0) return WSAEOPNOTSUPP;
  if ((flags & MSG_WAITALL) !== 0 && (flags & MSG_PEEK) !== 0) return WSAEOPNOTSUPP;
  const state = Atomics.load(control, base + L.S_STATE);
  const mode = Atomics.load(control, base + L.S_MODE);
  if (control[base + L.S_TYPE] !== SOCK_STREAM) {
    if ((flags & MSG_WAITALL) !== 0) return WSAEOPNOTSUPP;
    if (state === L.STATE_OPEN || state === L.STATE_BINDING) return WSAEINVAL;
    return (mode & L.MODE_SHUT_RECEIVE) !== 0 ? WSAESHUTDOWN : 0;
  }
  if (state !== L.STATE_CONNECTED) return WSAENOTCONN;
  return (mode & L.MODE_SHUT_RECEIVE) !== 0 ? WSAESHUTDOWN : 0;
}

/** What a receive gives once the queue is empty: 0 at the end of the stream, a code when it broke, else undefined. */
export function streamEnd(control: Int32Array, base: number): number | undefined {
  const facts = Atomics.load(control, base + L.S_FACTS);
  if ((facts & L.FACT_RESET) !== 0) return WSAECONNRESET;
  if ((facts & L.FACT_ABORTED) !== 0) return WSAECONNABORTED;
  if ((facts & L.FACT_END) !== 0) return 0;
  return (Atomics.load(control, base + L.S_MODE) & L.MODE_SHUT_RECEIVE) !== 0 ? WSAESHUTDOWN : undefined;
}
