// Which sockets are known to block. Winsock does not tell a socket's mode, and a wait before `accept` may be made only
// where `accept` itself would wait: so a socket's bit is set when this binding makes it, and cleared when any thread
// makes it non-blocking. A socket that came from elsewhere is not known.
import { FIONBIO } from '../../ws2_32/constants.js';
import type { View } from '../../ws2_32/types.js';
import { intAt } from './memory.js';
import { mostHandles, type ProcessMemory } from './process-memory.js';

export interface BlockingModes {
  blocks(s: number): boolean;
  set(s: number, blocks: boolean): void;
}

export function openBlockingModes({ blocking: words }: ProcessMemory): BlockingModes {
  const inRange = (s: number) => s >= 0 && s < mostHandles * 4;
  const place = (s: number) => ({ word: s >>> 7, bit: 1 << ((s >>> 2) & 31) });
  return {
    blocks: (s) => inRange(s) && (Atomics.load(words, place(s).word) & place(s).bit) !== 0,
    set: (s, blocks) => {
      if (!inRange(s)) return;
      const { word, bit } = place(s);
      if (blocks) Atomics.or(words, word, bit);
      else Atomics.and(words, word, ~bit);
    },
  };
}

type Learn = (modes: BlockingModes, result: number, args: unknown[]) => void;

const made: Learn = (modes, s) => modes.set(s, true);
/** The description of another handle's socket says nothing of its mode. */
const madeOf: Learn = (modes, s, [, , , info]) => modes.set(s, info === null);
const inherited: Learn = (modes, s, [listening]) => modes.set(s, modes.blocks(listening as number));
const toldEvents: Learn = (modes, result, [s]) => {
  if (result === 0) modes.set(s as number, false);
};
const command: Learn = (modes, result, [s, code, value]) => {
  if (result === 0 && (code as number) >>> 0 === FIONBIO)
    modes.set(s as number, intAt(value as View | null) === 0);
};

/** What a successful call of a function says about a socket's mode. */
export const learns: Readonly<Record<string, Learn>> = {
  socket: made,
  WSASocketA: madeOf,
  WSASocketW: madeOf,
  accept: inherited,
  WSAAccept: inherited,
  ioctlsocket: command,
  WSAIoctl: command,
  WSAAsyncSelect: toldEvents,
  WSAEventSelect: toldEvents,
};
