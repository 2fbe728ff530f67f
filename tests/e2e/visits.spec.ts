/** Visits: a customer picks, moves and calls off; a technician goes through a dead spot; a supervisor closes a day. */
import { expect, test } from './journey.ts';
import { ada, grace, sam, signIn } from './demo.ts';
import { askForVisit, awake, pick } from './visiting.ts';

const phone = { width: 390, height: 844 };

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
  await expect(card).toContainText('a dog or another animal');
  await card.getByRole('button', { name: 'No longer there: a dog or another animal' }).click();
  await expect(card).not.toContainText('dog or another animal');
  await card.getByRole('button', { name: 'I am on the way' }).click();
  await expect(card.getByText('too early to say that you are on the way')).toBeVisible();
  await customer.reload();
  await expect(customer.getByText('Somebody is on the way')).toHaveCount(0);

  await awake(technician);
  await technician.context().setOffline(true);
  await card.getByText('Report', { exact: true }).click();
  await card.locator('[name="outcome"][value="no_access"]').check();
  await card.getByLabel('The agreed hours begin later').check();
  await card.getByLabel('What you found and did').fill('The dog said no.');
  await card.getByRole('button', { name: 'Send the report' }).click();
  await expect(card.getByText('kept on this phone')).toBeVisible();
  await technician.context().setOffline(false);
  await expect(card.locator('header').getByText('No access')).toBeVisible({ timeout: 30_000 });
  await customer.reload();
  await expect(customer.getByText('We came and could not get in')).toBeVisible();

  const again = await pick(customer);
  await customer.getByRole('button', { name: 'Book this time' }).click();
  await expect(customer.locator('#visit .when')).toContainText(again);
  await customer.getByText('Cancel the visit').first().click();
  await customer.getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(customer.getByRole('heading', { name: 'Choose when we come' })).toBeVisible();
});

test('in Spanish and without scripts a visit is booked, moved and called off', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(page, ada);
  const reference = await askForVisit(page);
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await page.goto(`/requests/${reference}`);
  await expect(page.getByRole('heading', { name: 'Elija cuándo vamos' })).toBeVisible();
  // Not the first, whose last place another journey may take in the same moment.
  await page.locator('#visit input[name="slot"]').nth(5).check();
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
