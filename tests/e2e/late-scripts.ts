/** People who begin before a page is awake. */
import type { Page } from '@playwright/test';

/** From now on the scripts of this page wait. Call what it gives to let them come. */
export async function holdScripts(page: Page): Promise<() => void> {
  const scripts = Promise.withResolvers<void>();
  await page.route('**/_app/**/*.js', async (route) => {
    await scripts.promise;
    await route.continue();
  });
  return scripts.resolve;
}
