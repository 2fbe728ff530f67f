/** From hand to hand and to its end: what a desk does to a request by its small forms, with scripts and without. */
import { expect, test, type Page } from './journey.ts';
import { ask } from './asks.ts';
import { ada, sam, signIn } from './demo.ts';

for (const javaScriptEnabled of [true, false])
  test(`a request is given to a colleague and to a team, moved, and cancelled with a reason, ${
    javaScriptEnabled ? 'with' : 'without'
  } scripts`, async ({ browser }) => {
    const customer = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await signIn(customer, ada);
    const reference = await ask(customer, { words: 'Please look at this for me.' });
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    const desk = await context.newPage();
    await signIn(desk, sam, `/desk/requests/${reference}`);
    if (javaScriptEnabled) await expect(desk.getByText('Live', { exact: true })).toBeVisible();
    const head = desk.getByRole('article', { name: /./ }).locator('header').first();

    await choose(desk, 'Assign', 'Give it to', 'Grace Lindholm');
    await expect(head.getByText('Grace Lindholm')).toBeVisible();
    await expect(head.getByText('Open', { exact: true }), 'whoever has it, has opened it').toBeVisible();
    await choose(desk, 'Assign', 'Give it to', 'Anybody in Field service');
    await expect(head.getByText('Field service')).toBeVisible();
    await expect(head.getByText('Grace Lindholm')).toHaveCount(0);

    await choose(desk, 'Status', 'New status', 'Waiting');
    await expect(head.getByText('Waiting', { exact: true })).toBeVisible();

    await desk.locator('summary', { hasText: 'Cancel it' }).click();
    await desk.getByLabel('Why is it cancelled?').fill('You asked for the same last week.');
    await desk.getByRole('button', { name: 'Cancel the request' }).click();
    await expect(head.getByText('Cancelled', { exact: true })).toBeVisible();
    await expect(desk.locator('summary', { hasText: 'Status' })).toHaveCount(0);

    await customer.goto(`/requests/${reference}`);
    await expect(customer.getByText('You asked for the same last week.')).toBeVisible();
    await expect(customer.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  });

async function choose(desk: Page, action: string, label: string, option: string) {
  await desk.locator('summary', { hasText: action }).click();
  await desk.getByLabel(label).selectOption({ label: option });
  await desk.locator('details[open]').getByRole('button').click();
}
