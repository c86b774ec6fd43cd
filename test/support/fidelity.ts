import { readFileSync } from 'node:fs';
import type { BindingName } from '../../src/bindings/index.js';

/** A row of docs/fidelity.md: how a binding differs from Windows. */
export interface Difference {
  readonly id: string;
  /** The bindings that differ. */
  readonly bindings: readonly BindingName[];
  /** Whether they differ on the platform that this runs on. */
  readonly here: boolean;
  /** The whole row, where the facts that it excuses are named. */
  readonly text: string;
}

const page = new URL('../../docs/fidelity.md', import.meta.url);
const COLUMNS = 6;

/** Every row of every table of the page: the ones whose first cell is an id in backquotes. */
export function differences(): Difference[] {
  return readFileSync(page, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('| `'))
    .map(parse);
}

function parse(line: string): Difference {
  const cells = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  const id = cells[0].slice(1, -1);
  if (cells.length !== COLUMNS || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || cells.includes(''))
    throw new Error(`docs/fidelity.md: a row needs a kebab-case id and ${COLUMNS} cells: ${line}`);
  const bindings = (cells[1].match(/addon|koffi|net/g) ?? []) as BindingName[];
  return { id, bindings, here: isHere(cells[1]), text: line };
}

/** `net`, `net on Windows`, `net, not on Windows`, `net on Linux`. */
function isHere(where: string): boolean {
  const windows = process.platform === 'win32';
  if (where.includes('not on Windows')) return !windows;
  if (where.includes('on Windows')) return windows;
  return where.includes('on Linux') ? process.platform === 'linux' : true;
}
