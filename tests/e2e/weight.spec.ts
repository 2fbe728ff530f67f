/** What customers' pages weigh on a first visit, with all their scripts: a phone on a bad line pays for every byte. */
import { expect, test, type Browser, type BrowserContext, type Page, type Request } from './journey.ts';
import { ada, signIn } from './demo.ts';

/** Bytes as they come over the line, without the font, which no page waits for. */
const most = 60_000;

for (const path of ['/', '/requests/new', '/requests/new/BILL-HIGH']) {
  test(`${path} weighs at most 60 KB`, async ({ context }) => {
    expect(await weightOf(context, path)).toBeLessThanOrEqual(most);
  });
}

test('the form weighs at most 60 KB with the part that sends files, too', async ({ context }) => {
  const photo = { name: 'meter.txt', mimeType: 'text/plain', buffer: Buffer.from('Not a photo.') };
  const choosing = async (page: Page) => {
    const sending = page.waitForResponse(/\/workers\/chunks\//);
    await page.locator('input[type=file]').setInputFiles(photo);
    await (await sending).finished();
  };
  expect(await weightOf(context, '/requests/new/BILL-HIGH', choosing)).toBeLessThanOrEqual(most);
});

test('a request weighs at most 60 KB, with what keeps it live', async ({ browser }) => {
  const elsewhere = await browser.newPage();
  await signIn(elsewhere, ada, '/requests');
  const path = await elsewhere.locator('.row a').first().getAttribute('href');

  // Its stream stays open: there is no calm.
  const live = (page: Page) => page.getByText(/^Live/).waitFor();
  expect(await weightOf(await elsewhereAsWell(browser, elsewhere), path ?? '', live)).toBeLessThanOrEqual(
    most
  );
});

test('what is hers weighs at most 60 KB each', async ({ browser }) => {
  const elsewhere = await browser.newPage();
  await signIn(elsewhere, ada, '/bills');
  const bill = await elsewhere.locator('ol a[href^="/bills/"]').first().getAttribute('href');
  const weights: [string, number][] = [];
  const paths = [
    '/',
    '/bills',
    bill ?? '',
    '/usage',
    '/readings',
    '/history',
    '/account',
    '/requests',
    '/chat'
  ];
  for (const path of paths) {
    const context = await elsewhereAsWell(browser, elsewhere);
    weights.push([path, await weightOf(context, path)]);
    await context.close();
  }
  expect(weights.filter(([, weight]) => weight > most)).toEqual([]);
});

/** Another browser, which knows who she is and has none of our files yet. */
async function elsewhereAsWell(browser: Browser, page: Page) {
  const context = await browser.newContext();
  await context.addCookies(await page.context().cookies());
  return context;
}

async function weightOf(context: BrowserContext, path: string, toTheEnd = calm) {
  const page = await context.newPage();
  const finished: Request[] = [];
  page.on('requestfinished', (request) => finished.push(request));
  await page.goto(path);
  await toTheEnd(page);
  // What still comes, such as the file being sent, is not asked about: it may end with the page.
  const sizes = finished
    .filter((request) => request.resourceType() !== 'font')
    .map(async (request) => (await request.sizes()).responseBodySize);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function calm(page: Page) {
  return page.waitForLoadState('networkidle');
}
