/** A technician where there is no line: photos go with their report once there is one, and half-written words are there again. */
import { expect, test } from './journey.ts';
import { expectNoBarriers } from './barriers.ts';
import { pixel } from './asks.ts';
import { grace, signIn } from './demo.ts';
import { awake, phone, twoVisits } from './visiting.ts';

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
