// Vitest's JSON results, counted.

/** Counts from vitest's JSON report; a run that left none failed as a whole. */
export function countResults(json) {
  if (!json) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(json);
  // A file that cannot be loaded has no tests, only a failure.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Prints a line for each run and one for all; returns the exit code. */
export function sumUp(runs) {
  console.log();
  const total = { passed: 0, failed: 0 };
  for (const { name, code, counts } of runs) {
    console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    total.passed += counts.passed;
    total.failed += counts.failed === 0 && code !== 0 ? 1 : counts.failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && runs.every(({ code }) => code === 0) ? 0 : 1;
}
