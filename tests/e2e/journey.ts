/** What every journey stands on: Playwright's own, and a browser that is left as it was found. */
import { test as base } from '@playwright/test';

export * from '@playwright/test';

/**
 * Pages that a journey opened for other people are closed when it ends. They would stay until the last journey, hear
 * of everything that happens, and ask for the queue anew each time.
 */
export const test = base.extend<{ leavesNothingOpen: void }>({
  leavesNothingOpen: [
    async ({ browser }, use) => {
      await use();
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true }
  ]
});
