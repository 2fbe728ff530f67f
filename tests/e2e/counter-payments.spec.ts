/** A payment over the counter, written down at the desk without scripts: the customer sees it, with its receipt. */
import { expect, test } from './journey.ts';
import { grace, sam, signIn } from './demo.ts';

const ben = 'ben@customer.example';

test('cash is written down once, too much is asked about first, and the customer has a receipt', async ({
  browser
}) => {
  const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(desk, grace);
  await desk.goto('/desk/customers');
  await desk.getByRole('searchbox').fill('ben@customer');
  await desk.getByRole('button', { name: 'Find' }).click();
  await desk.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await desk.locator('a[href*="/payments?account=40120037"]').click();

  const save = desk.getByRole('button', { name: 'Record it' });
  await desk.getByRole('textbox', { name: 'Amount' }).fill('99999');
  await save.click();
  await expect(desk.getByRole('link', { name: 'Choose how it was paid' })).toBeVisible();
  await expect(desk.getByRole('link', { name: /^Only .* is owed/ })).toBeVisible();
  await expect(desk.getByRole('textbox', { name: 'Amount' })).toHaveValue('99999');

  const number = `K-${Date.now()}`;
  await desk.getByRole('radio', { name: 'Cash' }).check();
  await desk.getByRole('textbox', { name: 'Amount' }).fill('4.25');
  await desk.getByRole('textbox', { name: 'Number' }).fill(number);
  await desk.getByRole('checkbox', { name: /hold the rest/ }).check();
  const key = await desk.locator('input[name=key]').inputValue();
  const paid_on = await desk.getByLabel('Received on').inputValue();
  const at = desk.url();
  await save.click();
  await expect(desk.getByText('Recorded. It counts from now on')).toBeVisible();
  const line = desk.getByRole('listitem').filter({ hasText: number });
  await expect(line).toContainText('Recorded by Grace');

  // Clicked once more: the same form is the same payment.
  const form = { key, method: 'cash', amount: '4.25', number, bill: '', note: '', credit: 'yes', paid_on };
  const headers = { origin: new URL(at).origin, accept: 'text/html' };
  const again = await desk.request.post(at, { form, headers });
  expect(new URL(again.url()).search).toBe('?account=40120037&saved');
  await desk.reload();
  await expect(line).toHaveCount(1);
  const [reference = ''] = /P-[0-9A-Z]{8}/.exec(await line.innerText()) ?? [];

  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(page, ben);
  await page.goto('/bills?account=40120037');
  await page.getByRole('link', { name: reference }).click();
  await expect(page.getByText('We received $4.25')).toBeVisible();
  await expect(page.getByText('Cash', { exact: true })).toBeVisible();
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save as PDF' }).click()
  ]);
  expect(paper.suggestedFilename()).toBe(`${reference}.pdf`);
  await page.goto('/history?kind=payment');
  await expect(page.getByText('$4.25').first()).toBeVisible();

  // It was another customer's: a supervisor takes it back.
  const lead = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(lead, sam);
  await lead.goto(desk.url());
  const mistaken = lead.getByRole('listitem').filter({ hasText: number });
  await mistaken.locator('summary').click();
  await mistaken.getByRole('button', { name: 'Reverse it' }).click();
  await expect(mistaken.getByText('Say why')).toBeVisible();
  await mistaken.getByRole('textbox', { name: 'Why' }).fill('It was paid for number 38.');
  await mistaken.getByRole('button', { name: 'Reverse it' }).click();
  await expect(mistaken).toContainText('Reversed by Sam');
  await page.goto(`/payments/${reference}`);
  await expect(page.getByRole('heading', { name: 'Reversed' })).toBeVisible();
});
