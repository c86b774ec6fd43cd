import { defineConfig } from 'vitest/config';

const lib = new URL('./lib/', import.meta.url);

// Tests are typed against src/ and run against lib/: what is tested is what is published, workers included.
// Forks, not threads: each test file owns a process, so a binding's process-wide state is its own.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^(?:\.\.\/)+src\/(.*)$/, replacement: `${lib.pathname.replace(/^\/([A-Za-z]:)/, '$1')}$1` },
    ],
  },
  test: { include: ['test/**/*.test.ts'], pool: 'forks', retry: 0, testTimeout: 20_000 },
});
