/** A customer follows a request live, in one browser, while an agent works on it in another. */
import { expect, test, type Page } from './journey.ts';
import { ada, grace, signIn } from './demo.ts';
import { ask, askByHand, fixture } from './asks.ts';

test('a customer asks with photo and film, an agent takes it, asks back, is answered and resolves it, all seen live', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const agent = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(customer, ada);
  await signIn(agent, grace);

  const reference = await askByHand(customer, {
    words: 'My bill carries the wrong name.',
    files: [fixture('phone.heic'), fixture('film.mp4')]
  });
  await customer.goto(`/requests/${reference}`);
  await expect(customer.getByText(/^Live/)).toBeVisible();
  const stayed = await mark(customer);
  // Both are looked through while the customer waits, and appear on their own.
  await expect(customer.getByRole('img', { name: 'phone.heic' })).toBeVisible({ timeout: 75_000 });
  await expect(customer.getByLabel('Play film.mp4')).toBeVisible({ timeout: 75_000 });

  await agent.goto(`/desk/requests/${reference}`);
  const timeline = agent.getByRole('list', { name: 'Timeline' });
  await expect(timeline.getByRole('img', { name: 'phone.heic' })).toBeVisible();
  await expect(timeline.getByLabel('Play film.mp4')).toBeVisible();
  await agent.getByRole('button', { name: 'Take', exact: true }).click();
  await expect(customer.getByText('Grace Lindholm has it now')).toBeVisible();

  await answer(agent, 'Which name should stand on it?', 'waiting');
  await expect(customer.getByRole('blockquote')).toHaveText('Which name should stand on it?');
  await expect(customer.getByText('Waiting for you').first()).toBeVisible();
  expect(await stayed(), 'the page was not loaded again').toBe(true);

  await customer.getByLabel('Your message').fill('Ada Mercer-Lovelace, please.');
  await customer.getByRole('button', { name: 'Send message' }).click();
  await expect(agent.getByRole('article').getByText('Ada Mercer-Lovelace, please.')).toBeVisible();

  await answer(agent, 'It is on your next bill.', 'resolved');
  await expect(customer.getByText('Is it done?')).toBeVisible();
  await customer.getByRole('button', { name: 'Yes, it is done' }).click();
  await expect(customer.getByText('This is done and closed.')).toBeVisible();
});

test('what is being typed stays while the page changes around it', async ({ browser }) => {
  const customer = await (await browser.newContext()).newPage();
  const agent = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  await signIn(agent, grace);
  const reference = await ask(customer, { words: 'Two names on one bill?' });
  await customer.goto(`/requests/${reference}`);
  await customer.getByLabel('Your message').fill('Half a sentence that');
  await agent.goto(`/desk/requests/${reference}`);
  await answer(agent, 'Yes, that works.', 'open');
  await expect(customer.getByText('Yes, that works.')).toBeVisible();
  await expect(customer.getByLabel('Your message')).toHaveValue('Half a sentence that');
});

test('a customer cancels, sees it in their other tab, and a second click changes nothing', async ({
  page
}) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'Never mind.' });
  const address = `/requests/${reference}`;
  await page.goto(address);
  const other = await page.context().newPage();
  await other.goto(address);

  await page.getByText('Cancel this request').click();
  await page.getByRole('button', { name: 'Cancel the request' }).click();
  await expect(page.getByText('This request was cancelled.')).toBeVisible();
  await expect(other.getByText('This request was cancelled.')).toBeVisible();

  const origin = new URL(page.url()).origin;
  const again = await page.request.post(`${address}?/cancel`, {
    headers: { origin, accept: 'text/html' },
    form: {}
  });
  expect(again.status()).toBe(200);
  await expect(page.getByText('This request was cancelled.')).toHaveCount(1);
  expect(await again.text()).not.toContain('can no longer be cancelled');
});

test('what was resolved too early is opened again, without scripts, goes on, and ends with thanks', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const agent = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  await signIn(agent, grace);
  const reference = await ask(customer, { words: 'The name on my bill is still wrong.' });
  await agent.goto(`/desk/requests/${reference}`);
  await answer(agent, 'It is right now.', 'resolved');

  await customer.goto(`/requests/${reference}`);
  await customer.getByRole('button', { name: 'No, reopen it' }).click();
  await expect(customer.getByText('We are working on it')).toBeVisible();
  await expect(customer.getByRole('button', { name: 'No, reopen it' })).toBeHidden();

  await agent.goto(`/desk/requests/${reference}`);
  await answer(agent, 'Now it is.', 'resolved');
  await customer.reload();
  await customer.getByLabel('Your message').fill('Perfect, thank you Grace!');
  await customer.getByRole('button', { name: 'Send message' }).click();
  await expect(customer.getByText('We took your thanks as a yes')).toBeVisible();
  await expect(customer.getByText('This is done and closed.')).toBeVisible();
  await expect(agent.getByText('said thanks')).toBeVisible();
});

test('going back from the receipt shows what was sent, and no empty form', async ({ page }) => {
  await signIn(page, ada);
  const reference = await askByHand(page, { words: 'Once is enough.' });
  await page.goBack();
  await page.reload();
  await expect(page.getByText('You have sent this')).toBeVisible();
  await page.getByRole('link', { name: `See ${reference}` }).click();
  await expect(page).toHaveURL(`/requests/${reference}`);
});

/** Remembers something in the page that a reload would forget. */
async function mark(page: Page) {
  await page.evaluate(() => document.documentElement.setAttribute('data-stayed', ''));
  return () => page.evaluate(() => document.documentElement.hasAttribute('data-stayed'));
}

async function answer(agent: Page, text: string, then: 'open' | 'waiting' | 'resolved') {
  const box = agent.locator('details', { has: agent.locator('#reply-text') });
  if (!(await agent.locator('#reply-text').isVisible())) await box.locator('summary').first().click();
  await agent.locator('#reply-text').fill(text);
  await box.locator(`input[name="then"][value="${then}"]`).check();
  await box.locator('form button:not([type="button"])').filter({ visible: true }).last().click();
  await expect(agent.getByRole('article').getByText(text)).toBeVisible();
  // The box closes itself once the message has arrived.
  await expect(agent.locator('#reply-text')).toBeHidden();
}
