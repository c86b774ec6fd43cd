// One side of a measurement, in a process of its own: node program.mjs ROLE IMPLEMENTATION ARGUMENTS RESULT-FILE
// ROLE is a name in `roles`, IMPLEMENTATION `net` (Node's own, plain) or a binding: `winsock:addon`, `winsock:koffi`,
// `winsock:net`. What it has to tell goes into the file, whole or not at all.
import { renameSync, writeFileSync } from 'node:fs';
import * as plain from './plain-roles.mjs';
import * as blocking from './winsock-roles.mjs';

const [role, implementation, given, file] = process.argv.slice(2);

/** Written to another name and renamed: who polls for the file never sees half of it. */
function tell(value) {
  writeFileSync(`${file}.part`, JSON.stringify(value));
  renameSync(`${file}.part`, file);
}

const roles = implementation === 'net' ? plain : blocking;
await roles[role]({ binding: implementation.replace('winsock:', ''), tell, ...JSON.parse(given) });
