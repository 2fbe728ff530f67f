/** Letters: a receipt at once, news of what matters, and never a word of what was written. */
import { expect, test, type Page } from './journey.ts';
import { ask } from './asks.ts';
import { ada, sam, signIn } from './demo.ts';

async function openLetter(page: Page, subject: string) {
  const letter = page.getByRole('link', { name: subject });
  await expect(async () => {
    await page.goto(`/mail?q=${encodeURIComponent(subject)}`);
    await expect(letter).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await letter.click();
}

test('a request is answered by a letter with its reference, a promise and the way to it', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(customer, ada);
  const reference = await ask(customer, { words: 'Why did my standing charge go up by violet kangaroos?' });

  await openLetter(customer, `We have your request ${reference}`);
  await expect(customer.getByText('A person from our team will answer you by')).toBeVisible();
  await expect(customer.getByText('violet kangaroos')).toHaveCount(0);
  await customer.getByRole('link', { name: `/requests/${reference}` }).click();
  await expect(customer.getByText(reference).first()).toBeVisible();

  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, sam, `/desk/requests/${reference}`);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  const box = desk.locator('details', { has: desk.locator('#reply-text') });
  if (!(await desk.locator('#reply-text').isVisible())) await box.locator('summary').first().click();
  await desk.locator('#reply-text').fill('Because of orange giraffes.');
  await box.getByRole('button', { name: 'Send reply' }).click();
  await expect(desk.getByText('Because of orange giraffes.').first()).toBeVisible();

  await openLetter(customer, `An answer to your request ${reference}`);
  await expect(customer.getByText('orange giraffes')).toHaveCount(0);
});
