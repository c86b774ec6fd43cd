// Random arguments by the function table: right and wrong kinds, good and bad sockets, views of every type and
// length that lie inside one guarded arena. Nothing here can block, leave the machine or touch what is not ours:
// sockets are the pool's or no handles at all (a random small number may be a handle that Node itself uses),
// addresses are the pool's own or of no family, times are short, names are looked up without a network.
import {
  AF_INET,
  AF_INET6,
  type FunctionName,
  functionEntry,
  type HWND,
  type Parameter,
  parameterKind,
  type SOCKET,
  type WSABUF,
  type WSAEVENT,
} from '../../src/ws2_32/index.js';
import { wrongArguments } from './arguments.js';
import { address } from './sockets.js';

/** A generator of 32-bit numbers that a seed determines (xorshift). */
export function randomNumbers(seed: number) {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return {
    next,
    below: (limit: number) => next() % limit,
    pick: <T>(items: readonly T[]): T => items[next() % items.length],
    chance: (percent: number) => next() % 100 < percent,
  };
}

export type Random = ReturnType<typeof randomNumbers>;

const viewTypes = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float64Array,
  BigUint64Array,
] as const;

const numbers = [0, 1, -1, 2, 4, 8, 15, 16, 17, 64, 128, 408, 4096, 65535, 65536, 2147483647, -2147483648];
const oddNumbers = [Number.NaN, Number.POSITIVE_INFINITY, 1.5, -0.5, 1e300, 4294967295, 2 ** 53];
const badSockets = [0, -1, -2, 1.5, Number.NaN, 2 ** 31, 2 ** 32 - 1, 2 ** 40 + 4, 1e300];
/** A small number may be a window of some other program; -1 is every window there is. */
const badWindows = [0, 1.5, Number.NaN, 2 ** 31];
const socketOptions = [
  0x1001, 0x1002, 0x1005, 0x1006, 0x1007, 0x1008, 0x0004, 0x0008, 0x0080, 0x0002, -5, -129,
];
/** Those that are answered at once. */
const controlCodes = [
  ...[0x8004667e, 0x4004667f, 0x40047307, 0x98000004, 0x9800000c, 0x4004747b],
  ...[0x48000022, 0xc8000006, 0xc8000014, 0x48000016, 0xdeadbeef, 0x667e, 0],
];
const nodes = [null, '', '127.0.0.1', '::1', '1.2', '[::1]:80', '\0'];
const names = [
  null,
  '',
  'localhost',
  '127.0.0.1',
  '1.2',
  '0x7f.1',
  '256.1.1.1',
  '\0',
  'a b',
  'ä.ö',
  'x'.repeat(300),
];

/** The arena in which every view lies; what the views do not cover must stay as it was. */
export class Arena {
  readonly #bytes: Buffer;
  readonly #before: Buffer;
  readonly #covered: [number, number][] = [];

  constructor(
    readonly random: Random,
    readonly shared: boolean,
  ) {
    this.#bytes = Buffer.from(shared ? new SharedArrayBuffer(8192) : new ArrayBuffer(8192));
    for (let i = 0; i < this.#bytes.length; i++) this.#bytes[i] = random.next();
    this.#before = Buffer.from(this.#bytes);
  }

  /** A view of about `bytes` bytes, filled by `fill` as far as it goes. */
  view(bytes: number, fill?: Uint8Array): ArrayBufferView {
    const { random } = this;
    const start = 1024 + random.below(2048) * 2;
    const Type = random.chance(60) ? Uint8Array : random.pick(viewTypes);
    const offset = start - (start % Type.BYTES_PER_ELEMENT);
    const length = Math.floor(bytes / Type.BYTES_PER_ELEMENT);
    const buffer = this.#bytes.buffer as ArrayBuffer;
    const view = random.chance(15) ? new DataView(buffer, offset, bytes) : new Type(buffer, offset, length);
    const inside = this.#bytes.subarray(offset, offset + view.byteLength);
    if (fill) inside.set(fill.subarray(0, inside.length));
    this.#covered.push([offset, offset + view.byteLength]);
    return view;
  }

  /** Whether every byte that no view covers is as it was; then forgets the views. */
  intact(): boolean {
    const covered = this.#covered.splice(0).sort((a, b) => a[0] - b[0]);
    let at = 0;
    let same = true;
    for (const [start, end] of covered) {
      if (start > at) same &&= this.#same(at, start);
      at = Math.max(at, end);
    }
    same &&= this.#same(at, this.#bytes.length);
    for (const [start, end] of covered) this.#before.copy(this.#bytes, start, start, end);
    return same;
  }

  #same(start: number, end: number): boolean {
    return this.#bytes.compare(this.#before, start, end, start, end) === 0;
  }
}

export interface Pool {
  readonly sockets: readonly SOCKET[];
  /** Ports of the pool's own sockets. */
  readonly ports: readonly number[];
  readonly events: readonly WSAEVENT[];
  readonly windows: readonly HWND[];
}

function sockaddr(random: Random, pool: Pool): Uint8Array {
  const good = address(random.pick([0, ...pool.ports]));
  if (random.chance(30)) good[0] = random.pick([0, 1, 77, 255].filter((family) => family !== AF_INET));
  return good;
}

function fdSet(random: Random, pool: Pool): Uint8Array {
  const set = new BigInt64Array(8);
  const count = random.below(6);
  for (let i = 1; i <= count; i++) set[i] = BigInt(random.pick(pool.sockets));
  const bytes = new Uint8Array(set.buffer);
  // A count that is not the set's, which may be more than the view holds.
  new DataView(bytes.buffer).setUint32(0, random.chance(80) ? count : random.next(), true);
  return random.chance(90) ? bytes : bytes.subarray(0, random.below(16));
}

function pollfds(random: Random, pool: Pool): Uint8Array {
  const entries = new BigInt64Array(2 * random.below(5));
  for (let i = 0; i < entries.length; i += 2) {
    entries[i] = BigInt(random.pick([...pool.sockets, -1, 2 ** 40 + 4]));
    entries[i + 1] = BigInt(random.pick([0, 0x0100, 0x0310, 0x0010, 0x0001, 0xffff]));
  }
  return new Uint8Array(entries.buffer);
}

function handles(arena: Arena, pool: Pool): unknown {
  const { random } = arena;
  if (random.chance(5)) return null;
  const list = Array.from({ length: random.below(5) }, () => handleOf('WSAEVENT', random, pool));
  if (random.chance(60)) return list;
  const whole = list.map((event) => BigInt(Number.isFinite(event) ? Math.trunc(event) : 0));
  const memory = BigInt64Array.from(whole.map((event) => BigInt.asIntN(64, event)));
  return arena.view(random.pick([0, 7, 8, 16, 40]), new Uint8Array(memory.buffer));
}

function handleOf(type: string, random: Random, pool: Pool): number {
  const good = random.chance(75);
  if (type === 'WSAEVENT') return random.pick(good && pool.events.length > 0 ? pool.events : badSockets);
  if (type === 'HWND') return random.pick(good && pool.windows.length > 0 ? pool.windows : badWindows);
  return random.pick(good ? pool.sockets : badSockets);
}

function timeval(random: Random): Uint8Array {
  const time = Int32Array.of(random.pick([0, 0, 0, -1]), random.pick([0, 1, 999, -5]));
  return new Uint8Array(time.buffer, 0, random.chance(85) ? 8 : random.below(8));
}

function int(random: Random): Uint8Array {
  const value = random.chance(70) ? random.below(140) : random.pick(numbers);
  return new Uint8Array(Int32Array.of(value).buffer, 0, random.chance(90) ? 4 : random.below(4));
}

function view(parameter: Parameter, arena: Arena, pool: Pool): ArrayBufferView | null {
  const { random } = arena;
  // No timeout would wait for ever.
  if (random.chance(10) && parameter.name !== 'timeout') return null;
  const content = contentOf(parameter, random, pool);
  if (content) return arena.view(content.length, content);
  return arena.view(random.pick([0, 1, 3, 4, 8, 16, 17, 64, 400, 408, 500, 1500]));
}

function contentOf({ type, name }: Parameter, random: Random, pool: Pool): Uint8Array | undefined {
  if (name === 'timeout') return timeval(random);
  if (type === 'WSAPOLLFD*') return pollfds(random, pool);
  if (type.includes('fd_set')) return fdSet(random, pool);
  if (type.includes('sockaddr')) return sockaddr(random, pool);
  if (type === 'int*' || /len(gth)?$/i.test(name)) return int(random);
  // MSG_WAITALL waits even where data is there.
  if (name === 'lpFlags') return Uint8Array.of(random.pick([0, 0, 1, 2, 4]), 0, 0, 0);
  // Any other address would be asked for on the network.
  if (name === 'addr') return Uint8Array.of(127, 0, 0, 1);
  // ioctlsocket's argument: 0 would make a socket of the pool block.
  if (type === 'u_long*')
    return Uint8Array.of(1, 0, 0, 0).subarray(0, random.chance(85) ? 4 : random.below(4));
  return undefined;
}

function number({ name }: Parameter, random: Random): number {
  if (name === 'timeout' || name === 'dwTimeout') return random.pick([0, 0, 0, 1]);
  if ((name === 'cEvents' || name === 'fds') && random.chance(90)) return random.below(5);
  if (name === 'optname' && random.chance(70)) return random.pick(socketOptions);
  if (name === 'level' && random.chance(70)) return random.pick([0xffff, 6, 0]);
  if (name === 'wVersionRequested' && random.chance(50)) return 0x0202;
  if (name === 'cmd' && random.chance(80)) return random.pick([0x8004667e, 0x4004667f, 0x40047307]);
  // MSG_WAITALL waits even where data is there.
  if (name === 'flags' || name === 'dwFlags') return random.pick([0, 0, 0, 1, 2, 4]);
  if (name === 'dwIoControlCode') return random.pick(controlCodes);
  if (name === 'dwProcessId') return random.pick([0, process.pid, 0xffffffff]);
  if (name === 'dwBufferCount' && random.chance(90)) return random.below(4);
  if (/^(Address)?Family$/.test(name) && random.chance(90)) return random.pick([AF_INET, AF_INET6]);
  if (/len$/.test(name) && random.chance(60)) return random.below(70);
  return random.chance(80)
    ? random.pick(numbers)
    : random.chance(50)
      ? random.pick(oddNumbers)
      : random.next();
}

// A look-up costs milliseconds, so few of the names that are looked up are names at all.
function text({ name }: Parameter, random: Random): unknown {
  if (name === 'pNodeName') return random.pick(nodes);
  return name !== 'name' || random.chance(3) ? random.pick(names) : random.next();
}

/** Mostly as long as its view. */
function buffer(arena: Arena): WSABUF {
  const { random } = arena;
  const size = random.below(80);
  const len = random.chance(80) ? size : random.pick(numbers);
  return { len, buf: random.chance(5) ? null : arena.view(size) };
}

function hints(arena: Arena): object | null {
  const { random } = arena;
  if (random.chance(30)) return null;
  if (random.chance(30)) return arena.view(random.pick([0, 16, 32, 48, 64]));
  const number = () => random.pick([0, 0, 1, 2, 6, 23, 999]);
  return {
    ai_flags: random.chance(80) ? random.pick([0, 1, 2, 4]) : random.next(),
    ai_family: number(),
    ai_socktype: number(),
    ai_protocol: number(),
  };
}

/** A random argument list for a function, right kinds mostly. */
export function randomArguments(name: FunctionName, arena: Arena, pool: Pool): unknown[] {
  const { random } = arena;
  const list = functionEntry(name).params.map((parameter) => {
    if (random.chance(3)) return random.pick(wrongArguments(parameter));
    switch (parameterKind(parameter)) {
      case 'handle':
        return handleOf(parameter.type, random, pool);
      case 'string':
        return text(parameter, random);
      case 'view':
        return view(parameter, arena, pool);
      case 'WSABUF[]':
        return random.chance(5) ? null : Array.from({ length: random.below(4) }, () => buffer(arena));
      case 'WSABUF':
        return random.chance(50) ? null : buffer(arena);
      case 'ADDRINFO':
        return hints(arena);
      case 'ADDRINFO[]':
        return random.chance(10) ? null : [1, 2, 3].slice(random.below(4));
      case 'ConditionProc':
        return random.chance(30) ? null : () => random.pick([0, 1, 2, 7, -1, undefined]);
      case 'HANDLE[]':
        return handles(arena, pool);
      case 'WNDPROC':
      case 'CompletionRoutine':
        return random.chance(50) ? null : () => undefined;
      default:
        return number(parameter, random);
    }
  });
  return random.chance(2) ? list.slice(0, random.below(list.length + 1)) : list;
}
