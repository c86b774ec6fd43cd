import { FD_ACCEPT, FD_WRITE } from '../../../ws2_32/constants/events.js';
import { WSAEADDRINUSE, WSAEISCONN } from '../../../ws2_32/errors/codes.js';
import { decodeAddress, encodeAddress, hostText, loadAddress, sizeOf, storeAddress } from '../address.js';
import type { Arena } from '../arena/arena.js';
import { publish } from '../arena/events.js';
import * as L from '../arena/layout.js';
import { acquire, release } from '../arena/lock.js';
import { indicate } from '../arena/notices.js';
import { clear } from '../arena/queue.js';
import { freeSlot, takeSlot } from '../arena/table.js';
import type { Claim } from '../rules/bind.js';
import { OPTION_EXCLUSIVE, OPTION_LINGER, OPTION_REUSE, OPTION_V6ONLY } from '../rules/options.js';
import { conflictWith, hold, letGo } from './claims.js';
import { Connection } from './connection.js';
import { Datagrams } from './datagrams.js';
import { type Endpoint, endpointOf, forget } from './endpoint.js';
import { wsaCode } from './errors.js';
import { bindHandle, errorName, localName, type TcpHandle } from './handles.js';
import { applyOptions } from './options.js';

const TCP = 6;
/** The kernel's queue; Winsock's own limit is counted in the arena. */
const KERNEL_BACKLOG = 4096;

/** Does the work that callers posted on one socket, in the order in which a program can have asked for it. */
export function serve(arena: Arena, base: number, work: number): void {
  if (arena.control[base + L.S_STATE] === L.STATE_FREE) return;
  const endpoint = endpointOf(base);
  if (work & L.WORK_BIND) bind(arena, endpoint);
  if (work & L.WORK_OPTIONS) applyOptions(arena, endpoint);
  if (work & L.WORK_LISTEN) listen(arena, endpoint);
  if (work & L.WORK_CONNECT) connect(arena, endpoint);
  if (work & L.WORK_SEND) {
    endpoint.connection?.pump();
    endpoint.datagrams?.pump();
  }
  if (work & L.WORK_SHUTDOWN) endpoint.connection?.shutdownSend();
  if (work & L.WORK_RESUME) endpoint.connection?.resume();
  if (work & L.WORK_CLOSE) close(arena, endpoint);
}

function answer(arena: Arena, base: number, code: number): void {
  Atomics.store(arena.control, base + L.S_RESULT, code);
  publish(arena, base);
}

/** The address in S_LOCAL is what is wanted; it becomes what was bound. */
function bind(arena: Arena, endpoint: Endpoint): void {
  const { base } = endpoint;
  // Asked for by a thread that came late: the slot is another socket's by now.
  if (Atomics.load(arena.control, base + L.S_STATE) !== L.STATE_BINDING) return;
  const claim = claimOf(arena.control, base);
  const conflict = conflictWith(claim);
  if (conflict !== 0) return notBound(arena, base, conflict);
  if (claim.protocol === TCP) return bindStream(arena, endpoint, claim);
  const datagrams = new Datagrams(arena, base);
  endpoint.datagrams = datagrams;
  datagrams.bind(claim, (code, port) => {
    if (code === 0) return bound(arena, endpoint, { ...claim, address: { ...claim.address, port } });
    endpoint.datagrams = undefined;
    notBound(arena, base, code);
  });
}

/** The state is the host's to set: the caller that asked may find that another thread has closed the socket. */
function notBound(arena: Arena, base: number, code: number): void {
  arena.control[base + L.S_LOCAL] = 0;
  Atomics.store(arena.control, base + L.S_STATE, L.STATE_OPEN);
  answer(arena, base, code);
}

function bindStream(arena: Arena, endpoint: Endpoint, claim: Claim): void {
  const { address } = claim;
  const made = bindHandle(
    hostText(address),
    address.port,
    sizeOf(address.family) === 16 ? 4 : 6,
    claim.v6only,
  );
  if (typeof made === 'number') return notBound(arena, endpoint.base, wsaCode(errorName(made)));
  endpoint.handle = made;
  const port = localName(made)?.port ?? address.port;
  bound(arena, endpoint, { ...claim, address: { ...address, port } });
}

function bound(arena: Arena, endpoint: Endpoint, claim: Claim): void {
  const { control } = arena;
  const { base } = endpoint;
  storeAddress(control, base + L.S_LOCAL, encodeAddress(claim.address));
  endpoint.claimed = claim.address.port;
  hold(base, claim);
  Atomics.store(control, base + L.S_STATE, L.STATE_BOUND);
  if (claim.protocol !== TCP) indicate(arena, base, FD_WRITE);
  answer(arena, base, 0);
}

function claimOf(control: Int32Array, base: number): Claim {
  const options = base + L.S_OPTIONS;
  return {
    address: decodeAddress(loadAddress(control, base + L.S_LOCAL) as Uint8Array),
    protocol: control[base + L.S_PROTOCOL],
    v6only: control[options + OPTION_V6ONLY] !== 0,
    reuse: control[options + OPTION_REUSE] !== 0,
    exclusive: control[options + OPTION_EXCLUSIVE] !== 0,
  };
}

function listen(arena: Arena, endpoint: Endpoint): void {
  const { control } = arena;
  const { base } = endpoint;
  // Of a listen and a connect that two threads ask for at once the first has the socket, as of two listens.
  const state = Atomics.compareExchange(control, base + L.S_STATE, L.STATE_BOUND, L.STATE_LISTENING);
  if (state === L.STATE_LISTENING) return answer(arena, base, 0);
  if (state !== L.STATE_BOUND) return answer(arena, base, WSAEISCONN);
  const failed = (code: number): void => {
    Atomics.store(control, base + L.S_STATE, L.STATE_BOUND);
    answer(arena, base, code);
  };
  const handle = boundHandle(arena, endpoint);
  if (handle === undefined) return failed(WSAEADDRINUSE);
  handle.onconnection = (error, client) => {
    if (error === 0 && client !== undefined) admit(arena, base, client);
  };
  const failure = handle.listen(KERNEL_BACKLOG);
  if (failure === 0) answer(arena, base, 0);
  else failed(wsaCode(errorName(failure)));
}

/** Puts a new connection into its listener's queue. */
function admit(arena: Arena, listener: number, client: TcpHandle): void {
  const { control } = arena;
  const base = takeSlot(arena);
  if (base === 0) return client.close();
  for (const word of [L.S_FAMILY, L.S_TYPE, L.S_PROTOCOL]) control[base + word] = control[listener + word];
  control[base + L.S_STATE] = L.STATE_CONNECTING;
  const connection = new Connection(arena, base, client, true);
  endpointOf(base).connection = connection;
  connection.established();
  acquire(control, listener + L.S_RLOCK);
  const last = control[listener + L.S_ACCEPT_LAST];
  if (last === 0) control[listener + L.S_ACCEPT_FIRST] = base;
  else control[last + L.S_NEXT] = base;
  control[listener + L.S_ACCEPT_LAST] = base;
  Atomics.add(control, listener + L.S_ACCEPT_COUNT, 1);
  // Told before anybody can take it: an accept that had answered it already would let it be told for nothing.
  indicate(arena, listener, FD_ACCEPT);
  release(control, listener + L.S_RLOCK);
  publish(arena, listener);
}

/** The bound handle. A connect that failed has used it up: then its address is bound again. */
function boundHandle({ control }: Arena, endpoint: Endpoint): TcpHandle | undefined {
  if (endpoint.handle !== undefined) return endpoint.handle;
  const { address, v6only } = claimOf(control, endpoint.base);
  const made = bindHandle(hostText(address), address.port, address.family === 2 ? 4 : 6, v6only);
  return typeof made === 'number' ? undefined : (endpoint.handle = made);
}

/** Connects to S_PEER; UDP only notes its peer. */
function connect(arena: Arena, endpoint: Endpoint): void {
  const { control } = arena;
  const { base } = endpoint;
  if (Atomics.load(control, base + L.S_STATE) !== L.STATE_CONNECTING) return;
  const peer = loadAddress(control, base + L.S_PEER) as Uint8Array;
  const address = decodeAddress(peer);
  const handle = loadAddress(control, base + L.S_LOCAL) && boundHandle(arena, endpoint);
  const connection = new Connection(arena, base, handle);
  endpoint.handle = undefined;
  endpoint.connection = connection;
  const { socket } = connection;
  socket.connect({ host: hostText(address), port: address.port }, () => {
    connection.established();
    applyOptions(arena, endpoint);
    publish(arena, base);
    connection.pump();
  });
  // connect(2) is called on the tick that `connect` has just queued; from then on the socket has its local name.
  process.nextTick(() => {
    if (Atomics.load(control, base + L.S_STATE) !== L.STATE_CONNECTING) return;
    connection.storeName(L.S_LOCAL, 'local');
    publish(arena, base);
  });
}

function close(arena: Arena, endpoint: Endpoint): void {
  const { control } = arena;
  const { base, connection } = endpoint;
  if (endpoint.claimed !== 0) letGo(base, endpoint.claimed);
  endpoint.handle?.close();
  dropQueued(arena, base);
  const linger = control[base + L.S_OPTIONS + OPTION_LINGER];
  const abort = (linger & 0xffff) !== 0 && linger >>> 16 === 0;
  const done = (): void => vacate(arena, base);
  if (connection !== undefined) connection.close(abort, done);
  else if (endpoint.datagrams !== undefined) endpoint.datagrams.close(done);
  else done();
}

/** Connections that nobody accepted are reset, as when Windows closes a listener. */
function dropQueued(arena: Arena, listener: number): void {
  const { control } = arena;
  // Taken out under the lock: a thread in accept gets a connection that stays, or none.
  acquire(control, listener + L.S_RLOCK);
  const first = control[listener + L.S_ACCEPT_FIRST];
  for (const word of [L.S_ACCEPT_FIRST, L.S_ACCEPT_LAST, L.S_ACCEPT_COUNT]) control[listener + word] = 0;
  release(control, listener + L.S_RLOCK);
  for (let base = first; base !== 0; ) {
    const following = control[base + L.S_NEXT];
    const dropped = base;
    endpointOf(dropped).connection?.close(true, () => vacate(arena, dropped));
    base = following;
  }
}

/** All is over: the slot can be another socket's. */
function vacate(arena: Arena, base: number): void {
  const { control } = arena;
  forget(base);
  acquire(control, base + L.S_RLOCK);
  acquire(control, base + L.S_WLOCK);
  clear(arena, base + L.S_RECEIVE_QUEUE);
  clear(arena, base + L.S_SEND_QUEUE);
  freeSlot(arena, base);
  release(control, base + L.S_WLOCK);
  release(control, base + L.S_RLOCK);
}
