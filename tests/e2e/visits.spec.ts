/** Visits: a customer picks, moves and calls off; a technician goes through a dead spot; a supervisor closes a day. */
import { expect, test, type Page } from './journey.ts';
import { ada, grace, sam, signIn } from './demo.ts';

const phone = { width: 390, height: 844 };

/** Asks for a meter to be changed, which takes a visit, and answers with the reference. */
async function askForVisit(page: Page) {
  await page.goto('/requests/new/METER-EXCH');
  for (const [name, value] of [
    ['danger_now', 'no'],
    ['work', 'smart'],
    ['location', 'outside'],
    ['adult_present', 'yes'],
    ['preferred_times', 'weekday_morning'],
    ['hazards', 'dog'],
    ['contact_by', 'email']
  ] as const)
    await page.locator(`[name="${name}"][value="${value}"]`).check();
  await page.locator('[name="description"]').fill('It is older than I am.');
  await page.locator('[name="access_notes"]').fill('Ring at number 4.');
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Picks the first time of the last day that is shown at once, and answers with that day. */
async function pick(page: Page) {
  const day = page.locator('#visit form > .days > fieldset').last();
  await day.locator('input').first().check();
  return (await day.locator('legend').textContent())?.trim() ?? '';
}

test('without scripts a customer books, moves and calls off; the technician’s report waits for the line', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(customer, ada);
  const reference = await askForVisit(customer);
  await customer.goto(`/requests/${reference}`);
  await customer.locator('#visit form > .days > fieldset').first().locator('input').first().check();
  await customer.getByRole('button', { name: 'Book this time' }).click();
  await expect(customer.getByRole('heading', { name: 'Your visit' })).toBeVisible();

  await customer.getByText('Choose another time', { exact: true }).click();
  const day = await pick(customer);
  await customer.getByRole('button', { name: 'Move the visit' }).click();
  await expect(customer.locator('#visit .when')).toContainText(day);
  await expect(customer.getByText('Visit moved to')).toBeVisible();
  const calendar = await customer.request.get(`/requests/${reference}/visit.ics`);
  expect(await calendar.text()).toContain('SEQUENCE:1');

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, sam, '/desk/today');
  const on = /DTSTART:(\d{4})(\d\d)(\d\d)/
    .exec(await calendar.text())
    ?.slice(1)
    .join('-');
  await desk.goto(`/desk/today?day=${on}`);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  const visit = desk.getByRole('listitem').filter({ has: desk.locator(`a[href$="${reference}"]`) });
  await visit.getByRole('combobox').selectOption({ label: 'Grace Lindholm' });
  await visit.getByRole('button', { name: 'Give' }).click();
  await expect(visit.getByRole('combobox').locator('option:checked')).toHaveText('Grace Lindholm');

  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(technician, grace, `/desk/day?day=${on}`);
  const card = technician.getByRole('article').filter({ hasText: reference });
  await expect(card).toContainText('A dog or another animal');
  await card.getByRole('button', { name: 'I am on the way' }).click();
  await expect(card.getByText('They expect you')).toBeVisible();
  await customer.reload();
  await expect(customer.getByText('Somebody is on the way and will be with you')).toBeVisible();

  await technician.context().setOffline(true);
  await card.getByText('Report', { exact: true }).click();
  await card.locator('[name="outcome"][value="no_access"]').check();
  await card.getByLabel('What you found and did').fill('The dog said no.');
  await card.getByRole('button', { name: 'Send the report' }).click();
  await expect(card.getByText('kept on this phone')).toBeVisible();
  await technician.context().setOffline(false);
  await expect(card.getByText('Not done')).toBeVisible({ timeout: 30_000 });
  await customer.reload();
  await expect(customer.getByText('We came and could not get in')).toBeVisible();

  const again = await pick(customer);
  await customer.getByRole('button', { name: 'Book this time' }).click();
  await expect(customer.locator('#visit .when')).toContainText(again);
  await customer.getByText('Cancel the visit').first().click();
  await customer.getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(customer.getByRole('heading', { name: 'Choose when we come' })).toBeVisible();
});

test('a report that nobody takes any more says so in words, and the next one arrives all the same', async ({
  browser
}) => {
  const customer = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(customer, ada);
  const references = [await askForVisit(customer), await askForVisit(customer)];
  let on = '';
  for (const reference of references) {
    await customer.goto(`/requests/${reference}`);
    await pick(customer);
    await customer.getByRole('button', { name: 'Book this time' }).click();
    const calendar = await (await customer.request.get(`/requests/${reference}/visit.ics`)).text();
    on = (/DTSTART:(\d{4})(\d\d)(\d\d)/.exec(calendar) ?? []).slice(1).join('-');
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

  const technician = await (await browser.newContext({ viewport: phone })).newPage();
  await signIn(technician, grace, `/desk/day?day=${on}`);
  await technician.context().setOffline(true);
  for (const [nth, reference] of references.entries()) {
    const card = technician.getByRole('article').filter({ hasText: reference });
    await card.getByText('Report', { exact: true }).click();
    await card.locator('[name="outcome"][value="no_access"]').check();
    await card.getByLabel('What you found and did').fill(`The gate was shut, ${nth}.`);
    await card.getByRole('button', { name: 'Send the report' }).click();
    await expect(card.getByText('kept on this phone')).toBeVisible();
  }
  // Meanwhile the first of them is somebody else's.
  const [taken, stays] = references;
  const colleague = await desk.getByRole('combobox').first().locator('option').last().textContent();
  await give(taken, colleague?.trim() ?? '');
  await technician.context().setOffline(false);
  await expect(technician.getByRole('article').filter({ hasText: stays })).toContainText('Not done', {
    timeout: 30_000
  });
  const refused = technician.getByRole('alert').filter({ hasText: 'no longer yours' });
  await expect(refused).toContainText('The gate was shut, 0.');
  await refused.getByRole('button').click();
  await expect(refused).toHaveCount(0);
});

test('in Spanish and without scripts a visit is booked, moved and called off', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(page, ada);
  const reference = await askForVisit(page);
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await page.goto(`/requests/${reference}`);
  await expect(page.getByRole('heading', { name: 'Elija cuándo vamos' })).toBeVisible();
  await page.locator('#visit input[name="slot"]').first().check();
  await page.getByRole('button', { name: 'Reservar esta hora' }).click();
  await expect(page.getByRole('heading', { name: 'Su visita' })).toBeVisible();
  await page.getByText('Elegir otra hora', { exact: true }).click();
  const day = await pick(page);
  await page.getByRole('button', { name: 'Cambiar la visita' }).click();
  await expect(page.locator('#visit .when')).toContainText(day, { ignoreCase: true });
  await page.getByText('Anular la visita').first().click();
  await page.getByRole('button', { name: 'Anular la visita' }).click();
  await expect(page.getByRole('heading', { name: 'Elija cuándo vamos' })).toBeVisible();
});
