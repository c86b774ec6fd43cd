import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import {
  type FunctionName,
  families,
  functionEntry,
  functions,
  handleTypes,
  implementedFunctions,
  numberTypes,
  type Parameter,
  parameterKind,
  sizeWords,
} from '../../../src/ws2_32/index.js';

const names = Object.keys(functions) as FunctionName[];

test('no function stands in two families', () => {
  const listed = Object.values(families).flatMap((family) => Object.keys(family.functions));
  expect(listed).toEqual([...new Set(listed)]);
  expect(listed.sort()).toEqual([...names].sort());
});

test.each(names)('%s is described whole', (name) => {
  const entry = functionEntry(name);
  expect(entry.does).toMatch(/^[A-Z].*\.$/);
  expect(entry.source).toMatch(/^https:\/\/learn\.microsoft\.com\/windows\/win32\/\S+$/);
  expect(new Set(entry.params.map((parameter) => parameter.name)).size).toBe(entry.params.length);
  for (const parameter of entry.params) checkParameter(parameter, entry.params);
  for (const other of [entry.asyncOf, entry.aliasOf]) if (other) expect(functions).toHaveProperty([other]);
});

function checkParameter(parameter: Parameter, all: readonly Parameter[]): void {
  const kind = parameterKind(parameter);
  if (kind === 'number') expect(numberTypes).toHaveProperty([parameter.type]);
  if (kind === 'handle') expect(handleTypes).toContain(parameter.type);
  if (kind !== 'view') return;
  expect(parameter.dir, parameter.name).toBeDefined();
  expect(parameter.size, parameter.name).toBeDefined();
  expect(parameter.dir === 'in', parameter.name).toBe(
    parameter.type.startsWith('const ') || parameter.name === 'set',
  );
  if (typeof parameter.size !== 'string' || sizeWords.includes(parameter.size)) return;
  const holder = all.find(({ name }) => name === parameter.size?.toString().replace('*', ''));
  expect(holder, `${parameter.name}: ${parameter.size}`).toBeDefined();
  expect(parameterKind(holder!)).toBe(parameter.size.startsWith('*') ? 'view' : 'number');
}

test('the interface has the functions of the stages that are implemented', () => {
  expect(implementedFunctions).toContain('recv');
  expect(implementedFunctions.length).toBeGreaterThanOrEqual(31);
});

test('what is generated from the table is up to date', () => {
  execFileSync(process.execPath, ['scripts/generate.mjs', '--check'], { stdio: 'pipe' });
});
