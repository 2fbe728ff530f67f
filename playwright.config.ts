/** Journeys in a browser. `npm test` starts Hearth for them and says where it is. */
import { defineConfig } from '@playwright/test';

const baseURL = process.env.E2E_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  testDir: 'tests/e2e',
  // It is emptied first, and what Vitest told of its run stands beside it.
  outputDir: 'test-results/journeys',
  fullyParallel: true,
  forbidOnly: true,
  // A journey waits more than it works: two cores are busy for four tenths of the time with two of them.
  workers: 3,
  // Bounds, and no measure: two slow cores take three times as long as two quick ones.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // A machine that stands still for a while fails one of two hundred. What came right only the second time is named.
  retries: 1,
  // Dots: then what failed, and why, stands together at the end.
  reporter: process.env.E2E_REPORT ? [['json', { outputFile: process.env.E2E_REPORT }], ['dot']] : 'dot',
  use: {
    baseURL,
    locale: 'en-US',
    // Recording every step takes as long as the step: `E2E_TRACE=on npm run e2e -- <file>` does it.
    trace: process.env.E2E_TRACE ? 'on' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      // Nothing but the pages under test is asked for. Chromium's own sandbox does not work for root.
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A page lives for a second here: compiling its scripts twice for speed costs more than it gains.
        '--js-flags=--no-opt,--no-maglev,--min-semi-space-size=32',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
      ]
    }
  }
});
