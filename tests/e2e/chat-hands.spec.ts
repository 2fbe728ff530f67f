/** A chat in several hands: it rings at a second desk, files go each way, a desk pauses, and the bot is corrected. */
import { expect, test, type Browser, type Page } from './journey.ts';
import { pixel } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { grace, ruth, sam, signIn } from './demo.ts';
import { aNewcomer } from './people.ts';

test('a chat is passed to a second agent, at whose desk it rings, and files go each way', async ({
  browser,
  page
}) => {
  test.slow();
  await aNewcomer(page);
  await page.goto('/chat?person');
  await page.getByLabel('Your message').fill('My new meter shows a strange sign.');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  await expect(page.getByText('See this conversation')).toBeVisible();
  const reference =
    /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await page.getByText('See this conversation').innerText())?.[0] ?? '';

  const second = await atDesk(browser, sam, '/desk/chats');
  const first = await atDesk(browser, grace, '/desk/chats');
  await expect(first).toHaveTitle(/^\(\d+\) Chats/);
  const row = (desk: Page) =>
    desk.getByRole('listitem').filter({ has: desk.locator(`a[href$="${reference}"]`) });
  await row(first).getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('You are talking to Grace')).toBeVisible();

  await page.getByText('Add a photo or a file').click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'sign.png', mimeType: 'image/png', buffer: pixel });
  await expect(page.locator('input[name="attachment"]')).toHaveCount(1);
  await page.getByLabel('Your message').fill('This is it.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(first.getByRole('article').getByText('This is it.')).toBeVisible();
  await expect(first.getByRole('article').getByText('sign.png').first()).toBeVisible();

  await first.getByText('Pass on', { exact: true }).first().click();
  await first.locator('#transfer-to').selectOption({ label: 'Sam Ortega' });
  await first.locator('form[action^="?/transfer"] button').click();
  await expect(page.locator('#live')).toContainText('is passing you on to Sam Ortega');
  await expect(row(second)).toContainText('A colleague is passing this on to you.');
  await expect(second).toHaveTitle(/^\(\d+\) Chats/);
  await row(second).getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('You are talking to Sam')).toBeVisible();

  // The page of the request has to come to life first.
  await expect(second.getByText('Live', { exact: true })).toBeVisible();
  await expect(async () => {
    await second.keyboard.press('r');
    await expect(second.getByLabel(/^Reply to/)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await second
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'answer.png', mimeType: 'image/png', buffer: pixel });
  await expect(second.locator('input[name="attachment"]')).toHaveCount(1);
  await second.getByLabel(/^Reply to/).fill('It means that it is new.');
  await second.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.locator('#live')).toContainText('It means that it is new.');
  const file = page.locator('#live a[href^="/files/"]').filter({ hasText: 'answer.png' }).first();
  // Behind the films of others it takes a while to prepare.
  await expect(file).toBeVisible({ timeout: 75_000 });
  const address = (await file.getAttribute('href')) ?? '';
  expect((await page.request.get(address)).status()).toBe(200);
  const stranger = await browser.newPage();
  expect((await stranger.request.get(new URL(address, page.url()).href)).status()).not.toBe(200);
});

test('a desk pauses: nothing rings there, and it says so', async ({ browser }) => {
  const desk = await atDesk(browser, ruth, '/desk/chats');
  await desk.getByRole('button', { name: 'Pause' }).click();
  await expect(desk.getByText('You have paused: no chat rings here')).toBeVisible();
  await expect(desk).toHaveTitle(/^Chats/);
  await expectNoBarriers(desk);
  await desk.getByLabel('Ring aloud in this browser').check();
  await desk.reload();
  await expect(desk.getByLabel('Ring aloud in this browser')).toBeChecked();
  await desk.getByRole('button', { name: 'Take chats again' }).click();
  await expect(desk.getByText('You take chats')).toBeVisible();
  await desk.getByRole('link', { name: 'Saved replies' }).click();
  await expect(desk).toHaveURL('/desk/replies');
});

test('without scripts an answer of the bot is corrected with one press', async ({ browser, page }) => {
  await page.goto('/chat');
  const question = `zorblax frimble ${Date.now()} quuxly`;
  await page.getByLabel('Your message').fill(question);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('#live')).toContainText(question);
  const desk = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(desk, grace, '/desk/bot');
  const answer = desk.getByRole('article').filter({ hasText: question });
  await expect(answer.getByText('Propose the right answer:')).toBeVisible();
  await answer.getByRole('button').first().click();
  await expect(desk.getByText('Proposed.', { exact: false })).toBeVisible();
  await desk.goto('/desk/bot/lessons');
  await expect(desk.getByText(question)).toBeVisible();
});

async function atDesk(browser: Browser, who: string, place: string) {
  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, who, place);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  return desk;
}
