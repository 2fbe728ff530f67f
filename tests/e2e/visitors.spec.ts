/** Somebody who is not signed in fills everything in, signs in, and finds their draft waiting to be sent. */
import { expect, test } from './journey.ts';
import { filesOn, fixture } from './asks.ts';
import { ada, grace, signIn } from './demo.ts';
import { fillSignIn, newAddress } from './people.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a visitor fills in, is led to sign in, and sends what they had typed and chosen', async ({
      page
    }) => {
      await page.goto('/requests/new/GENERAL');
      await page.locator('[name="subject"]').fill('Opening hours');
      await page.locator('[name="description"]').fill('Typed before signing in.');
      await page.getByLabel('By e-mail').check();
      await page.locator('input[type=file]').setInputFiles(fixture('film.mp4'));
      if (javaScriptEnabled) await expect(page.locator('input[name="attachment"]')).toHaveCount(1);
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await expect(page.getByText('film.mp4')).toBeVisible();
      await page.getByRole('button', { name: 'Sign in to send it' }).click();

      await expect(page).toHaveURL(/\/sign-in/);
      await fillSignIn(page, ada, 'hearth-demo');
      await expect(page.getByText('Typed before signing in.')).toBeVisible();
      await expect(page.getByText('It has not been sent yet')).toBeVisible();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
      await page.getByRole('link', { name: 'Follow it live' }).click();
      await expect(filesOn(page)).toContainText('film.mp4');
    });
  });
}

test('a visitor without an account picks a time for a visit in the chat, moves it and calls it off', async ({
  browser
}) => {
  const bare = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
  const page = await (await browser.newContext(bare)).newPage();
  await page.goto('/chat');
  await page
    .getByLabel('Your message')
    .fill('Who plans your visits? I live at 4 Mill Lane, Millbrook, 04210.');
  await page.getByRole('button', { name: 'Talk to a person' }).click();
  await page.getByLabel('Your name').fill('Vic Visitor');
  await page.getByLabel('E-mail').fill(newAddress());
  await page.getByRole('button', { name: 'Go on to a person' }).click();
  await expect(page.locator('#live')).toContainText('@');
  const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await page.locator('#live').innerText())?.[0] ?? '';
  await expect(page.locator('#visit')).toHaveCount(0);

  const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(desk, grace, `/desk/requests/${reference}`);
  await expect(desk.getByText('Live', { exact: true })).toBeVisible();
  await desk.getByRole('button', { name: 'Needs a visit' }).click();
  await expect(desk.getByRole('button', { name: 'Needs no visit' })).toBeVisible();

  await page.reload();
  const visit = page.locator('#visit');
  await visit.locator('input[name="slot"]').first().check();
  await visit.getByRole('button', { name: 'Book this time' }).click();
  await expect(page.getByRole('heading', { name: 'Your visit' })).toBeVisible();
  await visit.getByText('Choose another time', { exact: true }).click();
  await visit.locator('input[name="slot"]').first().check();
  await visit.getByRole('button', { name: 'Move the visit' }).click();
  const calendar = await page.request.get('/chat/visit.ics');
  expect(await calendar.text()).toContain('SEQUENCE:1');
  await visit.getByText('Cancel the visit').first().click();
  await visit.getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(page.getByRole('heading', { name: 'Choose when we come' })).toBeVisible();
});
