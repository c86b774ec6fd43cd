// The same measurements in the Node that runs this, every binding that it has and C, as JSON to a file:
// node network-in-node.mjs FILE PROGRAM-IN-C
import { writeFileSync } from 'node:fs';
import { compare } from './network.mjs';

const [file, program] = process.argv.slice(2);
const rows = await compare(['winsock:addon', 'winsock:koffi', 'winsock:net', `c:${program}`], 3, true);
writeFileSync(file, JSON.stringify(rows));
