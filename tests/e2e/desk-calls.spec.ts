/** Logging calls at the desk, of customers and of people we do not know. */
import { expect, test, type Page } from './journey.ts';
import { dayFromNow } from './asks.ts';
import { grace, signIn } from './demo.ts';
import { holdScripts } from './late-scripts.ts';

test('a call of a customer and a call of somebody unknown are logged with the same forms', async ({
  page
}) => {
  await signIn(page, grace, '/desk/requests/new');
  await page.getByRole('searchbox', { name: 'Find a customer' }).fill('ada@customer');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await logQuestion(page);
  await expect(page.getByRole('article').first().getByText('By phone')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ada Mercer', exact: true })).toBeVisible();

  await page.goto('/desk/requests/new?caller=unknown');
  await logQuestion(page, async () => page.getByLabel('Name of the caller').fill('Mr Vale'));
  await expect(page.getByText('Mr Vale').first()).toBeVisible();
});

test('what was chosen on the form of a call before the scripts had come stays chosen', async ({ page }) => {
  await signIn(page, grace, '/desk');
  const letCome = await holdScripts(page);
  await page.goto('/desk/requests/new?caller=unknown&type=METER-READ', { waitUntil: 'commit' });
  await page.getByLabel('When did you read it?').fill(dayFromNow(3));
  await page.getByLabel('At the counter').check();
  await page.getByLabel('A row of numbers').check();
  letCome();

  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText('or an earlier day')).toBeVisible();
  await expect(page.getByLabel('At the counter')).toBeChecked();
  await expect(page.getByLabel('A row of numbers')).toBeChecked();
});

async function logQuestion(page: Page, caller = async () => {}) {
  await page.getByLabel('Search kinds of request').fill('something else');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Ask something else' }).click();
  await caller();
  await page.locator('[name="subject"]').fill('A question');
  await page.locator('[name="description"]').fill('When do you read the meter?');
  await page.getByLabel('By e-mail').first().check();
  await page.getByRole('button', { name: 'Log the call' }).click();
  await expect(page.locator('#request-title')).toHaveText('A question');
}
