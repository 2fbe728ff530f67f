/** What a customer does on their requests, with plain forms and links alone. */
import { expect, test } from './journey.ts';
import { act, ask, askByHand, filesOn, fixture } from './asks.ts';
import { ada, sam, signIn } from './demo.ts';

test.use({ javaScriptEnabled: false });

test('a customer replies with a file, confirms what is done, and cancels what is not needed', async ({
  page,
  browser
}) => {
  await signIn(page, ada);
  const reference = await askByHand(page, { words: 'The new meter hums.' });
  await page.goto(`/requests/${reference}`);
  await page.getByLabel('Your message').fill('This is how it sounds.');
  await page.locator('input[type=file]').setInputFiles([fixture('film.mp4'), fixture('README.md')]);
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByText('README.md: We cannot take this kind of file').first()).toBeVisible();
  await expect(page.getByLabel('Your message')).toHaveValue('This is how it sounds.');
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByRole('list').getByText('This is how it sounds.')).toBeVisible();
  await expect(filesOn(page)).toContainText('film.mp4');

  const desk = await browser.newPage();
  await signIn(desk, sam);
  await act(desk, reference, 'reply', { text: 'It is quiet now.', then: 'resolved' });
  await page.reload();
  await page.getByRole('button', { name: 'Yes, it is done' }).click();
  await expect(page.getByText('This is done and closed.')).toBeVisible();

  const other = await ask(page, { words: 'And the old one?' });
  await page.goto(`/requests/${other}`);
  await page.getByText('Cancel this request').click();
  await page.getByRole('button', { name: 'Cancel the request' }).click();
  await expect(page.getByText('This request was cancelled.')).toBeVisible();
});

test('a customer looks through their requests: page by page, open or past, and by a word', async ({
  page
}) => {
  await signIn(page, ada);
  const word = `bluebell${Date.now()}`;
  const reference = await askByHand(page, { words: `What is a ${word}?` });
  await page.goto('/requests');
  await expect(page.getByText(reference)).toBeVisible();
  const [newest] = await page.locator('.row .reference').allTextContents();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByText('Page 2 of')).toBeVisible();
  await expect(page.getByText(newest ?? '')).toBeHidden();
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(page.getByText('Page 1 of')).toBeVisible();

  await page.getByRole('link', { name: 'Past', exact: true }).click();
  await expect(page.locator('.row').first()).toBeVisible();
  await expect(page.getByText(reference)).toBeHidden();
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.getByLabel('Search your requests').fill(word);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.locator('.row')).toHaveCount(1);
  await expect(page.locator('.row')).toContainText(reference);
  await page.getByRole('link', { name: 'Past', exact: true }).click();
  await page.getByLabel('Search your requests').fill(word);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('Nothing here matches')).toBeVisible();
});
