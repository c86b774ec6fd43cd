import { CONTROL_WORDS } from './layout.js';

/** The memory that the host and all callers of the process share; `layout.ts` says what lies where. */
export interface Arena {
  readonly control: Int32Array;
  readonly data: SharedArrayBuffer;
  /** `data` as bytes and as words; both follow its growth. */
  readonly dataBytes: Uint8Array;
  readonly dataWords: Int32Array;
}

/** What travels between threads. */
export interface ArenaMemory {
  readonly control: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
}

const LIMITS = [2 ** 32, 2 ** 30, 2 ** 28];
const FIRST = 1 << 20;

/** Fresh memory. Pages are touched, and so take real memory, only when they are used. */
export function createMemory(): ArenaMemory {
  const control = new SharedArrayBuffer(CONTROL_WORDS * 4);
  // A program may set a lower limit to what all queues of the process take: WINSOCK_NET_ARENA_BYTES.
  const own = Number(process.env.WINSOCK_NET_ARENA_BYTES ?? 0);
  for (const maxByteLength of own >= FIRST ? [own] : LIMITS) {
    try {
      return { control, data: new SharedArrayBuffer(FIRST, { maxByteLength }) };
    } catch {
      // This machine has less address space to give: try the next smaller one.
    }
  }
  throw new Error('winsock: no shared memory could be reserved for the net binding');
}

export function openArena({ control, data }: ArenaMemory): Arena {
  return {
    control: new Int32Array(control),
    data,
    dataBytes: new Uint8Array(data),
    dataWords: new Int32Array(data),
  };
}
