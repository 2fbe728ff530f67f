/** Asking for a visit, and picking a time for it, as a customer does. */
import { expect, type Page } from '@playwright/test';

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

/** Picks the first time of the last day that is shown at once, and answers with that day. */
export async function pick(page: Page) {
  const day = page.locator('#visit form > .days > fieldset').last();
  await day.locator('input').first().check();
  return (await day.locator('legend').textContent())?.trim() ?? '';
}

/** Waits until the page of a technician's day can keep reports: a phone without a line fetches no scripts any more. */
export async function awake(page: Page) {
  await expect(page.getByRole('article').locator('canvas').first()).toBeAttached();
}
