/** A form that was sent is sent once more with something changed: as another request, or as more about the first. */
import { expect, test, type Page } from './journey.ts';
import { dayFromNow, fixture } from './asks.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, signIn } from './demo.ts';

test('what was corrected is added to the first request in the words of the form, or is another request', async ({
  page
}) => {
  const { first, tabs } = await sendReading(page, '01234', 2);
  const [one, two] = tabs;
  if (!one || !two) return;

  await sendAgain(one, '01243');
  await expectNoBarriers(one);
  await one.getByRole('button', { name: 'Add it to the first' }).click();
  await expect(one).toHaveURL(`/requests/${first}`);
  await expect(one.getByText('This answer has changed:')).toBeVisible();
  await expect(one.getByText('Meter reading: 01243')).toBeVisible();

  await sendAgain(two, '01244');
  await two.getByRole('button', { name: 'Send as another request' }).click();
  await expect(two.getByRole('heading', { name: 'We have it' })).toBeVisible();
  expect(referenceIn(two)).not.toBe(first);
});

test('with nothing new in it there is nothing to add, and a file alone is something', async ({ page }) => {
  const { first, tabs } = await sendReading(page, '02345', 1, 'film.mp4');
  const [tab] = tabs;
  if (!tab) return;
  const form = tab.url();

  await tab.getByRole('button', { name: 'Remove film.mp4' }).click();
  await sendAgain(tab, '02345');
  await tab.getByRole('button', { name: 'Add it to the first' }).click();
  await expect(tab.getByRole('alert')).toContainText('there is nothing to add');

  await tab.goto(form);
  await choose(tab, 'phone.heic');
  await sendAgain(tab, '02345');
  await tab.getByRole('button', { name: 'Add it to the first' }).click();
  await expect(tab).toHaveURL(`/requests/${first}`);
  await expect(tab.getByText('Here is another file.')).toBeVisible();
});

/** Sends a reading without a word beside it, while the same form stands open in other tabs. */
async function sendReading(page: Page, digits: string, others: number, file?: string) {
  await signIn(page, ada, '/requests/new/METER-READ?ask=person');
  const account = page.locator('select[name="account"]');
  if (await account.isVisible()) await account.selectOption({ index: 1 });
  await page.getByLabel('Meter reading').fill(digits);
  await page.getByLabel('When did you read it?').fill(dayFromNow(-1));
  await page.getByLabel('A row of numbers').check();
  await page.getByLabel('For my next bill').check();
  if (file) await choose(page, file);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('heading', { name: 'Is everything right?' })).toBeVisible();
  await expectNoBarriers(page);

  const form = new URL(page.url());
  form.searchParams.delete('step');
  const tabs = [];
  for (let number = 0; number < others; number += 1) {
    const tab = await page.context().newPage();
    await tab.goto(form.href);
    tabs.push(tab);
  }
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
  return { first: referenceIn(page), tabs };
}

async function sendAgain(tab: Page, digits: string) {
  await tab.getByLabel('Meter reading').fill(digits);
  await tab.getByRole('button', { name: 'Continue to review' }).click();
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(tab.getByText('Is this something new?')).toBeVisible();
}

async function choose(page: Page, file: string) {
  await page.locator('[data-uploader] input[type=file]').setInputFiles(fixture(file));
  await expect(page.locator('input[name="attachment"]')).not.toHaveCount(0);
}

const referenceIn = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? '';
