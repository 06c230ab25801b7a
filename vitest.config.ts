import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-cluster.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files keep no state of their own outside of what they close; loading everything anew for each took a quarter of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
