/** What stands around a page leaves it room, at every zoom, and red is kept for danger. */
import { expect, test, type Page } from './journey.ts';
import { ada, grace, signIn } from './demo.ts';

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('nothing runs over the edge at 320 px and 400 % zoom, and a phone’s first screen is the page’s', async ({
  browser
}) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 256 } })).newPage();
  await signIn(page, ada);
  for (const path of ['/', '/requests', '/requests/new', '/requests/new/BILL-HIGH', '/account', '/contact']) {
    await page.goto(path);
    expect([path, await overflow(page)]).toEqual([path, 0]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  const box = await page.locator('main').boundingBox();
  expect(box?.y ?? 999).toBeLessThanOrEqual(120);
});

test('the customers’ red strip is not on the desk', async ({ page }) => {
  await signIn(page, grace, '/desk');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await expect(page.getByText('Smell gas?')).toHaveCount(0);
});
