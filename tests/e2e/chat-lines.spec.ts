/** A chat whose lines are cut on either side, while both go on writing: what was said is there once they stand again. */
import { expect, test, type Browser, type BrowserContext } from './journey.ts';
import { untilState } from '../../prove/live/browsers.ts';
import { layLine, type Cut, type Line } from '../../prove/live/line.ts';
import { act } from './asks.ts';
import { grace, signIn } from './demo.ts';
import { aNewcomer } from './people.ts';

test('what is said in a chat while a line is cut stands on both sides when it is back', async ({
  browser,
  page,
  baseURL
}) => {
  const port = Number(new URL(baseURL ?? '').port);
  await aNewcomer(page);
  await page.goto('/chat?person');
  await page.getByLabel('Your message').fill('I would like to talk about my deposit.');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  const way = page.locator('#live a[href^="/requests/"]').first();
  const reference = (await way.getAttribute('href'))?.split('/')[2] ?? '';
  const desk = await browser.newPage();
  await signIn(desk, grace);
  await act(desk, reference, 'take', {});

  const lines = [await layLine(port), await layLine(port)] as const;
  const phone = await over(browser, lines[0], page.context(), '/chat');
  const seat = await over(
    browser,
    lines[1],
    desk.context(),
    `/desk/requests/${reference}?queue=all&search=${reference}`
  );
  const bothLive = async () => {
    for (const one of [phone, seat]) expect(await untilState(one, 'live', 60_000)).toBe(true);
  };
  await bothLive();

  for (const [nth, how] of cuts.entries()) {
    await test.step(how, async () => {
      for (const line of lines) line.cut(how, 0);
      await act(desk, reference, 'reply', { text: `Asked in part ${nth}.`, then: 'open' });
      await page.getByLabel('Your message').fill(`Answered in part ${nth}.`);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.locator('#live')).toContainText(`Answered in part ${nth}.`);
      for (const line of lines) line.mend();
      await bothLive();
      for (const said of ['Asked', 'Answered'])
        for (const one of [phone, seat])
          await expect(
            one.locator('article.request, #live').getByText(`${said} in part ${nth}.`)
          ).toHaveCount(1);
    });
  }
  for (const one of [phone, seat]) await one.context().close();
  for (const line of lines) line.close();
});

/** One that breaks the line, and one after which nobody can be reached. */
const cuts: Cut[] = ['reset', 'black-out'];

/** The same person elsewhere, on a line that can be cut. */
async function over(browser: Browser, line: Line, whose: BrowserContext, address: string) {
  const storageState = await whose.storageState();
  const context = await browser.newContext({
    baseURL: line.url,
    storageState,
    viewport: { width: 1280, height: 800 }
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}
