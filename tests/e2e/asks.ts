/** Asking for something, the short way, for journeys that are about what comes after. */
import { expect, type Page } from '@playwright/test';

/** One white pixel, as a PNG. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64'
);

/** Sends a general question and answers with its reference. */
export async function ask(page: Page, { words, photo = false }: { words: string; photo?: boolean }) {
  await page.goto('/requests/new/GENERAL');
  await page.locator('[name="subject"]').fill('A question');
  await page.locator('[name="description"]').fill(words);
  await page.getByLabel('By e-mail').check();
  if (photo) {
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'bill.png', mimeType: 'image/png', buffer: pixel });
    await expect(page.locator('input[name="attachment"]')).toHaveCount(1);
  }
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}
