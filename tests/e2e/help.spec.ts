/** Somebody asks the help centre, without a sign-in and without scripts, in either language. */
import { expect, test } from './journey.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

test('a question with a typing error leads to its answer, and that to what one does next', async ({
  page
}) => {
  await page.goto('/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help', exact: true }).click();
  await page.getByRole('searchbox').fill('why is my bil so hihg');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Why your bill is higher than usual' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Why your bill is higher than usual');
  await page.getByRole('link', { name: 'Do it now' }).click();
  await expect(page).toHaveURL(/\/requests\/new\/BILL-HIGH/);
});

test('what is written to the assistant goes along through an answer of the help centre and the list of all kinds', async ({
  page
}) => {
  await page.goto('/chat');
  await page.getByLabel('Your message').fill('why is my bill so high');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const source = page.locator('#live a[href^="/help/bill-higher-than-usual"]').first();
  const address = await source.getAttribute('href');
  expect(address).toContain('from=chat');
  await page.goto(address ?? '');
  await page.getByRole('link', { name: 'Do it now' }).click();
  await expect(page.locator('[name="description"]')).toHaveValue('why is my bill so high');
  await page.goto('/requests/new?from=chat');
  await page.getByRole('searchbox').fill('complaint');
  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.locator('a[href^="/requests/new/COMPLAINT"]').first().click();
  await expect(page.locator('[name="description"]')).toHaveValue('why is my bill so high');
});

test('what is written to the assistant stands in the form that it leads to, and what is typed there stays', async ({
  page
}) => {
  await page.goto('/chat');
  await page.getByLabel('Your message').fill('I want to send a reading');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Send a meter reading' }).click();
  const way = page.locator('#live').getByRole('link', { name: 'Send a meter reading' });
  await way.click();
  const description = page.locator('[name="description"]');
  await expect(page.getByText('What you wrote in the chat is filled in below.')).toBeVisible();
  await expect(description).toHaveValue('I want to send a reading');
  await description.fill('From the cellar.');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await page.goto('/chat');
  await way.click();
  await expect(description).toHaveValue('From the cellar.');
  await expect(page.getByText('What you wrote in the chat is filled in below.')).toBeHidden();
  await expect(page.getByText('You had begun this form before')).toBeVisible();
  await page.getByRole('link', { name: 'Add it to the description' }).click();
  await expect(description).toHaveValue('From the cellar.\nI want to send a reading');
});

test('a Spanish question is answered in Spanish, and danger before all else', async ({ page }) => {
  await page.goto('/help?q=mudanza');
  await page.getByRole('link', { name: 'Baja por mudanza' }).click();
  await expect(page.locator('article')).toHaveAttribute('lang', 'es');
  await expect(page.getByText('Lea el medidor el último día')).toBeVisible();
  await page.goto('/help?q=xylophone');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();

  await page.getByRole('searchbox').fill('I smell gas in my kitchen');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/\/emergency\/heard/);
});
