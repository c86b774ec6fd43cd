// WSAAsyncSelect beside the events of Node's own net, between two processes.
import { compare, tableOf } from './compare.mjs';
import { measure, median } from './measure.mjs';

export const title = 'Messages of WSAAsyncSelect beside the events of plain net (median of 5)';

const MB = 1e6;
const PACKET = 0x40000;

const crowdOf = (count) => ({
  name: `a byte to one of ${count} sockets and back, us`,
  run: async (x, few) => {
    const rounds = Math.ceil((few ? 2_000 : 10_000) / count);
    return (await measure('crowd', 'crowdOfClients', x, 'net', { count, rounds })).microseconds;
  },
});

/** Each `run` gives one figure for a binding, or for `net`. */
const ofBindings = [
  {
    name: "a byte's arrival to wndProc, us",
    run: async (x, few) =>
      median((await measure('stamper', 'listener', 'net', x, { turns: few ? 200 : 1_000 })).waits) * 1000,
  },
  {
    name: '100 MB from FD_WRITE to FD_WRITE, MB/s',
    run: async (x) =>
      (await measure('sink', 'sender', 'net', x, { blocks: 400, size: PACKET })).perSecond / MB,
  },
  ...[10, 100, 1_000].map(crowdOf),
];

export const kinds = ofBindings.map((kind) => ({ ...kind, inC: false }));

export async function run() {
  return tableOf(await compare(kinds, ['winsock:net'], 5, false));
}
