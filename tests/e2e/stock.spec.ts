/** Stock is counted without scripts: what was typed stays beside what is wrong with it. */
import { expect, test } from './journey.ts';
import { looks } from './barriers.ts';
import { sam, signIn } from './demo.ts';

test.use({ ...looks[0], javaScriptEnabled: false });

test('a count without its reason is refused, and what was counted stays', async ({ page }) => {
  await signIn(page, sam, '/desk/stock');
  const row = page
    .getByRole('article')
    .filter({ has: page.locator('[name="empty"]') })
    .first();
  await row.locator('summary').click();
  await row.locator('[name="kind"]').selectOption('counted');
  await row.locator('[name="full"]').fill('60');
  await row.locator('[name="empty"]').fill('3');
  await row.getByRole('button', { name: 'Note it' }).first().click();
  await expect(row.getByRole('alert')).toBeVisible();
  await expect(row.locator('[name="full"]')).toHaveValue('60');
  await expect(row.locator('[name="empty"]')).toHaveValue('3');
});
