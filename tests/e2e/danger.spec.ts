/** Safety before service: whoever writes of danger sees what to do first, and finds what they typed again. */
import { expect, test } from './journey.ts';
import { ada, signIn } from './demo.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a smell of gas in a form stops it, and "I am safe" leads back to every word', async ({ page }) => {
      const words = 'Please change my billing date, and also I smell gas by the meter.';
      await signIn(page, ada);
      await page.goto('/requests/new/GENERAL');
      await page.locator('[name="subject"]').fill('Billing date');
      await page.locator('[name="description"]').fill(words);
      await page.getByLabel('By e-mail').check();
      await page.getByRole('button', { name: 'Continue to review' }).click();

      await expect(page).toHaveURL(/\/emergency\/heard/);
      await expect(page.getByRole('link', { name: /911/ }).first()).toBeVisible();
      await expect(page.getByText('A person on duty has been told.')).toBeVisible();

      await page.getByRole('button', { name: 'I am safe' }).click();
      await expect(page.locator('[name="description"]')).toHaveValue(words);
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
    });

    test('a visitor who is not signed in is stopped likewise', async ({ page }) => {
      await page.goto('/requests/new/GENERAL');
      await page.locator('[name="subject"]').fill('Help');
      await page
        .locator('[name="description"]')
        .fill('the carbon monoxide alarm is going off and we have headaches');
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await expect(page).toHaveURL(/\/emergency\/heard/);
    });
  });
}

for (const who of ['a visitor', 'a customer'])
  test(`on a phone nothing lies over the numbers to call, for ${who}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    if (who === 'a customer') await signIn(page, ada);
    for (const path of ['/emergency', '/emergency/heard?hazard=gas&verdict=possible']) {
      await page.goto(path);
      const calls = page.locator('.calls a[href^="tel:"]');
      expect(await calls.count()).toBeGreaterThan(0);
      expect([path, await calls.evaluateAll(covered)]).toEqual([path, []]);
    }
  });

/** What lies over a number to call, with the page scrolled so that it stands at the head, the middle and the foot. */
function covered(calls: Element[]) {
  return calls.flatMap((call) =>
    (['start', 'center', 'end'] as const).flatMap((block) => {
      call.scrollIntoView({ block, behavior: 'instant' });
      const { left, right, top, bottom } = call.getBoundingClientRect();
      const across = [left + 4, (left + right) / 2, right - 4];
      const down = [Math.max(top, 0) + 4, (top + bottom) / 2, Math.min(bottom, innerHeight) - 4];
      return across.flatMap((x) =>
        down.flatMap((y) => {
          const there = document.elementFromPoint(x, y);
          return there && call.contains(there)
            ? []
            : [`${call.textContent}: ${there?.outerHTML.slice(0, 80)}`];
        })
      );
    })
  );
}
