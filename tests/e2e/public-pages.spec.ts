/** Pages for anyone: readable by everybody, light, without scripts, with the way out of danger first. */
import { expect, test } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, signIn } from './demo.ts';

const pages = [
  '/',
  '/emergency',
  '/contact',
  '/complaints',
  '/privacy',
  '/accessibility',
  '/about',
  '/no-such-page'
];
const looks = [
  { colorScheme: 'light', width: 390, locale: 'en-US' },
  { colorScheme: 'dark', width: 1280, locale: 'es-ES' }
] as const;

for (const { colorScheme, width, locale } of looks) {
  test.describe(`${colorScheme}, ${width} wide, ${locale}`, () => {
    test.use({ colorScheme, locale, viewport: { width, height: 844 } });

    test('no page has barriers', async ({ page }) => {
      for (const path of pages) {
        await page.goto(path);
        await expectNoBarriers(page);
      }
    });
  });
}

test('every page fits a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of pages) {
    await page.goto(path);
    const { wide, room } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth
    }));
    expect(wide, path).toBeLessThanOrEqual(room);
  }
});

for (const path of pages) {
  test(`${path} weighs at most 60 KB on the first visit, and has no script but what opens the chat`, async ({
    page
  }) => {
    const weights: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'font')
        weights.push(request.sizes().then((size) => size.responseBodySize));
      if (request.resourceType() === 'script')
        expect(new URL(request.url()).pathname).toMatch(/\/workers\/door-[\w-]+\.js$/);
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    const weight = (await Promise.all(weights)).reduce((sum, one) => sum + one, 0);
    expect(weight).toBeLessThanOrEqual(60_000);
  });
}

test('the keyboard reaches the content, the safety page and the emergency number first', async ({ page }) => {
  await page.goto('/');
  const stops = [];
  for (let stop = 0; stop < 3; stop++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.getAttribute('href')));
  }
  expect(stops[0]).toBe('#main');
  expect(stops[1]).toBe('/emergency');
  expect(stops[2]).toMatch(/^tel:\+?\d+$/);
});

test('at a door that is not theirs a customer finds the page that says so, in the usual frame', async ({
  page
}) => {
  await signIn(page, ada);
  expect((await page.goto('/desk'))?.status()).toBe(404);
  await expect(page).toHaveURL('/desk');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'My requests' })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the language is switched on the page one is on', async ({ page }) => {
    await page.goto('/privacy');
    await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
    await expect(page).toHaveURL('/privacy');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Qué sabemos de usted, y por qué');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  });
});
