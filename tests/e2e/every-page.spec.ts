/** Every page that asks for a sign-in and has no journey of its own for it: free of barriers, in both looks. */
import { test } from './journey.ts';
import { expectNoBarriersInAnyLook } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

const customers = [
  ['/', '/bills', '/help', '/help/smell-of-gas', '/history', '/chat', '/call-me', '/readings'],
  [
    '/account',
    '/account/calendar',
    '/account/changes',
    '/account/close',
    '/account/data',
    '/account/details',
    '/account/letters',
    '/account/priority',
    '/account/access',
    '/mail'
  ],
  ['/account/access/40120000/invite', '/account/access/40120000/uses', '/invitation/account'],
  ['/bills/programmes', '/bills/programmes/arrangement', '/bills/programmes/autopay']
];
const asking = [
  '/requests',
  '/requests/new',
  '/requests/new?q=meter',
  '/requests/new?q=xylophone',
  '/requests/new/GENERAL',
  '/requests/new/METER-READ?ask=person',
  '/requests/new/PAY-ARR?ask=person',
  '/emergency/heard?hazard=gas&verdict=possible'
];
const answering = [
  '/desk/articles',
  '/desk/articles/give-a-reading',
  '/desk/bot',
  '/desk/bot/lessons',
  '/desk/calls',
  '/desk/chats',
  '/desk/replies'
];
const answeringFor = ['/desk/waits', '/desk/products', '/desk/depots', '/desk/slots?kind=delivery'];
const staff = [
  '/desk?queue=team',
  '/desk?queue=overdue',
  '/desk/customers',
  '/desk/readings',
  '/desk/today',
  '/desk/day',
  '/desk/requests/new'
];

test.describe('in both looks there are no barriers', () => {
  for (const some of customers)
    test(`for customers, from ${some[0]} on`, async ({ page }) => {
      await signIn(page, ada);
      for (const path of some) {
        await page.goto(path);
        await expectNoBarriersInAnyLook(page);
      }
    });

  test('for customers who ask', async ({ page }) => {
    await signIn(page, ada);
    for (const path of asking) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
    for (const show of ['open', 'past']) {
      await page.goto(`/requests?show=${show}`);
      await page.locator('ol a').first().click();
      await page.waitForURL(/\/requests\/\w{4}-\w{4}/);
      await expectNoBarriersInAnyLook(page);
    }
    await page.goto(`${page.url()}/receipt`);
    await expectNoBarriersInAnyLook(page);
  });

  test('for customers who order', async ({ page }) => {
    await signIn(page, ada);
    for (const path of [
      '/orders/new',
      '/orders/new/time?q-CO-ALARM=1',
      '/orders/refills',
      '/orders/refills/new',
      '/orders/prebuy',
      '/orders'
    ]) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
    await page.locator('article a').first().click();
    await page.waitForURL(/\/orders\/O-/);
    await expectNoBarriersInAnyLook(page);

    // One of their own, so that there is a time to change, and what is out of stock to order ahead.
    await page.goto('/orders/new/time?q-CO-ALARM=1');
    await page.locator('input[name="slot"]').last().check();
    await page.getByRole('button', { name: 'Place the order' }).click();
    await page.waitForURL(/\/orders\/O-/);
    await page.goto(`${new URL(page.url()).pathname}/time`);
    await expectNoBarriersInAnyLook(page);
    await page.goto('/orders/new');
    const ahead = page.locator('a[href*="/orders/new/ahead"]').first();
    if (await ahead.count()) {
      await ahead.click();
      await page.waitForURL(/\/orders\/new\/ahead/);
      await expectNoBarriersInAnyLook(page);
    }
    await page.goto('/orders/refills/new');
    await page.locator('input[name="product"]').first().check();
    await page.getByLabel('How many each time').fill('1');
    await page.getByRole('button', { name: 'Start the refills' }).click();
    await page.waitForURL(/\/orders\/refills\/[0-9a-f-]{36}/);
    await expectNoBarriersInAnyLook(page);
  });

  test('for staff who deliver', async ({ page }) => {
    await signIn(page, grace);
    for (const path of [
      '/desk/orders',
      '/desk/orders/new',
      '/desk/deliveries',
      '/desk/deliveries/sheet',
      '/desk/stock'
    ]) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
    await page.goto('/desk/orders');
    await page.locator('a[href*="/desk/orders/O-"]').first().click();
    await page.waitForURL(/\/desk\/orders\/O-/);
    await expectNoBarriersInAnyLook(page);
  });

  test('for staff who answer', async ({ page }) => {
    await signIn(page, grace);
    for (const path of answering) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
  });

  test('for staff who act for a customer', async ({ page }) => {
    await signIn(page, grace);
    await page.goto('/desk/customers');
    await page.getByRole('searchbox').fill('ben@customer');
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
    await page.waitForURL(/\/desk\/customers\/[0-9a-f-]{36}/);
    const ben = new URL(page.url()).pathname;
    const programmes = ['/programmes/autopay', '/programmes/budget'];
    for (const path of ['', '/history', '/invite', '/payments', ...programmes]) {
      await page.goto(ben + path);
      await expectNoBarriersInAnyLook(page);
    }
  });

  test('for those who answer for it', async ({ page }) => {
    await signIn(page, sam);
    for (const path of answeringFor) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
  });

  test('for staff', async ({ page }) => {
    await signIn(page, grace);
    for (const path of staff) {
      await page.goto(path);
      await expectNoBarriersInAnyLook(page);
    }
    await page.goto('/desk?queue=team');
    await page.locator('a[href*="/desk/requests/"][href*="queue"]').first().click();
    await page.locator('summary', { hasText: 'Reply' }).waitFor();
    await expectNoBarriersInAnyLook(page);
  });
});
