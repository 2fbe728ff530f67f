/** Whoever is without gas with somebody vulnerable at home comes first: on the desk, and in what they are promised. */
import { randomUUID } from 'node:crypto';
import { expect, test } from './journey.ts';
import { ada, sam, signIn } from './demo.ts';

test('without gas and vulnerable at home stands before all others, and says by when', async ({ browser }) => {
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, ada);
  const answers = {
    ...{
      danger_now: 'no',
      cut_off: 'no',
      extent: 'all',
      valve: 'along',
      neighbours: 'yes',
      vulnerable: 'yes'
    },
    ...{ prepayment: 'not_prepaid', description: 'The radiators are cold.', contact_by: 'email' }
  };
  const sent = await customer.request.post('/requests/new/E-NOGAS?/send', {
    form: { key: randomUUID(), ...answers },
    headers: { origin: new URL(customer.url()).origin, accept: 'text/html' },
    maxRedirects: 0
  });
  const [, , reference = ''] = (sent.headers()['location'] ?? '').split('/');
  expect(reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);

  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, sam);
  await desk.goto('/desk?queue=all');
  const rows = desk.locator('a[href*="/desk/requests/"]').filter({ has: desk.locator('.priority') });
  const marks = await rows.evaluateAll((all) =>
    all.map((row) => /Vulnerable|Safety/.test(row.textContent ?? ''))
  );
  expect(marks[0], 'who comes first stands first').toBe(true);
  expect(marks, 'and nobody else between').toEqual(
    marks.toSorted((one, other) => Number(other) - Number(one))
  );
  await desk.goto(`/desk/requests/${reference}`);
  await expect(desk.getByRole('main').getByText('Vulnerable').first()).toBeVisible();

  await customer.goto(`/requests/${reference}`);
  const solved = customer
    .locator('dt', { hasText: 'Solved' })
    .or(customer.getByText(/by .* (today|tomorrow)/))
    .first();
  await expect(solved).toBeVisible();
});
