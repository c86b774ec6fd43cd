// Every error code with its message and causes, in the order of the numbers.
import { argumentErrors } from './arguments.js';
import * as codes from './codes.js';
import { connectionErrors } from './connections.js';
import type { Cause, ErrorEntry, ErrorTexts } from './entry.js';
import { lookupErrors } from './lookups.js';
import { progressErrors } from './progress.js';
import { qosErrors } from './qos.js';

const texts = { ...argumentErrors, ...connectionErrors, ...progressErrors, ...lookupErrors, ...qosErrors };

const numbers: Readonly<Record<string, number>> = { ...codes };

/** The name of an error code, such as `WSAECONNRESET`. */
export type ErrorName = keyof typeof texts;

function entryOf(name: string): ErrorEntry {
  const [message, ...causes] = (texts as ErrorTexts)[name];
  return { name, number: numbers[name], message, causes };
}

/** All 97 codes, by rising number. */
export const errorTable: readonly ErrorEntry[] = Object.keys(texts)
  .map(entryOf)
  .sort((a, b) => a.number - b.number);

const byNumber = new Map(errorTable.map((entry) => [entry.number, entry]));
const byName = new Map(errorTable.map((entry) => [entry.name, entry]));

/** Everything about an error, by number or by name (`10048`, `'WSAEADDRINUSE'`, `'EADDRINUSE'`); undefined if unknown. */
export function describe(code: number | string): ErrorEntry | undefined {
  if (typeof code === 'number') return byNumber.get(code);
  const name = code.trim().toUpperCase();
  if (/^\d+$/.test(name)) return byNumber.get(Number(name));
  const alias = numbers[name];
  return (
    byName.get(name) ?? byName.get(`WSA${name}`) ?? (alias === undefined ? undefined : byNumber.get(alias))
  );
}

/** The name of an error code: `errorName(10048)` is `'WSAEADDRINUSE'`. A number that is none gives `'UNKNOWN'`. */
export function errorName(number: number): string {
  return number === 0 ? 'NO_ERROR' : (byNumber.get(number)?.name ?? 'UNKNOWN');
}

/** The system's message for an error code. */
export function errorMessage(number: number): string {
  if (number === 0) return 'The operation completed successfully.';
  return byNumber.get(number)?.message ?? `Unknown error ${number}.`;
}

/** The likeliest causes of an error in a call; without a call, all of them. */
export function causesOf(number: number, call?: string): readonly Cause[] {
  const causes = byNumber.get(number)?.causes ?? [];
  if (call === undefined) return causes;
  const own = causes.filter(({ calls }) => calls?.includes(call.replace(/Async$/, '')));
  return own.length > 0 ? own : causes.filter(({ calls }) => calls === undefined);
}
