import { ring, waitFor } from './arena/events.js';
import * as L from './arena/layout.js';
import type { NameAnswer, NameRequest } from './host/mailboxes.js';
import { arenaOfThread } from './thread.js';

const BOX_BYTES = (L.MAILBOX_WORDS - L.M_DATA) * 4;

/** Asks the host to look a name up and waits for the answer. Undefined: all boxes are taken, or the host is down. */
export function askName(request: NameRequest): NameAnswer | undefined {
  const arena = arenaOfThread();
  const { control } = arena;
  const text = Buffer.from(JSON.stringify(request));
  if (text.length > BOX_BYTES) return { error: 'ENOTFOUND' };
  for (let box = 0; box < L.MAILBOX_COUNT; box++) {
    const word = L.MAILBOXES + box * L.MAILBOX_WORDS;
    const state = word + L.M_STATE;
    if (Atomics.compareExchange(control, state, L.MAILBOX_FREE, L.MAILBOX_FILLING) !== L.MAILBOX_FREE)
      continue;
    const bytes = new Uint8Array(control.buffer, (word + L.M_DATA) * 4, BOX_BYTES);
    bytes.set(text);
    control[word + L.M_LENGTH] = text.length;
    Atomics.store(control, state, L.MAILBOX_POSTED);
    ring(arena);
    const answered = waitFor(arena, state, L.MAIL_WAITERS, Number.POSITIVE_INFINITY, () =>
      Atomics.load(control, state) === L.MAILBOX_ANSWERED ? true : undefined,
    );
    const answer = answered
      ? (JSON.parse(Buffer.from(bytes.slice(0, control[word + L.M_LENGTH])).toString()) as NameAnswer)
      : undefined;
    Atomics.store(control, state, L.MAILBOX_FREE);
    return answer;
  }
  return undefined;
}
