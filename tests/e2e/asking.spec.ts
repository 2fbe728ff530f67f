/** A customer asks for service: with scripts and without, once however often they click, and always with a receipt. */
import { expect, test, type Page } from './journey.ts';
import { dayFromNow, fixture } from './asks.ts';
import { ada, signIn } from './demo.ts';
import { holdScripts } from './late-scripts.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled, viewport: { width: 390, height: 844 } });

    test('a customer chooses, fills in, reviews and sends, and finds the request in their list', async ({
      page
    }) => {
      await signIn(page, ada);
      await page.goto('/requests/new');
      await page.getByRole('searchbox').fill('ask something');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: 'Ask something else' }).click();

      const words = `Is the office open on Saturday? ${Date.now()}`;
      await fillGeneral(page, words);
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await expect(page.getByText(words)).toBeVisible();
      await page.getByRole('button', { name: 'Send', exact: true }).click();

      await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
      const reference = new URL(page.url()).pathname.split('/')[2] ?? '';
      expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
      await page.goto('/requests');
      await expect(page.getByText(reference)).toBeVisible();
    });

    test('the first page finds what to ask for, and the kinds are folded by group', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByRole('region', { name: 'Most asked for' }).getByRole('listitem')).toHaveCount(6);
      await page.getByRole('searchbox').fill('moving out');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(page).toHaveURL(/\/requests\/new\?q=moving/);
      await expect(page.locator('a[href="/requests/new/MOVE-OUT"]')).toBeVisible();

      await page.getByRole('link', { name: 'Show all kinds of request' }).click();
      const kind = page.locator('a[href="/requests/new/METER-READ"]');
      await expect(kind).toBeHidden();
      await page.getByRole('heading', { name: 'Meter', exact: true }).click();
      await kind.click();
      await expect(page).toHaveURL(/\/requests\/new\/METER-READ/);
    });

    test('what is wrong is said beside the field, and what was typed stays', async ({ page }) => {
      await signIn(page, ada);
      await page.goto('/requests/new/GENERAL');
      await page.locator('[name="description"]').fill('Only this is filled in.');
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
      await expect(page.locator('[name="description"]')).toHaveValue('Only this is filled in.');
    });
  });
}

test('an answer that means another form leads there with what was typed, and is no mistake', async ({
  page
}) => {
  await signIn(page, ada, '/requests/new/BILL-HIGH');
  const question = page.locator('[data-question="plain_mistake"]');
  await page.locator('[name="bill_number"]').fill('B-2026-0077');
  await question.getByLabel('Yes').check();
  await expect(question.locator('[aria-invalid="true"]')).toHaveCount(0);
  await question.getByRole('button', { name: 'Continue with that form' }).click();

  await expect(page).toHaveURL(/\/requests\/new\/BILL-ADJ\?key=/);
  await expect(page.locator('[name="bill_number"]')).toHaveValue('B-2026-0077');
  await page.goBack();
  await expect(page.locator('[name="bill_number"]')).toHaveValue('B-2026-0077');
});

test('what is said about one answer does not make the press on the next one miss', async ({ page }) => {
  await signIn(page, ada, '/requests/new/METER-READ?ask=person');
  await page.getByLabel('When did you read it?').fill(dayFromNow(3));
  await page.getByLabel('A row of numbers').check();
  await expect(page.getByText('or an earlier day')).toBeVisible();
  await expect(page.getByLabel('A row of numbers')).toBeChecked();
});

test('what was typed and chosen before the scripts had come counts when they do', async ({ page }) => {
  await signIn(page, ada);
  const letCome = await holdScripts(page);
  await page.goto('/requests/new/METER-READ?ask=person', { waitUntil: 'commit' });
  await page.getByLabel('When did you read it?').fill(dayFromNow(3));
  await page.getByLabel('A row of numbers').check();
  await page.locator('[data-uploader] input[type=file]').setInputFiles(fixture('film.mp4'));
  letCome();

  await expect(page.getByText('or an earlier day')).toBeVisible();
  await expect(page.locator('[data-uploader] li:not([hidden])')).toContainText('Received');
  await expect(page.getByText('Your draft is saved.')).toBeVisible();
});

test('a request sent twice by going back is there once', async ({ page }) => {
  await signIn(page, ada);
  await page.goto('/requests/new/GENERAL');
  await fillGeneral(page, `Is the office open on Monday? ${Date.now()}`);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  const review = page.url();
  const key = new URL(review).searchParams.get('key') ?? '';
  const send = () =>
    page.request.post('/requests/new/GENERAL?/send', {
      form: { key },
      headers: { origin: new URL(review).origin, accept: 'text/html' },
      maxRedirects: 0
    });
  const answers = [...(await Promise.all([send(), send()])), await send()];
  const places = answers.map((answer) => answer.headers()['location']);
  expect(places[0]).toMatch(/\/receipt$/);
  expect(new Set(places).size).toBe(1);
});

async function fillGeneral(page: Page, words: string) {
  await page.locator('[name="subject"]').fill('Opening hours');
  await page.locator('[name="description"]').fill(words);
  await page.getByLabel('By e-mail').check();
  const phone = page.locator('[name="contact_phone"]');
  if (await phone.isVisible()) await phone.fill('555 0142');
}
