import { lookup, lookupService } from 'node:dns';
import type { Arena } from '../arena/arena.js';
import * as L from '../arena/layout.js';

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

export const MAILBOX_BYTES = (L.MAILBOX_WORDS - L.M_DATA) * 4;

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

function bytesOf(arena: Arena, word: number): Uint8Array {
  return new Uint8Array(arena.control.buffer, (word + L.M_DATA) * 4, MAILBOX_BYTES);
}

function take(arena: Arena, word: number): void {
  const length = arena.control[word + L.M_LENGTH];
  const request = JSON.parse(Buffer.from(bytesOf(arena, word).slice(0, length)).toString()) as NameRequest;
  const reply = (answer: NameAnswer): void => {
    // A name with very many addresses: the first ones are enough for anybody.
    let addresses = answer.addresses;
    let text = Buffer.from(JSON.stringify(answer));
    while (text.length > MAILBOX_BYTES && addresses !== undefined) {
      addresses = addresses.slice(0, addresses.length >> 1);
      text = Buffer.from(JSON.stringify({ ...answer, addresses }));
    }
    bytesOf(arena, word).set(text);
    arena.control[word + L.M_LENGTH] = text.length;
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
