/** Somebody who is not signed in fills everything in, signs in, and finds their draft waiting to be sent. */
import { expect, test } from './journey.ts';
import { filesOn, fixture } from './asks.ts';
import { ada } from './demo.ts';
import { fillSignIn } from './people.ts';

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
      await page.getByRole('button', { name: 'Sign in and send' }).click();

      await expect(page).toHaveURL(/\/sign-in/);
      await fillSignIn(page, ada, 'hearth-demo');
      await expect(page.getByText('Typed before signing in.')).toBeVisible();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
      await page.getByRole('link', { name: 'Follow it live' }).click();
      await expect(filesOn(page)).toContainText('film.mp4');
    });
  });
}
