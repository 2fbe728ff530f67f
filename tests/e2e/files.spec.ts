/** Files on the way in and out again, as a customer and an agent see them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from './journey.ts';
import { ask, askByHand, filesOn, fixture } from './asks.ts';
import { ada, grace, signIn } from './demo.ts';

const rows = (page: Page) => page.locator('[data-uploader] li:not([hidden])');
const choose = (page: Page, ...files: Parameters<ReturnType<Page['locator']>['setInputFiles']>) =>
  page.locator('[data-uploader] input[type=file]').setInputFiles(...files);

/** A film that is long enough to be stopped on its way; on disk, as a file of a person is. */
function longFilm() {
  const path = test.info().outputPath('long.mp4');
  writeFileSync(path, Buffer.concat([readFileSync(fixture('film.mp4')), Buffer.alloc(24_000_000)]));
  return path;
}

/** A line that takes some seconds for a long film. (Holding the requests themselves copies every piece through the test.) */
async function sendSlowly(page: Page) {
  const line = await page.context().newCDPSession(page);
  const open = { offline: false, latency: 0, downloadThroughput: -1 };
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', { ...open, uploadThroughput: 6_000_000 });
}

test.describe('with scripts', () => {
  test.beforeEach(({ page }) => signIn(page, ada, '/requests/new/GENERAL'));

  test('files go up while the form is filled in, and one of the wrong kind is refused in words', async ({
    page
  }) => {
    await choose(page, [fixture('phone.heic'), fixture('film.mp4'), fixture('README.md')]);

    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).filter({ hasText: 'Received' })).toHaveCount(2);
    await expect(rows(page).filter({ hasText: 'We cannot take this kind of file' })).toHaveCount(1);
    await expect(page.locator('input[name="attachment"]')).toHaveCount(2);
    // Chrome can draw neither by itself: these are the pictures that were made of them.
    for (const name of ['phone.heic', 'film.mp4'])
      await expect(rows(page).filter({ hasText: name }).locator('img')).toBeVisible({ timeout: 75_000 });
  });

  test('an upload can be paused, goes on, and can be removed', async ({ page }) => {
    await sendSlowly(page);
    const onItsWay = page.waitForRequest((request) => request.method() === 'PATCH');
    await choose(page, longFilm());
    await onItsWay;
    await page.getByRole('button', { name: 'Pause long.mp4' }).click();
    await expect(rows(page)).toContainText('Paused');
    await page.getByRole('button', { name: 'Resume long.mp4' }).click();
    await expect(rows(page)).toContainText('Received', { timeout: 30_000 });
    await page.getByRole('button', { name: 'Remove long.mp4' }).click();
    await expect(rows(page)).toHaveCount(0);
    await expect(page.locator('input[name="attachment"]')).toHaveCount(0);
  });

  test('the same film chosen twice is two files, and removing one keeps the other', async ({ page }) => {
    // While the first is on its way; the second goes its own.
    await sendSlowly(page);
    const path = longFilm();
    const onItsWay = page.waitForRequest((request) => request.method() === 'PATCH');
    await choose(page, path);
    await onItsWay;
    await page.getByRole('button', { name: 'Pause long.mp4' }).click();
    await choose(page, path);
    await page.getByRole('button', { name: 'Resume long.mp4' }).click();
    await expect(rows(page).filter({ hasText: 'Received' })).toHaveCount(2, { timeout: 30_000 });
    const sent = page.locator('input[name="attachment"]');
    const [one, other] = await sent.evaluateAll((fields) =>
      fields.map((field) => field.getAttribute('value'))
    );
    expect(one).not.toBe(other);
    const removed = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
    await page.getByRole('button', { name: 'Remove long.mp4' }).first().click();
    expect((await removed).ok()).toBe(true);
    await expect(rows(page)).toHaveCount(1);
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
  });

  test('a disk that is full refuses a file at once, and does not hold the form', async ({ page }) => {
    await page.route('**/uploads', (route) =>
      route.fulfill({ status: 507, body: 'We could not keep this file just now.' })
    );
    await choose(page, fixture('film.mp4'));
    await expect(rows(page)).toContainText('We could not keep this file just now.');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Try film.mp4 again' }).click();
    await expect(rows(page)).toContainText('Received');
  });

  test('an upload that failed is tried again with a click', async ({ page }) => {
    // A line that is known to be gone is not tried again and again before anybody is told.
    await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
    await page.reload();
    await page.route('**/uploads**', (route) => route.abort());
    await choose(page, fixture('film.mp4'));
    await expect(rows(page)).toContainText('The connection broke');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Try film.mp4 again' }).click();
    await expect(rows(page)).toContainText('Received');
  });

  test('a reply takes its files along', async ({ page }) => {
    await page.goto(`/requests/${await ask(page, { words: 'How does a leak sound?' })}`);
    await choose(page, fixture('film.mp4'));
    await expect(rows(page)).toContainText('Received');
    await page.getByLabel('Your message').fill('Not like this one.');
    await page.getByRole('button', { name: 'Send message' }).click();
    await expect(page.getByRole('list').getByText('Not like this one.')).toBeVisible();
    await expect(filesOn(page)).toContainText('film.mp4');
  });

  test('after a reload, what has arrived is still there, and what has not goes on', async ({ page }) => {
    // Chosen again, it has the same date.
    const film = longFilm();
    await sendSlowly(page);
    const third = page.waitForRequest(
      (request) => request.method() === 'PATCH' && Number(request.headers()['upload-offset']) > 6_000_000
    );
    await choose(page, film);
    await third;
    await page.reload();
    await expect(rows(page)).toContainText('Choose it again');

    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await choose(page, film);
    await expect(rows(page)).toContainText('Received', { timeout: 30_000 });
    await expect(rows(page)).toHaveCount(1);
    expect(Math.min(...offsets)).toBeGreaterThan(0);
  });

  test('the protocol is fetched only when a file is chosen', async ({ page }) => {
    const scripts: string[] = [];
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.reload();
    await page.waitForLoadState('networkidle');
    const before = scripts.length;
    await choose(page, fixture('film.mp4'));
    await expect(rows(page)).toContainText('Received');
    expect(scripts.length).toBeGreaterThan(before);
  });
});

test('photo and film of a phone are seen without their position, and only by whom they concern', async ({
  page,
  browser
}) => {
  await signIn(page, ada);
  const files = [fixture('phone.heic'), fixture('iphone.mov')];
  const reference = await askByHand(page, { words: `This is how it looks. ${Date.now()}`, files });
  await page.goto(`/requests/${reference}`);
  const photo = page.getByRole('img', { name: 'phone.heic' });
  const film = page.getByLabel('Play iphone.mov');
  await expect(photo).toBeVisible({ timeout: 75_000 });
  await expect(film).toBeVisible({ timeout: 75_000 });
  await expect
    .poll(() => photo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(0);

  // The customer hears what we did for them; whether a scanner looked is for staff.
  const removed = 'We removed the location from this picture';
  await expect(filesOn(page)).toContainText(removed);
  await expect(page.getByText('Not scanned')).toHaveCount(0);

  const shown = [
    await page.locator('.files a').first().getAttribute('href'),
    await film.getAttribute('poster'),
    await film.getAttribute('src')
  ].map((address) => address ?? '');
  const [picture = '', poster = '', moving = ''] = shown;
  expect((await page.request.get(picture)).headers()['content-type']).toBe('image/webp');
  expect((await page.request.get(poster)).headers()['content-type']).toBe('image/webp');
  const part = await page.request.get(moving, { headers: { range: 'bytes=0-99' } });
  expect([part.status(), (await part.body()).length]).toEqual([206, 100]);
  expect((await (await page.request.get(moving)).body()).includes('+52.52')).toBe(false);

  const originals = [picture, moving].map((address) => address.replace('/shown', '/original'));
  const stranger = await browser.newContext();
  const agent = await browser.newPage();
  await signIn(agent, grace, `/desk/requests/${reference}`);
  await expect(agent.getByText('Not scanned for viruses').first()).toBeVisible();
  for (const address of [...shown, ...originals]) {
    expect((await stranger.request.get(new URL(address, page.url()).href)).status(), address).toBe(404);
    expect((await agent.request.get(address)).status(), address).toBe(200);
  }
  for (const address of originals) expect((await page.request.get(address)).status(), address).toBe(404);
  const kept = await (await agent.request.get(originals[1] ?? '')).body();
  expect(kept.includes('+52.52'), 'staff have the film as it was taken').toBe(true);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('files come with the form, stay when it comes back, and are sent', async ({ page }) => {
    await signIn(page, ada, '/requests/new/GENERAL');
    await choose(page, [fixture('film.mp4'), fixture('film.webm'), fixture('README.md')]);
    await page.getByRole('button', { name: 'Continue to review' }).click();

    await expect(page.locator('[data-uploader] .problem')).toContainText(
      'README.md: We cannot take this kind of file'
    );
    await expect(page.getByRole('checkbox', { name: 'Send film.mp4 too' })).toBeChecked();

    await page.getByRole('checkbox', { name: 'Send film.webm too' }).uncheck();
    await page.locator('[name="subject"]').fill('A film');
    await page.locator('[name="description"]').fill('It hums.');
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expect(page.getByText('film.mp4')).toBeVisible();
    await expect(page.getByText('film.webm')).toBeHidden();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('link', { name: 'Follow it live' }).click();
    await expect(filesOn(page)).toContainText('film.mp4');
    await expect(filesOn(page)).not.toContainText('film.webm');
  });
});
