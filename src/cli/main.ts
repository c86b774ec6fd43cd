#!/usr/bin/env node
import { exitCodeOf } from './output.js';
import { buildProgram } from './program.js';

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
