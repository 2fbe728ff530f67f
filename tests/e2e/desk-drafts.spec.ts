/** What staff are writing outlives reloads, other computers, other people's changes, and their own session. */
import { expect, test, type Browser } from './journey.ts';
import { ask } from './asks.ts';
import { ada, grace, signIn } from './demo.ts';
import { fillSignIn } from './people.ts';

test('a reply that was begun is found again on another computer, and is gone once it is sent', async ({
  browser
}) => {
  const reference = await aQuestion(browser);
  const here = await (await browser.newContext()).newPage();
  await signIn(here, grace, `/desk/requests/${reference}`);
  await expect(here.getByText('Live', { exact: true })).toBeVisible();
  await here.keyboard.press('r');
  await expect(here.getByLabel(/^Reply to/)).toBeFocused();
  await here.keyboard.type('We are looking into');
  await expect(here.getByText('Draft kept')).toBeVisible();

  const there = await (await browser.newContext()).newPage();
  await signIn(there, grace, `/desk/requests/${reference}`);
  await expect(there.getByText('Live', { exact: true })).toBeVisible();
  await expect(there.getByLabel(/^Reply to/)).toHaveValue('We are looking into');
  await there.getByLabel(/^Reply to/).fill('We are looking into it.');
  await there.getByRole('button', { name: /^Send/ }).click();
  await expect(there.getByText('Reply sent.')).toBeVisible();

  const later = await (await browser.newContext()).newPage();
  await signIn(later, grace, `/desk/requests/${reference}`);
  await expect(later.getByText('Live', { exact: true })).toBeVisible();
  await later.locator('summary', { hasText: 'Reply' }).click();
  await expect(later.getByLabel(/^Reply to/)).toHaveValue('');
});

test('a session that ends while one writes costs no word, with scripts', async ({ browser }) => {
  const reference = await aQuestion(browser);
  const page = await (await browser.newContext()).newPage();
  await signIn(page, grace, `/desk/requests/${reference}`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.context().clearCookies();
  await page.keyboard.press('n');
  await expect(page.getByLabel('A note for colleagues')).toBeFocused();
  await page.keyboard.type('Written after the session had ended');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('You have been signed out')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();

  await signIn(page, grace, `/desk/requests/${reference}`);
  await expect(page.getByLabel('A note for colleagues')).toHaveValue('Written after the session had ended');
});

test('without scripts a draft is kept by a button, and whoever was signed out reads every word again', async ({
  browser
}) => {
  const reference = await aQuestion(browser);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(page, grace, `/desk/requests/${reference}`);
  await page.locator('summary', { hasText: 'Reply' }).click();
  await page.getByLabel(/^Reply to/).fill('To be continued');
  await page.locator('.reply').getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(page.getByLabel(/^Reply to/)).toHaveValue('To be continued');

  await page.getByLabel(/^Reply to/).fill('To be continued, and ended.');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByLabel('What you wrote')).toHaveValue('To be continued, and ended.');
  const again = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(await again, grace, 'hearth-demo');
  await (await again).waitForURL(`**/desk/requests/${reference}`);
  await page.getByRole('button', { name: 'Send it again' }).click();
  await expect(page.getByRole('list').getByText('To be continued, and ended.')).toBeVisible();
});

/** Sends a question of Ada's. */
async function aQuestion(browser: Browser) {
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  return ask(customer, { words: 'What does this line on my bill mean?' });
}
