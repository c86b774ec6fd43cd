// Echo, one-way transfer and connections between two processes: each binding beside Node's own net, turn by turn, so
// that a machine whose speed drifts does not favour either. A rate's ratio is good when high, a time's when low.
import { measure, median } from './measure.mjs';

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
    run: async (x, few) =>
      (await measure('acceptor', 'connector', x, 'net', { count: few ? 200 : 3_000, parallel: 16 }))
        .perSecond,
  },
];

/** Rows of a figure for every implementation and its ratio to net, medians of `rounds`. */
export async function compare(implementations, rounds, few) {
  const rows = [];
  for (const { name, run } of kinds) {
    const values = new Map([['net', []], ...implementations.map((x) => [x, []])]);
    for (let round = 0; round < rounds; round++) {
      for (const [x, list] of values) if (supports(x, name)) list.push(await run(x, few));
    }
    const plain = values.get('net');
    for (const x of implementations.filter((x) => supports(x, name))) {
      const ratios = values.get(x).map((value, i) => value / plain[i]);
      rows.push({
        name,
        implementation: x,
        value: median(values.get(x)),
        net: median(plain),
        ratio: median(ratios),
      });
    }
  }
  return rows;
}

/** The program in C has no role that only accepts. */
const supports = (implementation, name) => !(implementation.startsWith('c:') && name.startsWith('accept'));

export async function run() {
  const rows = await compare(['winsock:net'], 5, false);
  return {
    columns: ['what', 'plain net', 'net binding', 'ratio'],
    rows: rows.map(({ name, net, value, ratio }) => [
      name,
      net.toFixed(1),
      value.toFixed(1),
      `${ratio.toFixed(2)} x`,
    ]),
  };
}
