import type { Arena } from './arena/arena.js';
import { ring, waitFor } from './arena/events.js';
import * as L from './arena/layout.js';
import { contentOf, fill, MAILBOX_BYTES, seconds } from './arena/mailbox.js';
import type { NameAnswer, NameRequest } from './host/mailboxes.js';
import { arenaOfThread } from './thread.js';

/** An answer that nobody has taken for so long is for a thread that was terminated while it waited. */
const ABANDONED_SECONDS = 10;

/** Asks the host to look a name up and waits for the answer, which says "later" while all boxes are taken. Undefined: the host is down. */
export function askName(request: NameRequest): NameAnswer | undefined {
  const arena = arenaOfThread();
  const text = Buffer.from(JSON.stringify(request));
  if (text.length > MAILBOX_BYTES) return { error: 'ENOTFOUND' };
  const box = takeBox(arena.control);
  return box === undefined ? { error: 'EAI_AGAIN' } : exchange(arena, box, text);
}

/** The first word of a mailbox that is the caller's from now on. */
function takeBox(control: Int32Array): number | undefined {
  const boxes = Array.from({ length: L.MAILBOX_COUNT }, (_, i) => L.MAILBOXES + i * L.MAILBOX_WORDS);
  const take = (box: number, from: number): boolean =>
    Atomics.compareExchange(control, box + L.M_STATE, from, L.MAILBOX_FILLING) === from;
  const abandoned = (box: number): boolean => seconds() - control[box + L.M_ANSWERED_AT] > ABANDONED_SECONDS;
  return (
    boxes.find((box) => take(box, L.MAILBOX_FREE)) ??
    boxes.find((box) => abandoned(box) && take(box, L.MAILBOX_ANSWERED))
  );
}

function exchange(arena: Arena, box: number, request: Buffer): NameAnswer | undefined {
  const { control } = arena;
  const state = box + L.M_STATE;
  const ticket = Atomics.add(control, L.TICKETS, 1);
  fill(arena, box, request);
  control[box + L.M_TICKET] = ticket;
  Atomics.store(control, state, L.MAILBOX_POSTED);
  ring(arena);
  const answered = waitFor(arena, state, L.MAIL_WAITERS, Number.POSITIVE_INFINITY, () => {
    if (Atomics.load(control, box + L.M_TICKET) !== ticket) return false;
    return Atomics.load(control, state) === L.MAILBOX_ANSWERED ? true : undefined;
  });
  // The host is gone, or (a process that was stopped for long) the box is another's: it is not ours to free.
  if (!answered) return undefined;
  const answer = contentOf(arena, box) as NameAnswer;
  Atomics.store(control, state, L.MAILBOX_FREE);
  return answer;
}
