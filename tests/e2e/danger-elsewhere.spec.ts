/** Danger that is only likely, or written in a reply, while typing, or in another language: the same care everywhere. */
import { expect, test, type Page } from './journey.ts';
import { ask } from './asks.ts';
import { ada, signIn } from './demo.ts';
import { fillSignIn } from './people.ts';

const about = 'The alarm chirps every minute, what is it?';

test('what could mean danger shows what to do and asks; whoever is safe goes on with every word', async ({
  page
}) => {
  await page.goto('/requests/new/GENERAL');
  await page.locator('[name="subject"]').fill('A question');
  await page.locator('[name="description"]').fill(about);
  await page.getByLabel('By e-mail').check();
  await page.getByRole('button', { name: 'Continue to review' }).click();

  await expectSafetyPage(page, /911/);
  await expect(page.getByText('What you wrote could mean danger.')).toBeVisible();
  await page.getByRole('button', { name: 'I am safe' }).click();
  await expect(page.locator('[name="description"]')).toHaveValue(about);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('heading', { name: 'Is everything right?' })).toBeVisible();
});

test('a reply that speaks of gas stops, goes on once it is safe, and stops again at something new', async ({
  page
}) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'Which day is the meter read?' });
  await page.goto(`/requests/${reference}`);
  const box = page.getByLabel('Your message');
  await box.fill('It smells of gas here.');
  await page.getByRole('button', { name: 'Send message' }).click();
  await expectSafetyPage(page, /911/);
  await page.getByRole('button', { name: 'I am safe' }).click();
  await expect(box).toHaveValue('It smells of gas here.');

  await box.fill('It smells of gas here. And now the carbon monoxide alarm is going off!');
  await page.getByRole('button', { name: 'Send message' }).click();
  await expectSafetyPage(page, /911/);
  await page.getByRole('button', { name: 'I am safe' }).click();
  await box.fill('It smells of gas here, says my neighbour’s parrot.');
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'parrot' })).toBeVisible();
});

test('danger is heard while it is still being typed', async ({ page }) => {
  const words = 'Please move my appointment. I smell gas in the hall.';
  await page.goto('/requests/new/GENERAL');
  await page.locator('[name="subject"]').fill('Appointment');
  await page.locator('[name="description"]').fill(words);
  await expectSafetyPage(page, /911/);
  await page.getByRole('button', { name: 'I am safe' }).click();
  await expect(page.locator('[name="subject"]')).toHaveValue('Appointment');
  await expect(page.locator('[name="description"]')).toHaveValue(words);
});

test('where nothing can be kept while it is typed, the form itself brings its words to the safety page', async ({
  page
}) => {
  const safety = '/emergency/heard?hazard=gas&verdict=emergency';
  await page.route('**/draft', (route) => route.fulfill({ json: { kept: false, safety } }));
  await page.goto('/requests/new/GENERAL');
  const sent = page.waitForRequest((request) => request.url().endsWith('?/review'));
  await page.locator('[name="description"]').fill('I smell gas in the hall.');
  expect((await sent).postData()).toContain('I smell gas in the hall.');
  await expectSafetyPage(page, /911/);
});

test('a customer who reads Spanish reads in Spanish what to do', async ({ page }) => {
  const words = 'Me gustaría cambiar la factura, y en la cocina huele a gas.';
  await signIn(page, ada);
  await page.goto('/requests/new/GENERAL');
  await page.getByRole('button', { name: 'Español' }).first().click();
  await page.locator('[name="subject"]').fill('Factura');
  await page.locator('[name="description"]').fill(words);
  await page.getByRole('button', { name: 'Continuar a la revisión' }).click();
  await expectSafetyPage(page, /911/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Salga');
  await expect(page.getByText('Hemos avisado a una persona de guardia.')).toBeVisible();
  await page.getByRole('button', { name: 'Estoy a salvo' }).click();
  await expect(page.locator('[name="description"]')).toHaveValue(words);
});

test('with the session over, a reply that speaks of gas still shows what to do, and waits for its writer', async ({
  page
}) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'Which day is the meter read in May?' });
  await page.goto(`/requests/${reference}`);
  await page.getByLabel('Your message').fill('Thursday is fine, but I smell gas.');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send message' }).click();

  await expect(page.getByRole('link', { name: /911/ }).first()).toBeVisible();
  await expect(page.getByLabel('What you wrote')).toHaveValue('Thursday is fine, but I smell gas.');
  await page.getByRole('button', { name: 'I am safe' }).click();
  await expect(page.getByLabel('What you wrote')).toHaveValue('Thursday is fine, but I smell gas.');
  await page.getByRole('link', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=.*requests/);
  await fillSignIn(page, ada, 'hearth-demo');
  await expect(page.getByLabel('Your message')).toHaveValue('Thursday is fine, but I smell gas.');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('danger in a form that asks for no words is heard, and whoever is safe sends it from there', async ({
      page
    }) => {
      const words = 'Ada Brook, I smell gas in the hall';
      await page.goto('/sign-up');
      await page.locator('[name="name"]').fill(words);
      await page.locator('[name="email"]').fill(`hall-${javaScriptEnabled}@customer.example`);
      await page.locator('[name="new_password"]').fill('a long secret of mine');
      await page.locator('main form button').last().click();

      await expect(page.getByRole('link', { name: /911/ }).first()).toBeVisible();
      await expect(page.getByText('It has not been sent yet.')).toBeVisible();
      await page.getByRole('button', { name: 'I am safe' }).click();
      await page.getByRole('button', { name: 'Send it' }).click();
      // The secret is asked for again, and nothing else.
      await expect(page.locator('[name="name"]')).toHaveValue(words);
      await page.locator('[name="new_password"]').fill('a long secret of mine');
      await page.locator('main form button').last().click();
      await expect(page.locator('main')).toContainText(`hall-${javaScriptEnabled}@customer.example`);
      await expect(page.locator('[data-version]')).toBeHidden();
    });
  });
}

async function expectSafetyPage(page: Page, number: RegExp) {
  await expect(page).toHaveURL(/\/emergency\/heard/);
  await expect(page.getByRole('link', { name: number }).first()).toBeVisible();
}
