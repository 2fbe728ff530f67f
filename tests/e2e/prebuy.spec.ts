/** Gas bought ahead: offered by a supervisor, bought on a phone without scripts, used by an order, and given back by it. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { ada, sam, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

const product = 'Propane cylinder, 30 lb';
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a supervisor sells gas ahead; a customer buys it, orders some of it, and has it back when that is called off', async ({
  page,
  browser
}) => {
  const desk = await (await browser.newContext({ ...looks[1], javaScriptEnabled: true })).newPage();
  await signIn(desk, sam, '/desk/products');
  // What is opened before the scripts have come closes once they do.
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  const sold = desk.getByRole('article', { name: product });
  await sold.getByText('Change').first().click();
  await sold.getByLabel('Fixed price for one').fill('25.00');
  await sold.getByLabel('On sale until').fill(day(30));
  await sold.getByLabel('Good for orders until').fill(day(20));
  await sold.getByLabel('At most for each customer').fill('4');
  await sold.getByLabel('At most in all').fill('50');
  await sold.getByRole('button', { name: 'Sell it ahead' }).click();
  await expect(sold.getByText('The sale must begin before it ends')).toBeVisible();
  await expect(sold.getByLabel('At most in all')).toHaveValue('50');
  await sold.getByLabel('Good for orders until').fill(day(120));
  await sold.getByRole('button', { name: 'Sell it ahead' }).click();
  await sold.getByText('Change').first().click();
  await expect(sold.getByText('0 of 50 sold, at most 4 for each customer')).toBeVisible();

  await signIn(page, ada, '/orders');
  await page.getByRole('link', { name: 'Buy gas ahead at a fixed price' }).click();
  const offer = page.locator('form', { hasText: product });
  await offer.getByLabel('How many').fill('9');
  await offer.getByRole('button', { name: 'Buy and pay' }).click();
  await expect(offer.getByText('Give a whole number from 1 to 4.')).toBeVisible();
  await expect(offer.getByLabel('How many')).toHaveValue('9');
  await offer.getByLabel('How many').fill('3');
  await offer.getByRole('button', { name: 'Buy and pay' }).click();
  await page.getByRole('button', { name: 'No, refuse it' }).click();
  await page.getByRole('link', { name: 'See what you bought ahead' }).click();
  await expect(page.getByText('Not paid yet: $75.00.')).toBeVisible();
  await page.getByRole('button', { name: 'Pay $75.00 now by card' }).click();
  await page.getByRole('button', { name: 'Yes, pay' }).click();
  await expect(page.getByText('Gas bought ahead')).toBeVisible();
  await page.getByRole('link', { name: 'See what you bought ahead' }).click();
  await expect(page.getByText('3 of 3 left')).toBeVisible();

  await page.getByRole('link', { name: 'Order some of it' }).click();
  await expect(page.getByText('You have bought 3 ahead: they are used first.')).toBeVisible();
  await page.getByLabel(`How many ${product}`).fill('4');
  await page.getByRole('button', { name: 'Choose a time' }).click();
  await expect(page.getByText('3 of 4 from what you bought ahead')).toBeVisible();
  await page.getByRole('radio', { name: '8:00 AM' }).nth(2).check();
  await page.getByRole('button', { name: 'Place the order' }).click();
  await expect(page.getByText('We have your order.')).toBeVisible();
  await expect(page.getByText('3 of 4 from what you bought ahead')).toBeVisible();
  await page.goto('/orders/prebuy');
  await expect(page.getByText('You have used all of it.')).toBeVisible();
  await page.getByRole('link', { name: /^O-/ }).click();
  await page.getByText('Cancel this order').first().click();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.goto('/orders/prebuy');
  await expect(page.getByText('3 of 3 left')).toBeVisible();

  await page.goto('/history');
  await expect(page.getByText(`You bought 3 × ${product} ahead for $75.00`)).toBeVisible();
  await desk.goto('/desk/customers');
  await desk.getByRole('searchbox').fill('ada@customer');
  await desk.keyboard.press('Enter');
  await desk.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await expect(desk.getByText('3 of 3 left, good until')).toBeVisible();
  await desk.getByRole('button', { name: 'End it now and pay back the rest' }).click();
  await expect(desk.getByText('0 of 3 left')).toBeVisible();
  await desk.goto('/desk/orders');
  await expect(desk.getByText('gas bought ahead').first()).toBeVisible();
  await desk.context().close();
});
