/** Finding a customer by what a caller says, and looking at what is theirs. */
import { expect, test, type Page } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { grace, signIn } from './demo.ts';

test('every look at a customer leads on to their requests', async ({ page }) => {
  await signIn(page, grace);
  await lookForCustomer(page, 'ada@customer');
  await expectNoBarriers(page);
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Requests' })).toBeVisible();
  await expectNoBarriers(page);
});

test('what a caller says of themselves stands in no address, and going back finds the same customers', async ({
  page
}) => {
  await signIn(page, grace, '/desk');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('ada@customer');
  await page.getByRole('option', { name: 'customers' }).click();
  const found = page.getByRole('main').getByRole('listitem').getByRole('link');
  await expect(found).toHaveText(['Ada Mercer']);
  await expect(page).toHaveURL('/desk/customers');

  await page.getByRole('searchbox').fill('ben@customer');
  await page.keyboard.press('Enter');
  await expect(found).toHaveText(['Ben Okafor']);
  await found.click();
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('ben@customer');
  await expect(found).toHaveText(['Ben Okafor']);
  await expect(page).toHaveURL('/desk/customers');
});

test('without scripts a customer is found too, and from a queue that knows no such words', async ({
  browser
}) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(page, grace, '/desk?queue=all&search=ada%40customer');
  await page.getByRole('button', { name: 'customers' }).click();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveText([/Ada Mercer/]);
  await expect(page).toHaveURL('/desk/customers');

  await page.goto('/desk/requests/new?type=GENERAL');
  await page.getByRole('searchbox').fill('ada@customer');
  await page.getByRole('button', { name: 'Find' }).click();
  expect(new URL(page.url()).search).toBe('?/caller&type=GENERAL');
  await page.getByRole('main').getByRole('listitem').getByRole('link').click();
  await expect(page).toHaveURL(/\/desk\/requests\/new\?type=GENERAL&customer=[\w-]+$/);
  await page.getByRole('button', { name: 'Log the call' }).click();
  await expect(page).toHaveURL(/\?\/log&type=GENERAL&customer=/);
  await expect(page.getByRole('alert').last()).toBeVisible();
  await expect(page.getByText('Ada Mercer').first()).toBeVisible();
});

async function lookForCustomer(page: Page, words: string) {
  await page.goto('/desk/customers');
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('button', { name: 'Find' }).click();
}

test('in a customer’s name a way to pay is agreed on and somebody invited, and their history says so', async ({
  page
}) => {
  await signIn(page, grace);
  await lookForCustomer(page, 'ben@customer');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.waitForURL(/\/desk\/customers\/[0-9a-f-]{36}/);
  const ben = page.url();
  await page.getByText('Agree on another way to pay').first().click();
  await page.locator('a[href*="/programmes/reminders?account=40120037"]').click();
  await page.getByRole('radio', { name: '7 days before' }).check();
  await page.getByRole('button', { name: 'Start reminders' }).click();
  await expect(page.getByText('an e-mail about it is on its way to them')).toBeVisible();

  await page.goto(ben);
  await page.locator('a[href*="/invite?account=40120037"]').click();
  await expect(page.getByRole('radio', { name: 'Act for the customer' })).toBeVisible();
  await page.getByLabel('Their e-mail address').fill('not an address');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('link', { name: 'Write a whole e-mail address' })).toBeVisible();

  await page.goto(`${new URL(ben).pathname}/history?kind=change`);
  await expect(page.getByText('Remind me before a bill is due: agreed (by Grace').first()).toBeVisible();
});

test('what a customer asks for by telephone is done in their name, without scripts, and recorded', async ({
  browser
}) => {
  const narrow = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
  const page = await (await browser.newContext(narrow)).newPage();
  await signIn(page, grace);
  await lookForCustomer(page, 'ada@customer');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();

  // Her landlord gets copies of notices; she lets him see the account, until a day.
  const landlord = page.getByRole('listitem').filter({ hasText: 'Landlord' });
  await landlord.getByRole('link', { name: 'may do' }).click();
  await page.getByRole('radio', { name: 'See the account' }).check();
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Choose a day from today' })).toBeVisible();
  await page.getByLabel('Last day').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. Both are told by e-mail.')).toBeVisible();

  await landlord.getByRole('link', { name: /^Open / }).click();
  await page.waitForURL(/\/desk\/customers\/[0-9a-f-]{36}$/);
  const his = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Change details' }).click();
  await page
    .getByLabel('Your name')
    .or(page.getByLabel('Name', { exact: true }))
    .fill('');
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  await page.getByLabel('Name', { exact: true }).fill('Dev Landlord');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Details and formats' })).toBeVisible();
  await expect(page.getByText('Saved.')).toBeVisible();

  await page.goto(`${his}/letters`);
  await page.getByRole('checkbox', { name: 'Programmes they take part in' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto(his);
  await expect(page.getByText('Not wanted: Programmes they take part in')).toBeVisible();

  await page.goto(`${his}/email`);
  await page.getByLabel('New e-mail address').fill('landlord.new@customer.example');
  await page.getByRole('button', { name: 'Send a link' }).click();
  await expect(page.getByRole('link', { name: 'Confirm that they asked for it' })).toBeVisible();
  await expect(page.getByLabel('New e-mail address')).toHaveValue('landlord.new@customer.example');
  await page.getByRole('checkbox', { name: 'They asked for it' }).check();
  await page.getByRole('button', { name: 'Send a link' }).click();
  await expect(page.getByText('Asked for. The link is on its way')).toBeVisible();

  await page.goto(`${his}/data`);
  await page.getByRole('checkbox', { name: 'They asked for it' }).check();
  await page.getByRole('button', { name: 'Make a copy' }).click();
  await expect(
    page.getByText('The copy is being made').or(page.getByText('is ready. They can')).first()
  ).toBeVisible();

  await page.goto(`${his}/details`);
  const changes = page.getByRole('table');
  for (const what of [
    'Name, Language',
    'Letters',
    'Another e-mail address was asked for',
    'A copy of the data'
  ])
    await expect(changes.getByRole('row').filter({ hasText: what }).first()).toContainText('Grace');
});
