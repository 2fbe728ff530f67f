/** What is new finds the eye: marked in lists, said in the title, opened at, and gone once it was seen. */
import { expect, test } from './journey.ts';
import { act, ask } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

const long = (words: string) => `${words}\n${'And on.\n'.repeat(40)}`;

test('an answer that comes out of sight is said over the page and in its title, until it is seen', async ({
  browser
}) => {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const desk = await (await browser.newContext()).newPage();
  await signIn(page, ada);
  await signIn(desk, grace);
  const reference = await ask(page, { words: long('A long story.') });
  await page.goto(`/requests/${reference}`);
  await expect(page.getByText(/^Live/)).toBeAttached();

  await act(desk, reference, 'reply', { text: long('A long answer.'), then: 'open' });
  const below = page.getByRole('link', { name: 'New message' });
  await expect(below).toBeInViewport();
  await expect(page).toHaveTitle(/^New message · A question/);
  await expectNoBarriers(page);
  await below.click();
  await expect(page.getByText('A long answer.')).toBeInViewport();
  await expect(page).toHaveTitle(/^A question/);
  await expect(below).toBeHidden();

  await page.goto('/requests');
  await expect(page.locator(`#row-${reference}`).getByText('New', { exact: true })).toHaveCount(0);
  await act(desk, reference, 'reply', { text: 'One more thing.', then: 'open' });
  const row = page.locator(`#row-${reference}`);
  await expect(row.getByText('New', { exact: true })).toBeVisible();
  await expect(row.getByText('Grace Lindholm: One more thing.')).toBeVisible();
});

test('without scripts, too, a request opens at what is new, and is read then', async ({ browser }) => {
  const page = await (
    await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  ).newPage();
  const desk = await (await browser.newContext()).newPage();
  await signIn(page, ada);
  await signIn(desk, grace);
  const reference = await ask(page, { words: long('Told at length.') });
  await page.goto(`/requests/${reference}`);
  await act(desk, reference, 'reply', { text: 'Here is the answer.', then: 'open' });

  await page.goto('/requests');
  const row = page.locator(`#row-${reference}`);
  await expect(row.getByText('New', { exact: true })).toBeVisible();
  await row.getByRole('link').click();
  await expect(page.getByText('Here is the answer.')).toBeInViewport();
  await page.goto('/requests');
  await expect(row.getByText('New', { exact: true })).toHaveCount(0);
});

test('on the desk a reply marks its row for whoever has not seen it, and the request opens at it', async ({
  browser
}) => {
  const page = await (await browser.newContext()).newPage();
  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const other = await (await browser.newContext()).newPage();
  await signIn(page, ada);
  await signIn(desk, grace);
  await signIn(other, sam);
  const reference = await ask(page, { words: long('Read all of this.') });
  await desk.goto(`/desk/requests/${reference}?queue=all&search=${reference}`);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  for (const text of [long('We look into it.'), long('We found it.')])
    await act(other, reference, 'reply', { text, then: 'open' });
  // Chats that wait are counted before all else.
  await expect(desk).toHaveTitle(/^(\(\d+\) )?New message · A question/);
  await desk.getByRole('button', { name: 'New message' }).click();
  await expect(desk).toHaveTitle(/^(\(\d+\) )?A question/);

  await desk.goto('/desk?queue=waiting');
  await act(other, reference, 'reply', { text: 'Which meter is it?', then: 'waiting' });
  const row = desk.locator(`a[href*="${reference}"]`);
  await expect(row.getByText('Sam Ortega: Which meter is it?')).toBeVisible();
  await expect(row.getByText('New message')).toBeAttached();
  await row.click();
  await expect(desk.getByText('Which meter is it?').last()).toBeInViewport();
  await expect(row.getByText('New message')).toHaveCount(0);
});
