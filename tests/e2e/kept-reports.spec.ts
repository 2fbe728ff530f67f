/** Reports of a technician that waited for a line: one that is not taken says so, and none is in the way of another. */
import { expect, test } from './journey.ts';
import { pixel } from './asks.ts';
import { grace, signIn } from './demo.ts';
import { awake, phone, twoVisits } from './visiting.ts';

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
