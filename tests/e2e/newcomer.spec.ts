/** Somebody new: sends without an account, is linked at the desk, and connects an account with the code of a letter. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { grace, signIn } from './demo.ts';
import { aNewcomer } from './people.ts';

test.use({ javaScriptEnabled: false, ...looks[0] });

test('a newcomer sends without an account, and the desk links it with one click', async ({
  page,
  browser
}) => {
  await aNewcomer(page);
  for (const first of ['/orders', '/orders/refills']) {
    await page.goto(first);
    await expect(page.getByRole('link', { name: 'Ask to become a cylinder customer' })).toBeVisible();
  }
  await page.goto('/requests/new/PAPERLESS');
  await expect(page.getByRole('list', { name: 'Before you begin' })).toContainText('within one working day');
  await page.getByLabel('By e-mail').first().check();
  await page.getByLabel('Yes').first().check();
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('alert').or(page.locator('.problem')).first()).toContainText(
    'Tell us the address'
  );

  await page.goto('/mail?q=code+for+account');
  await page
    .getByRole('link', { name: /code for account/ })
    .first()
    .click();
  const letter = await page.getByRole('main').innerText();
  const [, number = ''] = /Account number: (\d+)/.exec(letter) ?? [];
  const [, postcode = ''] = /Postcode: (\S+)/.exec(letter) ?? [];
  const [, code = ''] = /Code: (\S+)/.exec(letter) ?? [];

  await page.goto('/requests/new/PAPERLESS');
  await page.getByLabel('By e-mail').first().check();
  await page.getByLabel('Yes').first().check();
  await page.getByLabel('Address', { exact: true }).fill('The blue house by the mill');
  await page.getByLabel(/^Account number/).fill(number);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByText('The blue house by the mill')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
  const reference = new URL(page.url()).pathname.split('/')[2] ?? '';

  const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(desk, grace, `/desk/requests/${reference}`);
  await expect(desk.getByText('Not linked')).toBeVisible();
  await desk.getByRole('button', { name: `Link to account ${number}` }).click();
  await expect(desk.getByText('You linked it to an account')).toBeVisible();

  await page.goto('/account/claim');
  await page.getByLabel('Account number').fill(number);
  await page.getByLabel(/^Postcode/).fill(postcode);
  await page.getByLabel(/^Code/).fill('2222-2222');
  await page.getByRole('button', { name: 'Connect it' }).click();
  await expect(page.getByText('These three do not match')).toBeVisible();
  await page.getByLabel(/^Postcode/).fill(postcode);
  await page.getByLabel(/^Code/).fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Connect it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
});
