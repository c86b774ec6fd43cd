// Echo, one-way transfer and connections between two processes: each binding beside Node's own net, turn by turn, so
// that a machine whose speed drifts does not favour either. A rate's ratio is good when high, a time's when low.
import { compare, tableOf } from './compare.mjs';
import { measure } from './measure.mjs';

export const title = 'Between two processes over loopback, beside plain net in the same run (median of 5)';

const MB = 1e6;

/** Each `run` gives one figure for a binding, or for `net`. */
export const kinds = [
  {
    name: '1-byte echo, round trip, us',
    run: async (x, few) =>
      (await measure('echoServer', 'echoClient', x, x, { turns: few ? 500 : 8_000 })).microseconds,
  },
  {
    name: '64 KiB blocks sent, MB/s',
    run: async (x, few) =>
      (await measure('sink', 'source', 'net', x, { blocks: few ? 500 : 6_000 })).perSecond / MB,
  },
  {
    name: '64 KiB blocks received, MB/s',
    run: async (x, few) =>
      (await measure('sink', 'source', x, 'net', { blocks: few ? 500 : 6_000 })).perSecond / MB,
  },
  {
    name: 'accept, recv to 0, closesocket, 1/s',
    inC: false,
    run: async (x, few) =>
      (await measure('acceptor', 'connector', x, 'net', { count: few ? 200 : 3_000, parallel: 16 }))
        .perSecond,
  },
];

export async function run() {
  return tableOf(await compare(kinds, ['winsock:net'], 5, false));
}
