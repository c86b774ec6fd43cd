import { defineConfig } from 'vitest/config';

const lib = new URL('./lib/', import.meta.url);

// Tests are typed against src/ and run against lib/: what is tested is what is published, workers included.
// Forks, not threads: each test file owns a process, so a binding's process-wide state is its own.
//
// Most tests wait most of the time, so more files run at once than vitest would choose: more on Windows Node under
// Wine, where the waits are longer. A test's limit is there to end one that hangs, and judges no machine's speed.
const maxWorkers = process.platform === 'win32' ? 3 : 2;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^(?:\.\.\/)+src\/(.*)$/, replacement: `${lib.pathname.replace(/^\/([A-Za-z]:)/, '$1')}$1` },
    ],
  },
  test: { include: ['test/**/*.test.ts'], pool: 'forks', maxWorkers, retry: 0, testTimeout: 60_000 },
});
