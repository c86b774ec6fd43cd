// The same measurements in the Node that runs this, every binding that it has and C, as JSON to a file:
// node compare-in-node.mjs FILE PROGRAM-IN-C
import { writeFileSync } from 'node:fs';
import { compare } from './compare.mjs';
import { kinds as messages } from './messages.mjs';
import { kinds as network } from './network.mjs';

const [file, program] = process.argv.slice(2);
const implementations = ['winsock:addon', 'winsock:koffi', 'winsock:net', `c:${program}`];
writeFileSync(file, JSON.stringify(await compare([...network, ...messages], implementations, 3, true)));
