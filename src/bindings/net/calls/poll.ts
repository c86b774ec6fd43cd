import { POLLNVAL } from '../../../ws2_32/constants/events.js';
import { WSAEFAULT, WSAEINVAL, WSAENETDOWN, WSAENOTSOCK } from '../../../ws2_32/errors/codes.js';
import type { Arena } from '../arena/arena.js';
import { baseOf, isOpen } from '../arena/table.js';
import { POLLABLE, pollEvents } from '../rules/poll.js';
import { arenaOfThread, fail, succeed, unavailableNow } from '../thread.js';
import { bytesOf, sizeOfView } from '../view.js';
import { settle } from './settle.js';
import { awaitAny, deadlineAfter, isDown, waitForAny } from './waiting.js';

/** WSAPoll over WSAPOLLFD entries of 16 bytes: the SOCKET, `events` at 8, `revents` at 10. */
const ENTRY = 16;
const EVENTS = 8;
const REVENTS = 10;

interface Watched {
  readonly s: number;
  /** 0: no socket. */
  readonly base: number;
  readonly events: number;
}

interface Poll {
  readonly view: DataView;
  readonly watched: readonly Watched[];
}

function readEntry(arena: Arena, view: DataView, at: number): Watched {
  const high = view.getUint32(at + 4, true);
  const s = high === 0 ? view.getUint32(at, true) : -1;
  return { s, base: baseOf(arena, s), events: view.getUint16(at + EVENTS, true) };
}

/** Reads and checks the entries; the code with which the call fails otherwise (facts POL-01 to POL-08). */
function prepare(arena: Arena, fdArray: ArrayBufferView | null, fds: number): Poll | number {
  const unavailable = unavailableNow(arena);
  if (unavailable !== 0) return unavailable;
  if (fds === 0) return WSAEINVAL;
  if (fdArray === null || sizeOfView(fdArray) < fds * ENTRY) return WSAEFAULT;
  const bytes = bytesOf(fdArray);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const watched = Array.from({ length: fds }, (_, i) => readEntry(arena, view, i * ENTRY));
  const none = watched.every(({ base }) => base === 0);
  const wrong = watched.some(({ s, events }) => s !== -1 && (events & ~POLLABLE) !== 0);
  for (const [i, { base }] of watched.entries()) {
    view.setInt16(i * ENTRY + REVENTS, base === 0 && (none || !wrong) ? POLLNVAL : 0, true);
  }
  if (none) return WSAENOTSOCK;
  return wrong ? WSAEINVAL : { view, watched };
}

/** Which entries have something to tell; undefined when none has. What was no socket from the start counts not. */
function look(arena: Arena, { watched }: Poll): number[] | undefined {
  let any = false;
  const result = watched.map(({ s, base, events }) => {
    if (base === 0) return POLLNVAL;
    const found = isOpen(arena.control, s) ? pollEvents(arena.control, base, events) : POLLNVAL;
    if (found !== 0) any = true;
    return found;
  });
  return any ? result : undefined;
}

function report(arena: Arena, { view, watched }: Poll, found: number[] | undefined): number {
  if (found === undefined) return isDown(arena) ? fail(WSAENETDOWN) : succeed(0);
  for (const [i, revents] of found.entries()) view.setInt16(i * ENTRY + REVENTS, revents, true);
  return succeed(found.filter((revents, i) => revents !== 0 && watched[i].base !== 0).length);
}

const patience = (timeout: number): number => (timeout < 0 ? Number.POSITIVE_INFINITY : timeout);

export function WSAPoll(fdArray: ArrayBufferView | null, fds: number, timeout: number): number {
  const arena = arenaOfThread();
  const poll = prepare(arena, fdArray, fds);
  if (typeof poll === 'number') return fail(poll);
  const found =
    look(arena, poll) ??
    (timeout === 0
      ? undefined
      : waitForAny(arena, deadlineAfter(patience(timeout)), () => look(arena, poll)));
  return report(arena, poll, found);
}

export async function WSAPollAsync(
  fdArray: ArrayBufferView | null,
  fds: number,
  timeout: number,
): Promise<number> {
  const arena = arenaOfThread();
  const poll = prepare(arena, fdArray, fds);
  if (typeof poll === 'number') return settle(() => fail(poll));
  const found = await awaitAny(arena, deadlineAfter(patience(timeout)), () => look(arena, poll));
  return settle(() => report(arena, poll, found));
}
