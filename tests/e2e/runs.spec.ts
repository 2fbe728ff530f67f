/** The desk orders a run by keyboard; and an order in Spanish, from the first page to the last. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { ada, sam, signIn } from './demo.ts';

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
