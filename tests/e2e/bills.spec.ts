/** Bills and readings, from the list to the question and to the desk: with and without scripts, in both languages. */
import { expect, test, type Locator, type Page } from './journey.ts';
import { expectNoBarriers, looks } from './barriers.ts';
import { ada, grace, signIn } from './demo.ts';
import { pixel } from './asks.ts';

const dial = { name: 'dial.png', mimeType: 'image/png', buffer: pixel };

const ways = [
  {
    look: { ...looks[0], javaScriptEnabled: false },
    says: { language: 'English', ask: 'Ask about this bill', number: 'Bill number' }
  },
  {
    look: { ...looks[1], javaScriptEnabled: true },
    says: { language: 'Español', ask: 'Preguntar por esta factura', number: 'Número de la factura' }
  }
] as const;

for (const { look, says } of ways) {
  test.describe(`${says.language}, ${look.viewport.width} wide`, () => {
    test.use(look);

    test('a bill leads from the list to its lines, and to a question that knows which bill it is', async ({
      page
    }) => {
      await signIn(page, ada);
      if (says.language === 'Español')
        await page.getByRole('banner').getByRole('button', { name: says.language }).click();
      await page.goto('/bills');
      if (look.javaScriptEnabled) await expectNoBarriers(page);
      await page.locator('ol a[href^="/bills/"]').first().click();
      await page.waitForURL(/\/bills\/[\w-]+$/);
      await expect(page.getByRole('rowheader', { name: 'Gas' }).first()).toBeVisible();
      if (look.javaScriptEnabled) await expectNoBarriers(page);

      const number = page.url().split('/').at(-1) ?? '';
      await page.getByRole('link', { name: says.ask }).click();
      // Its scripts add the key of the form to the address.
      await page.waitForURL(
        ({ pathname, searchParams }) =>
          pathname === '/requests/new/BILL-HIGH' && searchParams.get('bill') === number
      );
      await expect(page.locator('[name="bill_number"]')).toHaveValue(number);
      await expect(page.locator('[name="bill_date"]')).toHaveValue(/^\d{4}-\d\d-\d\d$/);
      if (!look.javaScriptEnabled) await sendAbout(page, number);
    });
  });
}

test.describe('without scripts', () => {
  test.use({ ...looks[0], javaScriptEnabled: false });

  test('a likely reading counts, a slip is asked about and mended by one press, a doubted one reaches the desk', async ({
    page,
    browser
  }) => {
    await signIn(page, ada);
    await page.goto('/');
    await page.getByRole('link', { name: 'Send a meter reading' }).click();
    await page.waitForURL(/\/readings\?account=\d+$/);
    const likely = await nextReading(page);
    const slip = `0${likely.slice(0, -1)}`;
    await give(page, likely);
    await expect(page.getByText(`We have noted ${likely}`)).toBeVisible();

    await give(page, slip);
    await expect(page.getByText(`Is it ${slip}, or did you mean ${likely}?`)).toBeVisible();
    await page.getByRole('button', { name: `It is ${likely}` }).click();
    await expect(page.getByText(`We have noted ${likely}`)).toBeVisible();
    await expect(page.getByText(`It replaces ${slip}`)).toBeVisible();

    // The photo comes along with a form that is refused, and stays with it.
    await page.locator('input[type="file"]').first().setInputFiles(dial);
    await give(page, 'soon');
    await expect(page.getByText('Type the digits of the dial only').first()).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Send dial.png too' })).toBeChecked();
    await give(page, slip);
    await expect(page.getByText('Your photo goes with it.')).toBeVisible();
    await expect(photosIn(page.getByRole('row').filter({ hasText: slip }).first()).first()).toBeVisible();

    const desk = await (
      await browser.newContext({ viewport: looks[1].viewport, javaScriptEnabled: true })
    ).newPage();
    await signIn(desk, grace, '/desk/readings');
    const doubted = desk.getByRole('main').getByRole('listitem').filter({ hasText: slip });
    await expect(doubted).toContainText(`Perhaps ${likely} was meant.`);
    await expect(desk.getByRole('link', { name: /^Readings \(\d+\)$/ })).toBeVisible();
    await expect(doubted).toContainText('The last reading was');
    await expect(photosIn(doubted).first()).toBeVisible();
    await doubted.getByRole('button', { name: `Accept ${slip}` }).click();
    await expect(desk.getByRole('main').getByRole('alert')).toContainText(`If ${slip} counted`);
    await expectNoBarriers(desk);

    await doubted.getByRole('link').first().click();
    await expect(desk.getByRole('heading', { name: 'Bills and readings' })).toBeVisible();
    await expect(photosIn(desk.getByRole('main')).first()).toBeVisible();
    await expectNoBarriers(desk);
    await desk.getByRole('button', { name: `Reject ${slip}` }).click();
    await expect(desk.getByRole('button', { name: `Reject ${slip}` })).toHaveCount(0);
    await page.goto('/readings');
    await expect(page.getByRole('row').filter({ hasText: slip }).first()).toContainText('not used');
  });
});

/** Keeps the bill, asks about it in few words, and finds the one with the other, here and at the desk. */
async function sendAbout(page: Page, number: string) {
  const kept = await page.request.get(`/bills/${number}/pdf`);
  expect(kept.headers()['content-type']).toBe('application/pdf');
  expect((await kept.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await page.goto(`/requests/new/GENERAL?bill=${number}`);
  await page.locator('[name="subject"]').fill('My bill');
  await page.getByLabel('By e-mail').check();
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByText(`About bill ${number} of`).first()).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.goto(page.url().replace('/receipt', ''));
  await page.getByRole('link', { name: `About bill ${number} of` }).click();
  await expect(page.getByText('we send no reminders for this bill')).toBeVisible();
}

/** Whether their pictures are made already or not. */
const photosIn = (around: Locator) => around.getByRole('list', { name: 'Photos' }).getByRole('listitem');

/** A few units more than the newest reading of the first meter that counts, and a nought at the end: so its last digit can be missed. */
async function nextReading(page: Page) {
  const counted = page.getByRole('row').filter({ hasNotText: /being looked at|not used/ });
  const newest = await counted.locator('td.digits').first().innerText();
  return String(10 * Math.floor(Number(newest) / 10 + 1)).padStart(newest.length, '0');
}

async function give(page: Page, digits: string) {
  await page.locator('input[name="digits"]').first().fill(digits);
  await page.getByRole('button', { name: 'Send the reading' }).first().click();
}
