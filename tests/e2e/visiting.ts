/** Asking for a visit, and picking a time for it, as a customer does. */
import { expect, type Browser, type Page } from '@playwright/test';
import { ada, sam, signIn } from './demo.ts';

/** Asks for a meter to be changed, which takes a visit, and answers with the reference. */
export async function askForVisit(page: Page) {
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

/** Picks the first time of the last day that is shown at once, or of the day that is named, and answers with that day. */
export async function pick(page: Page, named = '') {
  const day = page.locator('#visit form > .days > fieldset').filter({ hasText: named }).last();
  await day.locator('input').first().check();
  return (await day.locator('legend').textContent())?.trim() ?? '';
}

/** The day on which most times are offered: room for another visit on it. */
async function roomyDay(page: Page) {
  const days = await page.locator('#visit form > .days > fieldset').all();
  const rooms = await Promise.all(days.map((day) => day.locator('input').count()));
  const roomiest = days[rooms.indexOf(Math.max(...rooms))];
  return (await roomiest?.locator('legend').textContent())?.trim() ?? '';
}

/** Waits until the page of a technician's day can keep reports: a phone without a line fetches no scripts any more. */
export async function awake(page: Page) {
  await expect(page.getByRole('article').locator('canvas').first()).toBeAttached();
}

export const phone = { width: 390, height: 844 };

/** Two visits that somebody asked for, on one day, given to Grace; with the desk on that day. */
export async function twoVisits(browser: Browser) {
  const customer = await (await browser.newContext({ viewport: phone, javaScriptEnabled: false })).newPage();
  await signIn(customer, ada);
  const references = [await askForVisit(customer), await askForVisit(customer)];
  let [on, day] = ['', ''];
  for (const reference of references) {
    // Somebody else may take the same time in the same moment.
    await expect(async () => {
      await customer.goto(`/requests/${reference}`);
      day = await pick(customer, day || (await roomyDay(customer)));
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
