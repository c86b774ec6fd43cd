import { expect, test } from 'vitest';
import { forEachBinding, rule } from '../support/bindings.js';
import { differences } from '../support/fidelity.js';
import { unsupported } from '../support/unsupported.js';
import type { Checks } from './fidelity/check.js';
import { listening } from './fidelity/listening.js';
import { wholeProcess } from './fidelity/process.js';
import { refused } from './fidelity/refused.js';
import { transfer } from './fidelity/transfer.js';

const checks: Checks = { ...listening, ...transfer, ...refused, ...wholeProcess };
const rows = differences();

test('docs/fidelity.md: every row has a check and every check a row', () => {
  expect(rows.map(({ id }) => id).sort()).toEqual(Object.keys(checks).sort());
});

test('docs/fidelity.md: what a binding cannot do stands in a row of its', () => {
  for (const { bindings, keys } of unsupported)
    for (const binding of bindings)
      for (const key of keys) {
        const named = rows.filter((row) => row.bindings.includes(binding) && row.text.includes(key));
        expect(named.length, `${key} on ${binding}`).toBeGreaterThan(0);
      }
});

forEachBinding((ws) => {
  for (const { id, bindings, here } of rows) {
    const check = checks[id];
    if (!bindings.includes(ws.name) || check === undefined) continue;
    const title = `docs/fidelity.md ${id}`;
    if (here) rule(ws, `${title} is as the page says`, () => check(ws));
    else test.skip(`${ws.name}: ${title} [not a difference on ${process.platform}]`);
  }
});
