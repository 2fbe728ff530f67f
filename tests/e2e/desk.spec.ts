/** Staff at their desk: two on one request, other teams' doors, calls that are logged, and keys. */
import { expect, test, type Browser, type Page } from './journey.ts';
import { ask } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { holdScripts } from './late-scripts.ts';
import { ada, grace, sam, signIn } from './demo.ts';

const live = (page: Page) => expect(page.getByText('Live', { exact: true })).toBeVisible();

test('two agents on one request see each other, and nobody loses a word', async ({ browser }) => {
  const { first, second } = await twoAtWork(browser);
  await live(first);
  await live(second);
  await expect(first.getByText('Sam Ortega is looking')).toBeVisible({ timeout: 15_000 });

  await first.keyboard.press('r');
  await first.getByLabel(/^Reply to/).fill('We look into it today.');
  await expect(second.getByText('Grace Lindholm is writing')).toBeVisible({ timeout: 15_000 });

  await setPriority(second, 'Urgent');
  await expect(first.getByText('Sam Ortega changed this request')).toBeVisible();
  await expect(first.getByLabel(/^Reply to/)).toHaveValue('We look into it today.');
  await first.reload();
  await expect(first.getByLabel(/^Reply to/), 'also after a reload').toHaveValue('We look into it today.');

  await first.getByRole('button', { name: /^Send/ }).click();
  await expect(second.getByRole('article').getByText('We look into it today.').last()).toBeVisible();
  await expectNoBarriers(second);
});

test('without scripts a save on an outdated page shows the other change, keeps the text, and then goes through', async ({
  browser
}) => {
  const { first, second } = await twoAtWork(browser, { javaScriptEnabled: false });
  await setPriority(second, 'High');

  await first.locator('summary', { hasText: 'Reply' }).click();
  await first.getByLabel(/^Reply to/).fill('Typed on an old page.');
  await first.getByRole('button', { name: 'Send reply' }).click();
  await expect(first.locator('#reply-problem')).toContainText('Sam Ortega changed this request');
  await expect(first.getByLabel(/^Reply to/)).toHaveValue('Typed on an old page.');

  await first.getByRole('button', { name: 'Send reply' }).click();
  await expect(first.getByRole('article').filter({ hasText: 'Typed on an old page.' }).last()).toBeVisible();
  await expect(first.locator('#reply-problem')).toHaveCount(0);
});

test('danger in a call is read out before anything is logged', async ({ page }) => {
  await signIn(page, grace);
  await page.goto('/desk/requests/new?caller=unknown&type=GENERAL');
  await page.getByLabel('Name of the caller').fill('Mr Vale');
  for (const box of await page.locator('form[enctype] textarea').all())
    await box.fill('There is a strong smell of gas in my kitchen');
  await page.getByRole('button', { name: 'Log the call' }).click();
  await expect(page.getByText('This may be an emergency')).toBeVisible();
  await expect(page.getByLabel('Name of the caller')).toHaveValue('Mr Vale');
});

test('keys move, open, show themselves and find commands, and stay quiet while somebody types', async ({
  page
}) => {
  await signIn(page, grace);
  await page.goto('/desk?queue=team');
  await live(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk\/requests\/.*queue=team/);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('/');
  await page.keyboard.type('rnat?');
  await expect(page.getByRole('searchbox')).toHaveValue('rnat?');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('overd');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/queue=overdue/);
});

test('what was opened and written before the scripts had come stays as it is', async ({ browser }) => {
  const { first } = await twoAtWork(browser);
  const letCome = await holdScripts(first);
  await first.reload({ waitUntil: 'commit' });
  await first.locator('summary', { hasText: 'Internal note' }).click();
  await first.locator('#note-text').fill('Rang twice.');
  await first.locator('summary', { hasText: 'Priority' }).click();
  await first.locator('#priority-first').selectOption('Urgent');
  letCome();

  await live(first);
  await expect(first.locator('#note-text')).toHaveValue('Rang twice.');
  await expect(first.locator('#note-text')).toBeVisible();
  await expect(first.getByRole('button', { name: 'Set priority' })).toBeVisible();
  await expect(first.locator('#priority-first')).toHaveValue('1');
  await first.locator('summary', { hasText: 'Priority' }).click();
  await expect(first.getByRole('button', { name: 'Set priority' })).toBeHidden();
});

/** Grace and Sam, each in their own browser, on a request that Ada has just sent. */
async function twoAtWork(browser: Browser, { javaScriptEnabled = true } = {}) {
  const pages = await Promise.all(
    [true, javaScriptEnabled, javaScriptEnabled].map(async (scripts) =>
      (
        await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 800 } })
      ).newPage()
    )
  );
  const [customer, first, second] = pages;
  if (!customer || !first || !second) throw new Error('three browsers are needed');
  await signIn(customer, ada);
  const reference = await ask(customer, { words: 'Why is my bill so high?' });
  await signIn(first, grace, `/desk/requests/${reference}`);
  await signIn(second, sam, `/desk/requests/${reference}`);
  return { first, second };
}

async function setPriority(page: Page, priority: string) {
  await page.locator('summary', { hasText: 'Priority' }).click();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption(priority);
  await page.getByRole('button', { name: 'Set priority' }).click();
}
