/** Every page that asks for a sign-in and has no journey of its own for it: free of barriers, in both looks. */
import { test, type Page } from './journey.ts';
import { expectNoBarriersInAnyLook } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';
import {
  aboutACustomer,
  foundByCustomers,
  ofCustomers,
  ofStaff,
  ofSupervisors,
  openBen,
  openFirst,
  openQueued
} from './pages.ts';

test.describe('in both looks there are no barriers', () => {
  for (const some of ofCustomers)
    test(`for customers, from ${some[0]} on`, async ({ page }) => {
      await signIn(page, ada);
      await lookAt(page, some);
    });

  test('for customers who look at what is theirs', async ({ page }) => {
    await signIn(page, ada);
    for (const found of foundByCustomers) {
      const path = await openFirst(page, found);
      await expectNoBarriersInAnyLook(page);
      await lookAt(
        page,
        found.below.map((more) => path + more)
      );
    }
  });

  // One of their own, so that there is a time to change, and what is out of stock to order ahead.
  test('for customers who order', async ({ page }) => {
    await signIn(page, ada);
    await page.goto('/orders/new/time?q-CO-ALARM=1');
    await page.locator('input[name="slot"]:visible').last().check();
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
    await page.locator('input[name="product"]').last().check();
    await page.getByLabel('How many each time').fill('1');
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expectNoBarriersInAnyLook(page);
    await page.getByRole('button', { name: 'Start the refills' }).click();
    await page.waitForURL(/\/orders\/refills\/[0-9a-f-]{36}/);
    await expectNoBarriersInAnyLook(page);
    // One product comes by itself once only: whoever sets it up next finds it free.
    await page.getByText('End the refills').first().click();
    await page.getByRole('button', { name: 'End the refills' }).click();
  });

  test('for staff who look at an order', async ({ page }) => {
    await signIn(page, grace);
    await page.goto('/desk/orders');
    await page.locator('a[href*="/desk/orders/O-"]').first().click();
    await page.waitForURL(/\/desk\/orders\/O-/);
    await expectNoBarriersInAnyLook(page);
  });

  for (const some of ofStaff)
    test(`for staff, from ${some[0]} on`, async ({ page }) => {
      await signIn(page, grace);
      await lookAt(page, some);
    });

  for (const some of aboutACustomer)
    test(`for staff who act for a customer, ${some.length} pages from ${some[0] || 'the first'} on`, async ({
      page
    }) => {
      await signIn(page, grace);
      const ben = await openBen(page);
      await lookAt(
        page,
        some.map((more) => ben + more)
      );
    });

  test('for those who answer for it', async ({ page }) => {
    await signIn(page, sam);
    await lookAt(page, ofSupervisors);
  });

  test('for staff who answer a request', async ({ page }) => {
    await signIn(page, grace);
    await openQueued(page);
    await expectNoBarriersInAnyLook(page);
  });
});

async function lookAt(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path);
    await expectNoBarriersInAnyLook(page);
  }
}
