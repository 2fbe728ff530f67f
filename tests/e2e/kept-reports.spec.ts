/** Reports of a technician that waited for a line: one that is not taken says so, and none is in the way of another. */
import type { Browser } from '@playwright/test';
import { expect, test } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { pixel } from './asks.ts';
import { ada, grace, sam, signIn } from './demo.ts';
import { askForVisit, awake, pick } from './visiting.ts';

const phone = { width: 390, height: 844 };

/** Two visits that somebody asked for, on one day, given to Grace; with the desk on that day. */
async function twoVisits(browser: Browser) {
  const customer = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(customer, ada);
  const references = [await askForVisit(customer), await askForVisit(customer)];
  let on = '';
  for (const reference of references) {
    // Somebody else may take the same time in the same moment.
    await expect(async () => {
      await customer.goto(`/requests/${reference}`);
      await pick(customer);
      await customer.getByRole('button', { name: 'Book this time' }).click();
      await expect(customer.locator('a[href$="visit.ics"]')).toBeAttached();
    }).toPass();
    const calendar = await (await customer.request.get(`/requests/${reference}/visit.ics`)).text();
    on = (/DTSTART:(\d{4})(\d\d)(\d\d)/.exec(calendar) ?? []).slice(1).join('-');
    expect(on).not.toBe('');
  }
  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, sam, `/desk/today?day=${on}`);
  const give = async (reference: string | undefined, to: string) => {
    const row = desk.getByRole('listitem').filter({ has: desk.locator(`a[href$="${reference}"]`) });
    await row.getByRole('combobox').selectOption({ label: to });
    await row.getByRole('button', { name: 'Give' }).click();
    await expect(row.getByRole('combobox').locator('option:checked')).toHaveText(to);
  };
  for (const reference of references) await give(reference, 'Grace Lindholm');
  return { references, on, desk, give };
}

test('a report that nobody takes any more says so in words, and the next one arrives all the same', async ({
  browser
}) => {
  const { references, on, desk, give } = await twoVisits(browser);

  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(technician, grace, `/desk/day?day=${on}`);
  await awake(technician);
  await technician.context().setOffline(true);
  for (const [nth, reference] of references.entries()) {
    const card = technician.getByRole('article').filter({ hasText: reference });
    await card.getByText('Report', { exact: true }).click();
    await card.locator('[name="outcome"][value="no_access"]').check();
    await card.getByLabel('The agreed hours begin later').check();
    await card.getByLabel('What you found and did').fill(`The gate was shut, ${nth}.`);
    await card.getByRole('button', { name: 'Send the report' }).click();
    await expect(card.getByText('kept on this phone')).toBeVisible();
  }
  // Meanwhile the first of them is somebody else's.
  const [taken, stays] = references;
  const colleague = await desk.getByRole('combobox').first().locator('option').last().textContent();
  await give(taken, colleague?.trim() ?? '');
  await technician.context().setOffline(false);
  await expect(technician.getByRole('article').filter({ hasText: stays })).toContainText('No access', {
    timeout: 30_000
  });
  const refused = technician.getByRole('alert').filter({ hasText: 'no longer yours' });
  await expect(refused).toContainText('The gate was shut, 0.');
  await refused.getByRole('button').click();
  await expect(refused).toHaveCount(0);
});

test('what is half written stays when another report goes, with its photo, and when nobody can be told of setting out', async ({
  browser
}) => {
  const { references, on } = await twoVisits(browser);
  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(technician, grace, `/desk/day?day=${on}`);
  await awake(technician);
  const [half, whole] = references.map((reference) =>
    technician.getByRole('article').filter({ hasText: reference })
  );
  if (!half || !whole) throw new Error('no visits');
  const write = async (card: typeof half, words: string) => {
    await card.getByText('Report', { exact: true }).click();
    await card.locator('[name="outcome"][value="parts_missing"]').check();
    await card.getByLabel('The agreed hours begin later').check();
    await card.getByLabel('What you found and did').fill(words);
  };
  await write(half, 'The valve is seized.');
  await half
    .locator('input[type="file"]')
    .setInputFiles({ name: 'valve.png', mimeType: 'image/png', buffer: pixel });
  await expect(half.getByText('valve.png has arrived.')).toBeAttached();
  await technician.context().setOffline(true);
  await half.getByRole('button', { name: 'I am on the way' }).click();
  await expect(half.getByRole('alert')).toContainText('nobody was told');
  await technician.context().setOffline(false);

  await write(whole, 'The hose is too short.');
  await whole.getByRole('button', { name: 'Send the report' }).click();
  await expect(whole).toContainText('Parts missing', { timeout: 30_000 });
  const note = half.locator('[name="note"]');
  await expect(note).toBeVisible();
  await expect(note).toHaveValue('The valve is seized.');
  await half.getByRole('button', { name: 'Send the report' }).click();
  await expect(half.locator('header').getByText('Parts missing')).toBeVisible({ timeout: 30_000 });
  await technician.goto(`/desk/requests/${references[0]}`);
  await expect(technician.getByText('valve.png').first()).toBeAttached();
  await technician.context().close();
});

test('in a dead spot a photo is kept with its report, and what is half written is there again when the page is', async ({
  browser
}) => {
  const { references, on } = await twoVisits(browser);
  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(technician, grace, `/desk/day?day=${on}`);
  await awake(technician);
  const [whole, half] = references.map((reference) =>
    technician.getByRole('article').filter({ hasText: reference })
  );
  if (!whole || !half) throw new Error('no visits');
  // What sends photos has come before the line is lost.
  await technician.waitForLoadState('networkidle');
  await technician.context().setOffline(true);
  for (const [card, words] of [
    [whole, 'The hose is torn.'],
    [half, 'The lid is']
  ] as const) {
    await card.getByText('Report', { exact: true }).click();
    await card.locator('[name="outcome"][value="parts_missing"]').check();
    await card.getByLabel('The agreed hours begin later').check();
    await card.getByLabel('What you found and did').fill(words);
  }
  await whole
    .locator('input[type="file"]')
    .setInputFiles({ name: 'hose.png', mimeType: 'image/png', buffer: pixel });
  await expect(whole.getByText('hose.png').first()).toBeVisible();
  await whole.getByRole('button', { name: 'Send the report' }).click();
  await expect(whole.getByText('kept on this phone')).toBeVisible();
  await expectNoBarriers(technician);

  // The telephone throws the page out of its memory; it is opened again where there is a line.
  await technician.goto('about:blank');
  await technician.context().setOffline(false);
  await technician.goto(`/desk/day?day=${on}`);
  await expect(whole.locator('header').getByText('Parts missing')).toBeVisible({ timeout: 30_000 });
  const note = half.getByLabel('What you found and did');
  await expect(note).toBeVisible();
  await expect(note).toHaveValue('The lid is');
  await expect(half.locator('[name="outcome"][value="parts_missing"]')).toBeChecked();
  await expect(half.getByText('This is what you had written here.')).toBeVisible();
  await expectNoBarriers(technician);
  await technician.goto(`/desk/requests/${references[0]}`);
  await expect(technician.getByText('hose.png').first()).toBeAttached();

  // Whoever signs out leaves none of it on the telephone.
  await technician.getByRole('button', { name: 'Sign out' }).click();
  await expect(technician).toHaveURL(/after=out/);
  await expect
    .poll(() => technician.evaluate(() => Object.keys(localStorage).filter((name) => /draft/.test(name))))
    .toEqual([]);
});

test('a photo that a phone has no room for is told by its name, and its report does not count as kept', async ({
  browser
}) => {
  const { references, on } = await twoVisits(browser);
  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await technician.addInitScript(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await signIn(technician, grace, `/desk/day?day=${on}`);
  await awake(technician);
  await technician.waitForLoadState('networkidle');
  await technician.context().setOffline(true);
  const card = technician.getByRole('article').filter({ hasText: references[0] ?? '' });
  await card.getByText('Report', { exact: true }).click();
  await card.locator('[name="outcome"][value="parts_missing"]').check();
  await card.getByLabel('What you found and did').fill('The hose is torn.');
  await card
    .locator('input[type="file"]')
    .setInputFiles({ name: 'hose.png', mimeType: 'image/png', buffer: pixel });
  await expect(card.getByText('hose.png').first()).toBeVisible();
  await card.getByRole('button', { name: 'Send the report' }).click();
  await expect(card.getByRole('alert')).toContainText('no room to keep “hose.png”');
  await expect(card.getByLabel('What you found and did')).toHaveValue('The hose is torn.');
  await expectNoBarriers(technician);
});
