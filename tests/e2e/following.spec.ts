/** A customer follows a request live, in one browser, while an agent works on it in another. */
import { expect, test, type Page } from '@playwright/test';
import { ada, grace, signIn } from './demo.ts';
import { ask } from './asks.ts';

test('a customer asks with a photo, an agent takes it, asks back, is answered and resolves it, all seen live', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const agent = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(customer, ada);
  await signIn(agent, grace);

  const reference = await ask(customer, { words: 'My bill carries the wrong name.', photo: true });
  await customer.goto(`/requests/${reference}`);
  await expect(customer.getByText(/^Live/)).toBeVisible();
  const stayed = await mark(customer);

  await agent.goto(`/desk/requests/${reference}`);
  await agent.getByRole('button', { name: 'Take', exact: false }).first().click();
  await expect(customer.getByText('Grace Lindholm has it now')).toBeVisible();

  await answer(agent, 'Which name should stand on it?', 'waiting');
  await expect(customer.getByText('Which name should stand on it?')).toBeVisible();
  await expect(customer.getByText('Waiting for you').first()).toBeVisible();
  expect(await stayed(), 'the page was not loaded again').toBe(true);

  await customer.getByLabel('Your message').fill('Ada Mercer-Lovelace, please.');
  await customer.getByRole('button', { name: 'Send message' }).click();
  await expect(agent.getByText('Ada Mercer-Lovelace, please.')).toBeVisible();

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

test('a customer cancels, and a second click is told kindly', async ({ page }) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'Never mind.' });
  await page.goto(`/requests/${reference}`);
  await page.getByText('Cancel this request').click();
  const again = await page.context().newPage();
  await again.goto(`/requests/${reference}`);
  await again.getByText('Cancel this request').click();

  await page.getByRole('button', { name: 'Cancel the request' }).click();
  await expect(page.getByText('This request was cancelled.')).toBeVisible();
  const late = again.getByRole('button', { name: 'Cancel the request' });
  if (await late.isVisible()) await late.click();
  await expect(again.getByText('This request was cancelled.').first()).toBeVisible();
});

/** Remembers something in the page that a reload would forget. */
async function mark(page: Page) {
  await page.evaluate(() => document.documentElement.setAttribute('data-stayed', ''));
  return () => page.evaluate(() => document.documentElement.hasAttribute('data-stayed'));
}

async function answer(agent: Page, text: string, then: 'open' | 'waiting' | 'resolved') {
  const form = agent.locator('form[action*="reply"]');
  await form.locator('textarea').fill(text);
  await form.locator(`[name="then"][value="${then}"]`).check();
  await form.locator('button:not([type="button"])').last().click();
  await expect(agent.getByText(text)).toBeVisible();
}
