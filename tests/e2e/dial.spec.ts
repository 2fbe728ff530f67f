/** A photo of the dial beside a meter reading, sent while the form is still being filled in. */
import { expect, test } from './journey.ts';
import { fixture, pixel } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { grace, signIn } from './demo.ts';

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

test('the desk gives a reading for them with a photo, without scripts too', async ({ browser }) => {
  for (const javaScriptEnabled of [false, true]) {
    const desk = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signIn(desk, grace, `/desk?queue=all&search=${encodeURIComponent(ben)}`);
    await desk.getByRole('button', { name: 'customers' }).click();
    await expect(desk).toHaveURL('/desk/customers');
    await desk.getByRole('main').getByRole('listitem').getByRole('link').click();
    const meter = desk.locator('details', { has: desk.locator('input[name="digits"]') }).first();
    await meter.locator('summary').click();
    await meter.locator('input[type="file"]').setInputFiles(dial);
    if (javaScriptEnabled) {
      await expect(meter.getByText('Received')).toBeVisible();
      await expectNoBarriers(desk);
    }
    await meter.locator('input[name="digits"]').fill('many');
    await meter.getByRole('button', { name: 'Give this reading for them' }).click();
    // What was chosen before a problem stays.
    await expect(meter.locator('input[name="attachment"]')).toHaveCount(1);
    // Scripts that come while a field is overwritten put its caret elsewhere.
    if (javaScriptEnabled) await expect(desk.getByText('Live', { exact: true })).toBeVisible();
    await meter.locator('input[name="digits"]').fill(javaScriptEnabled ? '00413' : '00412');
    await meter.getByRole('button', { name: 'Give this reading for them' }).click();
    await expect(desk.getByText(/The reading is (noted|kept)/)).toBeVisible();
    await expect(desk.getByRole('list', { name: 'Photos' }).first()).toBeVisible();
  }
});
