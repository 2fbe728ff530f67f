/** What a visitor fills in before signing in waits for them, in whichever browser they finish signing up. */
import { expect, test, type Page } from './journey.ts';
import { aNewcomer, confirm, fillSignIn, linkInLetter, newAddress, signUp } from './people.ts';

test.use({ javaScriptEnabled: false });

const words = 'Which days does somebody read the meters in Orchard Lane?';

test('a draft is found again when the letter is opened in another browser', async ({ page, browser }) => {
  await fillIn(page);
  await page.getByRole('link', { name: 'I am new: sign up to send it' }).click();
  await expect(page.getByRole('main')).toContainText('What you have filled in is kept');
  const email = newAddress();
  await signUp(page, email);

  const elsewhere = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await confirm(elsewhere, await linkInLetter(elsewhere, email, 'Confirm your e-mail address'));
  await expect(elsewhere.getByRole('main')).toContainText(words);
});

test('a draft is found again after signing in, and by nobody else', async ({ page, browser }) => {
  const known = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const email = await aNewcomer(known);

  await fillInAndSend(page);
  const draft = new URL(page.url()).searchParams.get('next') ?? '';
  await fillSignIn(page, email);
  await expect(page.getByRole('main')).toContainText(words);

  const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await stranger.goto(draft);
  await expect(stranger.getByRole('main')).not.toContainText(words);
});

/** Fills in a general question as a visitor, as far as the page lets them: to the sign-in. */
async function fillInAndSend(page: Page) {
  await fillIn(page);
  await page.locator('form[action="?/send"] button[type=submit]').click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
}

async function fillIn(page: Page) {
  await page.goto('/requests/new/GENERAL');
  await page.getByLabel('What is it about?').fill('Meter reading days');
  await page.getByLabel('Your question').fill(words);
  await page.locator('label[for=contact_by-email]').click();
  await page.locator('form[action="?/review"] button[type=submit]').click();
}
