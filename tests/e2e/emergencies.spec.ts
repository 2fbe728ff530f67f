/** An emergency reaches every open desk at once, and is followed there to its end. */
import { expect, test, type Page } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { ada, grace, sam, signIn } from './demo.ts';

/** A visitor writes of danger. Answers with words by which the desk can tell this call from others. */
async function reportDanger(page: Page) {
  const mark = `strong smell of gas in the cellar of house ${Date.now() % 1_000_000}`;
  await page.goto('/requests/new/GENERAL');
  await page.locator('[name="subject"]').fill('Help');
  await page.locator('[name="description"]').fill(mark);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page).toHaveURL(/\/emergency\/heard/);
  return mark;
}

test('a desk that stands open is alarmed live, and the emergency goes from there to made safe', async ({
  browser
}) => {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, grace, '/desk');
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();

  const visitor = await (await browser.newContext()).newPage();
  const mark = await reportDanger(visitor);
  const alarm = desk
    .getByRole('alert')
    .filter({ hasText: 'is waiting to be acknowledged' })
    .or(desk.getByRole('alert').filter({ hasText: 'are waiting to be acknowledged' }));
  await expect(alarm).toBeVisible();

  await alarm.getByRole('link', { name: 'Look' }).click();
  const card = desk.getByRole('article').filter({ hasText: mark });
  await expect(card.getByText('Waiting for')).toBeVisible();

  await visitor.getByText('tell us where').click();
  await visitor.getByLabel('A number to reach you').fill('555 0101');
  await visitor.getByRole('button', { name: 'Tell the person on duty' }).click();
  await expect(card.getByRole('link', { name: '555 0101' })).toBeVisible();

  await card.getByRole('button', { name: 'Acknowledge' }).click();
  // Its own page offers all later steps at once: each waits until the one before stands in the log.
  await expect(desk).toHaveURL(/\/desk\/emergencies\/E-/);
  const done = desk.getByRole('listitem').filter({ hasText: 'by Grace' });
  await expect(done).toHaveCount(1);
  for (const [nth, step] of ['Somebody is on the way', 'Somebody is there', 'It is made safe'].entries()) {
    await desk.getByRole('button', { name: step }).first().click();
    await expect(done).toHaveCount(nth + 2);
  }
  await expect(desk.getByText('Made safe').first()).toBeVisible();
});

test('without scripts the desk works through an emergency too, and says why it stands one down', async ({
  browser
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const mark = await reportDanger(page);
  await signIn(page, sam, '/desk/emergencies');
  await page
    .getByRole('article')
    .filter({ hasText: mark })
    .getByRole('button', { name: 'Acknowledge' })
    .click();
  await page.getByText('Stand down…').click();
  await page.getByLabel('Why').selectOption({ label: 'A drill' });
  await page.getByRole('button', { name: 'Stand down', exact: true }).click();
  await expect(page.getByText('Stood down: A drill')).toBeVisible();
});

test('the record goes out to a supervisor, not to an agent', async ({ browser }) => {
  const supervisor = await (await browser.newContext()).newPage();
  await reportDanger(supervisor);
  await signIn(supervisor, sam);
  const answer = await supervisor.request.get('/desk/emergencies/record.csv');
  expect(answer.headers()['content-type']).toContain('text/csv');
  expect(await answer.text()).toMatch(/^\ufeffreference,hazard,channel,entry,at,kind/);

  const agent = await (await browser.newContext()).newPage();
  await signIn(agent, grace);
  expect((await agent.request.get('/desk/emergencies/record.csv')).status()).toBe(404);
});

test('a customer finds no emergencies behind any address', async ({ page }) => {
  await signIn(page, ada);
  for (const path of ['/desk/emergencies', '/desk/emergencies/E-222222', '/desk/emergencies/record.csv'])
    expect((await page.request.get(path)).status()).toBe(404);
});

test('axe finds nothing on the pages of emergencies and letters', async ({ page }) => {
  await reportDanger(page);
  await signIn(page, grace, '/desk/emergencies');
  await expectNoBarriers(page);
  await page.getByRole('article').first().getByRole('link', { name: /^Log/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Log' })).toBeVisible();
  await expectNoBarriers(page);
  await page.goto('/mail');
  await expectNoBarriers(page);
});
