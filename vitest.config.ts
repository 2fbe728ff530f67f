/** Tests of rules, servers and the house itself. Journeys in a browser are Playwright's (`npm run e2e`). */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { aUtility } from './tests/support/hearth.ts';

/** Their modules keep something for the life of a process: what the bot has learned, a whole site. */
const alone = [
  'src/lib/chat/server/**/*.test.ts',
  'src/lib/help/server/**/*.test.ts',
  'tests/server/**/*.test.ts'
];
/** Importing the same modules anew for each file took half of the time: these files share those of their worker. */
const together = ['src/**/*.test.ts', 'tests/house/**/*.test.ts'];
/** Whole processes are started and killed: a proof (`npm run prove`), too slow for each change. */
const kills = ['tests/kills/*.test.ts'];

export default defineConfig({
  plugins: [svelte()],
  test: {
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      { extends: true, test: { name: 'together', include: together, exclude: alone, isolate: false } },
      { extends: true, test: { name: 'kills', include: kills } }
    ],
    env: { ...aUtility, SECRET: 'known to everybody, for tests only', LOG_LEVEL: 'warn' },
    globalSetup: 'tests/support/global-setup.ts',
    // Half of the time is waiting for processes and databases, which one core's worth of workers would sit out.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 120_000
  }
});
