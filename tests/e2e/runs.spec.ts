/** The desk orders a run by keyboard; and an order in Spanish, from the first page to the last. */
import { expect, test } from './journey.ts';
import { expectNoBarriers, looks } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

test('a run is ordered by keyboard: the row in hand stays in hand, and goes as far as it is carried', async ({
  browser
}) => {
  const desk = await (await browser.newContext({ ...looks[1], javaScriptEnabled: true })).newPage();
  await signIn(desk, sam, '/desk/today');
  const run = () =>
    desk.locator('section[aria-labelledby^="run-"]', {
      has: desk.locator('li[data-row] ~ li[data-row] ~ li[data-row]')
    });
  for (let days = 1; days < 8 && (await run().count()) === 0; days++)
    await desk.getByRole('link', { name: 'Day after' }).click();
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  const area = await run().first().getAttribute('aria-labelledby');
  const rows = desk.locator(`section[aria-labelledby="${area}"] li[data-row]`);
  const order = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));
  const before = await order();
  await rows.first().locator('.what > a').focus();
  await desk.keyboard.press('j');
  await desk.keyboard.press('k');
  await desk.keyboard.press('J');
  await desk.keyboard.press('J');
  const [first, second, third, ...rest] = before;
  await expect.poll(order).toEqual([second, third, first, ...rest]);
  await expect(desk.locator(`[data-row="${first}"] .what > a`)).toBeFocused();
  await desk.keyboard.press('K');
  await expect.poll(order).toEqual([second, first, third, ...rest]);
  await desk.context().close();
});

test('in Spanish and without scripts somebody orders, changes the time and cancels', async ({ page }) => {
  await signIn(page, ada, '/orders/new/time?q-CO-ALARM=1');
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await page.goto('/orders/new/time?q-CO-ALARM=1');
  await page.getByText('Días posteriores').click();
  await page.locator('input[name="slot"]').last().check();
  await page.getByLabel('Una caja de llaves en la puerta').check();
  await page.getByRole('button', { name: 'Hacer el pedido' }).click();
  await expect(page.getByText('Tenemos su pedido.')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const order = new URL(page.url()).pathname;
  await page.goto(`${order}/time`);
  await page.locator('.day').nth(2).locator('input').first().check();
  await page.getByRole('button', { name: 'Elegir esta hora' }).click();
  await expect(page.getByText('Nueva hora:')).toBeVisible();
  await page.getByText('Cancelar este pedido').first().click();
  await page.getByRole('button', { name: 'Cancelar el pedido' }).click();
  await expect(page.getByText('Este pedido se canceló.')).toBeVisible();
});

test('the desk takes an order down for a customer, who finds it with the code that nobody else reads', async ({
  page,
  browser
}) => {
  const desk = await (await browser.newContext({ ...looks[1], javaScriptEnabled: true })).newPage();
  await signIn(desk, grace, '/desk/orders');
  await desk.getByRole('link', { name: 'Take an order' }).first().click();
  await desk.getByLabel('For whom?').fill(ada);
  await desk.getByRole('button', { name: 'Find' }).click();
  await desk.getByRole('main').getByRole('link', { name: /Ada/ }).first().click();
  const alarm = desk.locator('.offer').filter({ hasText: 'Carbon monoxide alarm' });
  await alarm.getByLabel('How many').fill('2');
  await desk.getByLabel('How do we find you?').fill('Ring twice.');
  await desk.getByRole('button', { name: 'Place the order' }).click();
  await expect(desk.getByRole('link', { name: 'Choose when we should bring it.' })).toBeVisible();
  await expect(alarm.getByLabel('How many')).toHaveValue('2');
  await expect(desk.getByLabel('How do we find you?')).toHaveValue('Ring twice.');
  const times = desk.getByLabel('Choose a time');
  const goods = await times
    .locator('option')
    .filter({ hasText: 'Cylinders and goods' })
    .last()
    .getAttribute('value');
  await times.selectOption(goods);
  await expectNoBarriers(desk);
  await desk.getByRole('button', { name: 'Place the order' }).click();
  await expect(desk).toHaveURL(/\/desk\/orders\/O-/);
  const reference = new URL(desk.url()).pathname.split('/').at(-1) ?? '';

  await signIn(page, ada, `/orders/${reference}`);
  await expect(page.getByText('took this order for you')).toBeVisible();
  const code = (await page.locator('.digits').textContent())?.trim() ?? '';
  expect(code).toMatch(/^\d{3} \d{3}$/);
  await desk.reload();
  await expect(desk.locator('body')).not.toContainText(code);
  await page.getByText('Cancel this order').click();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await expect(page.getByText('This order was cancelled.')).toBeVisible();
  await desk.context().close();
});
