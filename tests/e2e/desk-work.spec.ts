/** A day at the desk: from a question to its resolution, files, other teams' doors, forms that make no sense. */
import { expect, test, type Page } from './journey.ts';
import { ask, pixel } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

const title = (page: Page) => page.locator('#request-title');
const head = (page: Page) => page.getByRole('article', { name: /./ }).locator('header').first();

test('an agent takes a question, asks back, hears the answer live, books a visit and resolves it', async ({
  browser
}) => {
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  const reference = await ask(customer, { words: 'Could somebody look at my meter?' });
  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, grace, `/desk/requests/${reference}`);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();

  await desk.keyboard.press('t');
  await expect(desk.getByText('It is yours now.')).toBeVisible();
  await desk.keyboard.press('r');
  await desk.getByLabel(/^Reply to/).fill('Which day suits you?');
  await desk.getByLabel('waits for the customer').check();
  await desk.keyboard.press('Control+Enter');
  await expect(head(desk).getByText('Waiting')).toBeVisible();
  await expect(desk.getByText('Kept', { exact: true })).toBeVisible();

  await customer.goto(`/requests/${reference}`);
  await customer.getByLabel('Your message').fill('Any morning.');
  await customer.locator('form[data-reply] > button').click();
  await expect(desk.getByRole('article').getByText('Any morning.')).toBeVisible();
  await expect(head(desk).getByText('Open', { exact: true })).toBeVisible();

  await desk.keyboard.press('v');
  await desk.getByLabel('Day').fill('2030-03-05');
  const book = desk.getByRole('button', { name: 'Book', exact: true });
  await book.click();
  // Whoever acts before they can have seen the answer is shown it first, and books all the same.
  await expect(
    head(desk).getByText('Visit on Tuesday').or(desk.getByText('Ada Mercer changed this'))
  ).toBeVisible();
  if (await book.isVisible()) await book.click();
  await expect(head(desk).getByText('Visit on Tuesday, March 5, 2030')).toBeVisible();

  await desk.keyboard.press('r');
  await desk.getByLabel(/^Reply to/).fill('All is well with your meter.');
  await desk.getByLabel('is resolved').check();
  await desk.getByRole('button', { name: 'Send reply' }).click();
  await expect(head(desk).getByText('Resolved')).toBeVisible();
  await expect(desk.getByRole('combobox', { name: 'Priority' })).toHaveCount(0);
  await expectNoBarriers(desk);
});

test('a file goes along with a note, and the customer never hears of either', async ({ browser }) => {
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  const reference = await ask(customer, { words: 'Is my address right?' });
  const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(desk, grace, `/desk/requests/${reference}`);

  await desk.locator('summary', { hasText: 'Internal note' }).click();
  await desk.getByLabel('A note for colleagues').fill('See the old contract.');
  await desk.locator('.note summary', { hasText: 'Attach files' }).click();
  await desk
    .locator('#note-files')
    .setInputFiles({ name: 'contract.png', mimeType: 'image/png', buffer: pixel });
  await desk.getByRole('button', { name: 'Add note' }).click();
  const note = desk.getByRole('article').filter({ hasText: 'See the old contract.' }).last();
  await expect(note.getByText('contract.png')).toBeVisible();

  await customer.goto(`/requests/${reference}`);
  await expect(customer.getByRole('heading', { name: 'What has happened so far' })).toBeVisible();
  await expect(customer.getByText('See the old contract.')).toHaveCount(0);
  await expect(customer.getByText('contract.png')).toHaveCount(0);
});

test('a form that makes no sense is refused with words, and never with a failure of ours', async ({
  page
}) => {
  await signIn(page, grace, '/desk?queue=all&search=%00');
  const post = async (path: string, form: Record<string, string> = {}) => {
    const headers = { origin: new URL(page.url()).origin, accept: 'text/html' };
    const answer = await page.request.post(path, { form, headers });
    return { status: answer.status(), html: await answer.text() };
  };
  for (const path of ['/desk/requests/new', '/desk/requests/new?/log', '/desk/requests/new?/log&type=NONE'])
    expect((await post(path)).status).toBe(404);

  const open = await page
    .getByRole('list', { name: 'All open' })
    .getByRole('link')
    .first()
    .getAttribute('href');
  const request = open?.split('?')[0] ?? '';
  const stale = await post(`${request}?/reply`, { key: 'none', text: 'Kept' });
  expect(stale.status).toBe(422);
  expect(stale.html).toContain('This form is out of date.');
  expect(stale.html).toContain('>Kept</textarea>');
  for (const status of ['closed', 'cancelled', 'scheduled', 'merged']) {
    const byHand = await post(`${request}?/status`, { seen: '999999', status });
    expect(byHand.status, status).toBe(422);
    expect(byHand.html).toContain('This status cannot be chosen here.');
  }
});

test('another team’s request opens with a reason, and says so ever after', async ({ browser }) => {
  const supervisor = await (await browser.newContext()).newPage();
  await signIn(supervisor, sam, '/desk?queue=unassigned');
  const links = supervisor.getByRole('list', { name: 'Unassigned' }).getByRole('link');
  await expect(links.first()).toBeVisible();
  const references = await links.evaluateAll((all) =>
    all.map((link) => link.getAttribute('href')?.split(/[/?]/)[3] ?? '')
  );

  const agent = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(agent, grace);
  // Some are her own team's; and what she opened before stays open for her shift.
  for (const reference of references) {
    await agent.goto(`/desk/requests/${reference}`);
    if (await agent.getByText(`${reference} is not open to you`).isVisible()) break;
  }
  await agent.getByLabel('Why do you need to open it?').fill('The customer is on the phone');
  await agent.getByRole('button', { name: 'Open the request' }).click();
  await expect(title(agent)).toBeVisible();
  await expect(agent.getByText('You opened this as another team’s request')).toBeVisible();
});

test('a search that finds nothing says so, and where else to look', async ({ page }) => {
  await signIn(page, grace, '/desk?queue=mine&search=zzqqxx%00');
  await expect(page.getByText('No open request in this queue mentions “zzqqxx”.')).toBeVisible();
  await page.getByRole('link', { name: 'Search all requests' }).click();
  await expect(page).toHaveURL(/queue=all&search=zzqqxx/);
});
