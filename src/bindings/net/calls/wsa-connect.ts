import { WSAECONNREFUSED, WSAEINVAL, WSAEOPNOTSUPP, WSATRY_AGAIN } from '../../../ws2_32/errors/codes.js';
import type { ConditionProc, WSABUF } from '../../../ws2_32/types.js';
import { loadAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { post } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { OPTION_LINGER } from '../rules/options.js';
import { arenaOfThread, fail } from '../thread.js';
import { acceptInto, connect, listenerFor, nextConnection } from './connect.js';

type View = ArrayBufferView | null;

const CF_ACCEPT = 0;
const CF_REJECT = 1;
const CF_DEFER = 2;
/** SO_LINGER {1, 0}: closing resets. */
const RESET = 1;

/** TCP has no data to exchange while it connects, and no quality of service. */
export function WSAConnect(
  s: number,
  name: View,
  namelen: number,
  lpCallerData: WSABUF | null,
  _lpCalleeData: WSABUF | null,
  _lpSQOS: View,
  _lpGQOS: View,
): number {
  if (lpCallerData !== null && lpCallerData.len > 0) {
    return listenerFor(s, false) === 0 ? -1 : fail(WSAEOPNOTSUPP);
  }
  return connect(s, name, namelen);
}

/** accept, with a function that is asked first; it runs here and now. */
export function WSAAccept(
  s: number,
  addr: View,
  addrlen: View,
  lpfnCondition: ConditionProc | null,
  dwCallbackData: number,
): number {
  const arena = arenaOfThread();
  const listener = listenerFor(s, true, addr, addrlen);
  if (listener === 0) return -1;
  const base = nextConnection(arena, listener, s);
  if (base < 0) return fail(-base);
  let verdict = CF_DEFER;
  try {
    verdict = lpfnCondition === null ? CF_ACCEPT : ask(arena, base, lpfnCondition, dwCallbackData);
  } catch (error) {
    // The connection waits on.
    putBack(arena, listener, base);
    throw error;
  }
  if (verdict === CF_ACCEPT) return acceptInto(arena, listener, base, addr, addrlen);
  if (verdict === CF_DEFER) {
    putBack(arena, listener, base);
    return fail(WSATRY_AGAIN);
  }
  arena.control[base + L.S_OPTIONS + OPTION_LINGER] = RESET;
  post(arena, base, L.WORK_CLOSE);
  return fail(verdict === CF_REJECT ? WSAECONNREFUSED : WSAEINVAL);
}

function ask({ control }: Arena, base: number, condition: ConditionProc, data: number): number {
  const id = (word: number): WSABUF => {
    const buf = loadAddress(control, base + word) ?? new Uint8Array(0);
    return { len: buf.length, buf };
  };
  return condition(id(L.S_PEER), null, null, null, id(L.S_LOCAL), null, null, data) | 0;
}

/** The connection is the next one again. */
function putBack({ control }: Arena, listener: number, base: number): void {
  acquire(control, listener + L.S_RLOCK);
  control[base + L.S_NEXT] = control[listener + L.S_ACCEPT_FIRST];
  control[listener + L.S_ACCEPT_FIRST] = base;
  if (control[base + L.S_NEXT] === 0) control[listener + L.S_ACCEPT_LAST] = base;
  Atomics.add(control, listener + L.S_ACCEPT_COUNT, 1);
  release(control, listener + L.S_RLOCK);
}
