/** Two people and one account: invited, accepted, seen, changed, ended; the invited on a phone and without scripts. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { ada, signIn } from './demo.ts';
import { aNewcomer, confirm, linkInLetter, newAddress, password, signUp } from './people.ts';

test('somebody is let in to an account, sees it, is allowed more, and is shown out', async ({
  page,
  browser
}) => {
  const email = newAddress();
  await signIn(page, ada, '/account');
  await page.getByRole('link', { name: 'People with access' }).click();
  await expect(page.getByText('Ben Okafor')).toBeVisible();
  await page.getByRole('link', { name: 'Invite somebody' }).first().click();
  await page.getByLabel('Their e-mail address').fill('nora at example');
  await page.getByLabel('See the account').check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText('Choose who they are.').first()).toBeVisible();
  await expect(page.getByLabel('Their e-mail address')).toHaveValue('nora at example');
  await expect(page.getByLabel('See the account')).toBeChecked();
  await page.getByLabel('Their e-mail address').fill(email);
  await page.getByLabel('Somebody who helps me').check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText('The invitation is on its way')).toBeVisible();

  const phone = await (await browser.newContext({ javaScriptEnabled: false, ...looks[0] })).newPage();
  const link = await linkInLetter(phone, email, 'You are invited to an account');
  await phone.goto(link);
  await expect(phone.getByText(ada)).toBeVisible();
  await phone.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
  await signUp(phone, email);
  await confirm(phone, await linkInLetter(phone, email, 'Confirm your e-mail address'));
  await phone.getByRole('button', { name: 'Accept' }).click();
  await expect(phone.getByText('You have access now')).toBeVisible();
  await phone.goto('/bills');
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible();
  const bills = phone.getByRole('main').locator('a[href^="/bills/"]').first();
  await expect(bills).toBeVisible();
  await phone.goto(link);
  await expect(phone.getByRole('heading', { name: 'This invitation is over' })).toBeVisible();

  await page.goto('/account/access');
  await page.getByRole('listitem').filter({ hasText: email }).getByRole('link').click();
  await page.getByLabel('Act for you').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('ask and change things');
  await phone.goto('/readings');
  await expect(phone.getByRole('main').getByRole('button').first()).toBeVisible();

  await page.getByRole('listitem').filter({ hasText: email }).getByRole('link').click();
  await page.getByRole('button', { name: 'End it now' }).click();
  await expect(page.getByText('Ended. We tell both of you')).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
  await phone.goto('/bills');
  await expect(bills).toHaveCount(0);

  await page.goto('/account/changes');
  await expect(page.getByText('the access of Nora Newcomer was ended')).toBeVisible();
  await page.goto('/account/access');
  await page.getByRole('link', { name: 'What others did' }).first().click();
  await expect(page.getByText('Nora Newcomer').first()).toBeVisible();
});

test('somebody takes a copy of everything, closes their account and keeps it, on a phone and without scripts', async ({
  browser
}) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, ...looks[0] })).newPage();
  const email = await aNewcomer(page);
  await page.goto('/account');
  await page.getByRole('link', { name: 'A copy of your data' }).click();
  await page.getByLabel('Password').fill('not the one');
  await page.getByRole('button', { name: 'Make a copy' }).click();
  await expect(page.getByText('This is not your current password').first()).toBeVisible();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make a copy' }).click();
  const copy = page.getByRole('link', { name: /^Download the copy/ });
  await expect(async () => {
    await page.goto('/account/data');
    await expect(copy).toBeVisible({ timeout: 500 });
  }).toPass();
  const [download] = await Promise.all([page.waitForEvent('download'), copy.click()]);
  expect(download.suggestedFilename()).toMatch(/^hearth-data-.*\.zip$/);

  await page.goto('/account/close');
  await page.getByRole('button', { name: 'Close my online account' }).click();
  await expect(page.getByText('Tick the box to confirm').first()).toBeVisible();
  await page.getByLabel('I have read this and want my online account closed').check();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Close my online account' }).click();
  await expect(page.getByText('Your online account will be closed on')).toBeVisible();
  await page.goto(`/mail?q=${email}`);
  await expect(page.getByRole('listitem').filter({ hasText: email }).first()).toBeVisible();
  await page.goto('/account/close');
  await page.getByRole('button', { name: 'Keep my online account' }).click();
  await expect(page.getByText('Your account stays open')).toBeVisible();
});
