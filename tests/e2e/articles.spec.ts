/** An answer of the help centre, from the desk that writes it to the reader whom it helps. */
import { randomBytes } from 'node:crypto';
import { expect, test } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { grace, sam, signIn } from './demo.ts';

test('an agent writes it, a supervisor approves it, and somebody without scripts reads it and says that it helped', async ({
  page,
  browser
}) => {
  const name = randomBytes(4).toString('hex');
  const title = `Why the kettle sings ${name}`;
  await signIn(page, grace, '/desk/articles/new');
  await expect(page.getByRole('button', { name: 'Commands' })).toBeVisible();
  await page.getByLabel('Title (English)').fill(title);
  await page.getByLabel('In a sentence (English)').fill('It sings when the water boils.');
  await page.getByLabel('The answer (English)').fill('It is the **steam**. See [your bills](/bills).');
  await page.getByLabel('As customers ask it (English)').fill(`why does my kettle sing ${name}`);
  await page.getByText('As readers see it (English)').click();
  await page.getByRole('button', { name: 'Save and propose' }).click();
  await expect(page.getByRole('link', { name: 'Please choose an answer.' })).toBeVisible();
  await expect(page.getByLabel('Title (English)'), 'nothing is lost').toHaveValue(title);
  await expect(page.getByRole('button', { name: 'Commands' })).toBeVisible();
  await page.getByLabel('Topic').selectOption('bills');
  await page.getByRole('button', { name: 'Save and propose' }).click();
  await expect(page.getByText('Proposed. Somebody else can approve it now.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
  const desk = page.url().replace(/\?.*/, '');
  const slug = desk.split('/').at(-1) ?? '';

  const reader = await (
    await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  ).newPage();
  expect((await reader.goto(`/help/${slug}`))?.status(), 'nobody outside reads a proposal').toBe(404);

  const other = await (await browser.newContext()).newPage();
  await signIn(other, sam, '/desk/articles?show=proposed');
  await other.getByRole('link', { name: title }).click();
  await expectNoBarriers(other);
  await other.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(other.getByText('Approved: it is in force.')).toBeVisible();

  await reader.goto(`/help?q=kettle+${name}`);
  await reader.getByRole('link', { name: title }).click();
  await expect(reader.locator('article strong')).toHaveText('steam');
  await reader.getByRole('button', { name: 'Send' }).click();
  await expect(reader.getByText('Choose yes or no.')).toBeVisible();
  await reader.getByLabel('No', { exact: true }).check();
  await reader.getByLabel('What was missing').fill('Mine whistles.');
  await reader.getByRole('button', { name: 'Send' }).click();
  await expect(reader.getByText('Sorry that it did not help.')).toBeVisible();

  await other.goto(desk);
  await expect(other.getByText('Mine whistles.')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Commands' })).toBeVisible();
  await other.getByLabel('The answer (English)').fill('Steam, or a whistle.');
  await page.goto(desk);
  await expect(page.getByRole('button', { name: 'Commands' })).toBeVisible();
  await page.getByLabel('The answer (English)').fill('Grace was quicker.');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('Saved as a draft.')).toBeVisible();
  await other.getByRole('button', { name: 'Save draft' }).click();
  await expect(other.getByText('Somebody has changed this article while you were writing')).toBeVisible();
  await expect(other.getByLabel('The answer (English)'), 'not a word is lost').toHaveValue(
    'Steam, or a whistle.'
  );
  await other.getByRole('button', { name: 'Save draft' }).click();
  await expect(other.getByText('Saved as a draft.')).toBeVisible();
  await other.getByRole('button', { name: 'Retire this article' }).click();
  await expect(other.getByText('Retired: nobody outside sees it any more.')).toBeVisible();
  expect((await reader.goto(`/help/${slug}`))?.status()).toBe(404);
});

test('what a reader writes below an answer is read for danger, and kept', async ({ browser }) => {
  const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await reader.goto('/help/moving-in');
  await reader.getByLabel('No', { exact: true }).check();
  await reader.getByLabel('What was missing').fill('there is a strong smell of gas in my kitchen right now');
  await reader.getByRole('button', { name: 'Send' }).click();
  await expect(reader).toHaveURL(/\/emergency\/heard/);
});
