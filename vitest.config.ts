import { defineConfig } from 'vitest/config';

// Forks, not threads: each test file owns a process, so a binding's process-wide state is its own.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], pool: 'forks', retry: 0, testTimeout: 20_000 },
});
