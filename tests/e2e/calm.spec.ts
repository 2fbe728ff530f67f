/** What stands around a page leaves it room, at every zoom, and red is kept for danger. */
import { expect, test, type Page } from './journey.ts';
import { ada, grace, sam, signIn } from './demo.ts';
import {
  aboutACustomer,
  foundByCustomers,
  ofCustomers,
  ofStaff,
  ofSupervisors,
  openBen,
  openFirst,
  openQueued
} from './pages.ts';

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Those of the pages that are wider than the screen, and by how much. */
async function tooWide(page: Page, paths: readonly string[]) {
  const found: [string, number][] = [];
  for (const path of paths) {
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    const over = await overflow(page);
    if (over > 0) found.push([path, over]);
  }
  return found;
}

test.describe('at 320 px and 400 % zoom nothing runs over the edge', () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test('on what customers open most', async ({ page }) => {
    await signIn(page, ada);
    const most = [
      '/',
      '/requests',
      '/requests/new',
      '/requests/new/BILL-HIGH',
      '/account',
      '/contact',
      '/bills'
    ];
    expect(await tooWide(page, most)).toEqual([]);
  });

  // All pages at this width take two minutes: `npm run prove` looks at them.
  if (!process.env['EVERY_WIDTH']) return;

  test('for customers', async ({ page }) => {
    await signIn(page, ada);
    const own: string[] = [];
    for (const found of foundByCustomers) {
      const path = await openFirst(page, found);
      own.push(path, ...found.below.map((more) => path + more));
    }
    expect(await tooWide(page, [...ofCustomers.flat(), ...own])).toEqual([]);
  });

  test('for staff', async ({ page }) => {
    await signIn(page, grace);
    const ben = await openBen(page);
    const about = aboutACustomer.flat().map((more) => ben + more);
    expect(await tooWide(page, [...ofStaff.flat(), '/desk/emergencies', ...about])).toEqual([]);
    await openQueued(page);
    expect([page.url(), await overflow(page)]).toEqual([page.url(), 0]);
  });

  test('for those who answer for it', async ({ page }) => {
    await signIn(page, sam);
    expect(await tooWide(page, ['/desk/staff', ...ofSupervisors])).toEqual([]);
  });
});

test('a phone’s first screen is the page’s', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, ada);
  const [request] = foundByCustomers;
  const paths = ['/', '/requests', request && (await openFirst(page, request)), '/requests/new/BILL-HIGH'];
  for (const path of [...paths, '/bills', '/chat']) {
    await page.goto(path ?? '');
    const box = await page.locator('main').boundingBox();
    expect([path, Math.max(120, box?.y ?? 999)]).toEqual([path, 120]);
  }
});

test('the customers’ red strip is not on the desk, and what is late there is not red', async ({ page }) => {
  await signIn(page, grace, '/desk?queue=overdue');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await expect(page.getByText('Smell gas?')).toHaveCount(0);

  const late = page.locator('[data-press="over"]');
  await expect(late.first()).toBeVisible();
  const red = await colourOf(page, 'var(--danger)');
  expect(await coloursIn(page, 'li:has([data-press="over"])')).not.toContain(red);
  await openQueued(page, 'overdue');
  await expect(page.locator('dl [data-press="over"], dl [data-state="missed"]').first()).toBeVisible();
  expect(await coloursIn(page, 'dl:has([data-press="over"], [data-state="missed"])')).not.toContain(red);
});

/** As the browser writes it. */
const colourOf = (page: Page, colour: string) =>
  page.evaluate((wanted) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.setAttribute('id', 'probe');
    const sheet = new CSSStyleSheet();
    sheet.insertRule(`#probe { color: ${wanted} }`);
    document.adoptedStyleSheets.push(sheet);
    const seen = getComputedStyle(probe).color;
    probe.remove();
    return seen;
  }, colour);

/** Every colour of text, ground, edge and drawing that is found in there. */
const coloursIn = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((boxes) => {
    const all = boxes.flatMap((box) => [box, ...box.querySelectorAll('*')]);
    const names = ['color', 'backgroundColor', 'borderTopColor', 'fill'] as const;
    return [...new Set(all.flatMap((one) => names.map((name) => getComputedStyle(one)[name])))];
  });
