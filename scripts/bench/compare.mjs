// A figure of several implementations beside plain net's, turn by turn, so that a machine whose speed drifts favours none.
import { median } from './measure.mjs';

/** The program in C has not every role. */
const has = (implementation, { inC = true }) => inC || !implementation.startsWith('c:');

/**
 * Rows of every kind's figure for every implementation and its ratio to net, medians of `rounds`. A kind has a `name`
 * and a `run` that gives one figure for an implementation; `few` asks it for a short measurement.
 */
export async function compare(kinds, implementations, rounds, few) {
  const rows = [];
  for (const kind of kinds) {
    const able = implementations.filter((x) => has(x, kind));
    const values = new Map(['net', ...able].map((x) => [x, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [x, list] of values) list.push(await kind.run(x, few));
    }
    const plain = values.get('net');
    for (const implementation of able) {
      const measured = values.get(implementation);
      const ratio = median(measured.map((value, i) => value / plain[i]));
      rows.push({ name: kind.name, implementation, value: median(measured), net: median(plain), ratio });
    }
  }
  return rows;
}

/** The rows of one binding as a table. */
export function tableOf(rows) {
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
