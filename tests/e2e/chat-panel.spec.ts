/** The chat over another page: one chat in both places, and nobody loses their place, their focus or their words. */
import { expect, test, type FrameLocator, type Page } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { aNewcomer } from './people.ts';

const door = (page: Page) => page.locator('a[data-chat-door]');
const panel = (page: Page) => page.getByRole('dialog', { name: 'Chat with us' });
const inside = (page: Page) => panel(page).frameLocator('iframe');

test('the chat opens over a page, stays open on the next, and is the same as on its own page', async ({
  page
}) => {
  await aNewcomer(page);
  await page.goto('/help');
  await door(page).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  await expect(page).toHaveURL('/help');
  await expect(inside(page).getByRole('contentinfo')).toHaveCount(0);
  await expect(inside(page).getByRole('link', { name: 'Smell gas?' })).toBeVisible();
  await say(inside(page), 'I want to send a reading');
  await expect(inside(page).getByLabel('Your message')).toBeFocused();
  await expectNoBarriers(page);

  // Beside it the page is there: links and keys work.
  await page
    .getByRole('link', { name: 'Reading your meter' })
    .or(page.getByRole('link', { name: 'How to read your meter' }))
    .first()
    .click();
  await expect(page).toHaveURL(/\/help\/./);
  await expect(inside(page).getByText('I want to send a reading')).toBeVisible();
  await expect(page.locator('dialog :focus')).toHaveCount(0);

  // What it offers is opened in the window, which keeps what was said.
  await inside(page).getByRole('button', { name: 'Send a meter reading' }).click();
  await inside(page).locator('#live').getByRole('link', { name: 'Send a meter reading' }).click();
  await expect(page.locator('[name="description"]')).toHaveValue('I want to send a reading');
  await expect(inside(page).getByText('I want to send a reading')).toBeVisible();

  await inside(page).getByLabel('Your message').fill('Half a thou');
  await inside(page).getByLabel('Your message').press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(door(page)).toBeFocused();
  await door(page).click();
  await expect(inside(page).getByLabel('Your message')).toHaveValue('Half a thou');
  await panel(page).getByRole('link', { name: 'Open as a page' }).click();
  await expect(page).toHaveURL(/\/chat/);
  await expect(page.getByLabel('Your message')).toHaveValue('Half a thou');
  await expect(page.locator('#live')).toContainText('I want to send a reading');
  await page.goto('/help');
  await expect(panel(page)).toBeHidden();
});

test('on a phone it is a sheet, and danger told in it takes the whole window', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await page.goto('/help');
  await door(page).click();
  await expect(inside(page).getByLabel('Your message')).toBeVisible();
  // What lies under a sheet is out of reach.
  await expect(page.locator('dialog:modal')).toHaveCount(1);
  await expectNoBarriers(page);
  await panel(page).getByRole('button', { name: 'Close' }).click();
  await expect(door(page)).toBeFocused();
  await door(page).click();
  await inside(page).getByLabel('Your message').fill('my co alarm is going off');
  await inside(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page).toHaveURL(/\/emergency\/heard/);
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('a person answers in it, and what is sent while the line is cut goes once it is back', async ({
  browser,
  page
}) => {
  await aNewcomer(page);
  await page.goto('/help');
  await door(page).click();
  await say(inside(page), 'I would like to talk about my deposit.');
  await inside(page).getByRole('button', { name: 'Talk to a person' }).click();
  await expect(inside(page).getByText(/^Live/)).toBeVisible();

  await page.context().setOffline(true);
  await inside(page).getByLabel('Your message').fill('And when does it come back?');
  await inside(page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(inside(page).getByText('Not sent yet: there is no connection')).toBeVisible();
  await expect(inside(page).getByLabel('Your message')).toHaveValue('And when does it come back?');
  await page.context().setOffline(false);
  await expect(inside(page).locator('#live').getByText('And when does it come back?')).toHaveCount(1);
  await expect(inside(page).getByLabel('Your message')).toHaveValue('');

  const other = await browser.newPage();
  await other.context().addCookies(await page.context().cookies());
  await other.goto('/chat');
  await expect(other.locator('#live').getByText('And when does it come back?')).toHaveCount(1);
});

async function say(chat: FrameLocator, text: string) {
  await chat.getByLabel('Your message').fill(text);
  await chat.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(chat.locator('#live')).toContainText(text);
}
