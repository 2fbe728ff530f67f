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
