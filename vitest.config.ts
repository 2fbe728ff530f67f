/** Tests of rules, servers and the house itself. Journeys in a browser are Playwright's (`npm run e2e`). */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { aUtility } from './tests/support/hearth.ts';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src/**/*.test.ts', 'tests/house/**/*.test.ts', 'tests/server/**/*.test.ts'],
    env: { ...aUtility, SECRET: 'known to everybody, for tests only', LOG_LEVEL: 'warn' },
    globalSetup: 'tests/support/global-setup.ts',
    // Half of the time is waiting for processes and databases, which one core's worth of workers would sit out.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 120_000
  }
});
