import { lookup, lookupService } from 'node:dns';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';
import { contentOf, fill, MAILBOX_BYTES, seconds } from '../arena/mailbox.js';

/** Requests that are about no socket: look-ups of names. JSON in, JSON out; a look-up costs far more than that. */
export interface NameRequest {
  readonly operation: 'lookup' | 'reverse';
  readonly name: string;
  readonly family?: number;
}

export interface NameAnswer {
  readonly error?: string;
  readonly addresses?: { address: string; family: number }[];
  readonly hostname?: string;
}

/** Takes up what was posted; tells whether there was anything. */
export function answerMailboxes(arena: Arena): boolean {
  let found = false;
  for (let box = 0; box < L.MAILBOX_COUNT; box++) {
    const word = L.MAILBOXES + box * L.MAILBOX_WORDS;
    if (Atomics.load(arena.control, word + L.M_STATE) !== L.MAILBOX_POSTED) continue;
    Atomics.store(arena.control, word + L.M_STATE, L.MAILBOX_FILLING);
    found = true;
    take(arena, word);
  }
  return found;
}

function take(arena: Arena, word: number): void {
  const request = contentOf(arena, word) as NameRequest;
  const reply = (answer: NameAnswer): void => {
    // A name with very many addresses: the first ones are enough for anybody.
    let addresses = answer.addresses;
    let text = Buffer.from(JSON.stringify(answer));
    while (text.length > MAILBOX_BYTES && addresses !== undefined) {
      addresses = addresses.slice(0, addresses.length >> 1);
      text = Buffer.from(JSON.stringify({ ...answer, addresses }));
    }
    fill(arena, word, text);
    arena.control[word + L.M_ANSWERED_AT] = seconds();
    Atomics.store(arena.control, word + L.M_STATE, L.MAILBOX_ANSWERED);
    Atomics.notify(arena.control, word + L.M_STATE);
  };
  if (request.operation === 'lookup') {
    lookup(request.name, { all: true, family: request.family ?? 0 }, (error, addresses) =>
      reply(error ? { error: error.code ?? 'UNKNOWN' } : { addresses }),
    );
  } else {
    lookupService(request.name, 0, (error, hostname) =>
      reply(error ? { error: error.code ?? 'UNKNOWN' } : { hostname }),
    );
  }
}
