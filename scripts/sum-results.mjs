// Sums up vitest's JSON reports in a folder, for .ci/run: `sum-results.mjs FOLDER NUMBER_OF_FAILED_STEPS`.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { countResults } from './test-results.mjs';

const [folder, failedSteps] = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
for (const file of readdirSync(folder).filter((name) => /^results-.*\.json$/.test(name))) {
  const counts = countResults(readFileSync(join(folder, file), 'utf8'));
  console.log(
    `${basename(file, '.json').slice('results-'.length)}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
  total.passed += counts.passed;
  total.failed += counts.failed;
}
// A step may fail without a failed test.
if (total.failed < Number(failedSteps)) total.failed = Number(failedSteps);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
