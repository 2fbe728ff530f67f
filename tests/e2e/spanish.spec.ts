/** Every page of a customer's account in Spanish: free of barriers, and not a sentence of English left. */
import { catalogue } from '#lib/platform/words/catalogue.ts';
import { expect, test, type Page } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, signIn } from './demo.ts';
import { foundByCustomers, ofCustomers, openFirst } from './pages.ts';

/** Whole sentences and labels that read otherwise in Spanish. Shorter ones may be names. */
const english = Object.entries(catalogue.en).flatMap(([key, text]) =>
  text.length > 11 && !/[{<]/.test(text) && catalogue.es[key as keyof typeof catalogue.es] !== text
    ? [text]
    : []
);

const about = /^\/(account|bills|usage|readings|history|$)/;

for (const some of ofCustomers.map((pages) => pages.filter((path) => about.test(path))))
  if (some.length > 0)
    test(`from ${some[0]} on, ${some.length} pages`, async ({ page }) => {
      await inSpanish(page, ada);
      for (const path of some) {
        await page.goto(path);
        await expectSpanish(page);
      }
    });

test('a bill and the way to pay it', async ({ page }) => {
  await inSpanish(page, ada);
  for (const found of foundByCustomers.filter(({ list }) => list === '/bills')) {
    const path = await openFirst(page, found);
    await expectSpanish(page);
    for (const more of found.below) {
      await page.goto(path + more);
      await expectSpanish(page);
    }
  }
});

test('usage day by day, with the weather, on a phone and without scripts', async ({ browser }) => {
  const bare = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
  const page = await (await browser.newContext(bare)).newPage();
  await inSpanish(page, 'ben@customer.example');
  await page.goto('/usage?account=40120037');
  await expectNoEnglish(page);
  await expect(page.getByRole('heading', { name: 'Día a día' })).toBeVisible();
  await page.getByText('En una tabla').click();
  const days = page.getByRole('table').last();
  await expect(days.getByRole('columnheader')).toHaveText([
    'Día',
    'Consumo',
    'Un año antes',
    'Temperatura exterior'
  ]);
  expect(await days.getByRole('row').count()).toBeGreaterThan(20);
  await expect(page.getByText(/Hizo .* que un año antes/).first()).toBeVisible();

  await page.getByRole('link', { name: 'El año anterior' }).click();
  await expect(page.getByRole('heading', { name: 'Día a día' })).toHaveCount(0);
  await page.getByRole('link', { name: 'El último año' }).click();
  await page.goto('/bills?account=40120037');
  await page.getByRole('link', { name: 'Facturas anteriores' }).click();
  await expectNoEnglish(page);
  await page.getByRole('link', { name: 'Las facturas más recientes' }).click();
  await expect(page.getByRole('link', { name: 'Facturas anteriores' })).toBeVisible();
});

async function inSpanish(page: Page, who: string) {
  await signIn(page, who);
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
}

async function expectSpanish(page: Page) {
  await expectNoEnglish(page);
  await expectNoBarriers(page);
}

async function expectNoEnglish(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const text = await page.locator('body').innerText();
  expect(
    english.filter((one) => text.includes(one)),
    page.url()
  ).toEqual([]);
}
