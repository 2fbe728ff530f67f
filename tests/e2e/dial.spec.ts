/** A photo of the dial beside a meter reading, sent while the form is still being filled in. */
import { expect, test } from './journey.ts';
import { fixture, pixel } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { signIn } from './demo.ts';

const ben = 'ben@customer.example';
const dial = { name: 'dial.png', mimeType: 'image/png', buffer: pixel };

test('with scripts a photo of the dial goes up at once, and a film is refused by its name', async ({
  page
}) => {
  await signIn(page, ben, '/readings');
  await page.getByRole('link', { name: '127 Alder Street' }).click();
  const rows = page.locator('[data-uploader] li:not([hidden])');
  await page.locator('input[type="file"]').first().setInputFiles(fixture('film.mp4'));
  await expect(rows.filter({ hasText: 'Received' })).toHaveCount(1);
  await page.locator('input[name="digits"]').first().fill('00412');
  await page.getByRole('button', { name: 'Send the reading' }).first().click();
  await expect(page.getByText('film.mp4: This is no photo.').first()).toBeVisible();
  await expectNoBarriers(page);
  await rows.getByRole('button', { name: 'Remove film.mp4' }).click();
  await page.locator('input[type="file"]').first().setInputFiles(dial);
  await expect(rows.filter({ hasText: 'Received' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Send the reading' }).first().click();
  await expect(page.getByText('Your photo goes with it.')).toBeVisible();
});
