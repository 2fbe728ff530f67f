/** Nothing typed is lost: not by a session that ends, nor by a reload, nor by what happens to the request meanwhile. */
import { randomUUID } from 'node:crypto';
import { expect, test } from './journey.ts';
import { act, ask } from './asks.ts';
import { expectNoBarriers, looks } from './barriers.ts';
import { ada, sam, signIn } from './demo.ts';
import { fillSignIn, linkInLetter, newAddress } from './people.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a form that was begun signed in is kept when the session ends, on either side of the review', async ({
      page
    }) => {
      await signIn(page, ada);
      await page.goto('/requests/new/GENERAL');
      const words = `Typed while the session ended. ${Date.now()}`;
      await page.locator('[name="subject"]').fill('Sessions');
      await page.locator('[name="description"]').fill('Typed before.');
      if (javaScriptEnabled) await expect(page.getByText('Your draft is saved.')).toBeVisible();
      await page.context().clearCookies();
      await page.locator('[name="description"]').fill(words);
      if (javaScriptEnabled) {
        await page.waitForResponse(/\/draft$/);
        await page.reload();
        await expect(page.locator('[name="description"]')).toHaveValue(words);
      }
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await expect(page.getByText(words)).toBeVisible();
      await page.getByRole('button', { name: 'Sign in to send it' }).click();
      await fillSignIn(page, ada, 'hearth-demo');
      await expect(page.getByText(words)).toBeVisible();

      await page.context().clearCookies();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await fillSignIn(page, ada, 'hearth-demo');
      await expect(page.getByText(words)).toBeVisible();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
    });

    test('a reply to a request that has ended meanwhile becomes a new one', async ({ page, browser }) => {
      await signIn(page, ada);
      const reference = await ask(page, { words: 'Is somebody coming on Monday?' });
      const desk = await browser.newPage();
      await signIn(desk, sam);
      await page.goto(`/requests/${reference}`);
      const words = `No wait, Tuesday is better. ${Date.now()}`;
      await page.getByLabel('Your message').fill(words);
      await act(desk, reference, 'cancel', { reason: 'Nobody is there on Monday.' });

      if (javaScriptEnabled) {
        await expect(page.getByText('This request has ended')).toBeVisible();
        await expect(page.getByLabel('Your message')).toHaveValue(words);
        await expectNoBarriers(page);
      } else {
        await page.getByRole('button', { name: 'Send message' }).click();
        await expect(page.getByLabel('What you wrote and have not sent')).toHaveValue(words);
      }
      await page.getByRole('link', { name: 'Ask about it again' }).click();
      await expect(page.locator('[name="description"]')).toHaveValue(words);
      await page.locator('[name="subject"]').fill('Tuesday');
      await page.getByRole('button', { name: 'Continue to review' }).click();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('link', { name: 'Follow it live' }).click();
      await expect(page.getByText('Follows')).toBeVisible();
      await expect(page.getByRole('link', { name: reference })).toBeVisible();
    });
  });
}

test('a reply is kept while it is typed, found again from anywhere, and gone once it is sent', async ({
  page
}) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'When is my meter read?' });
  const words = `On which day exactly? ${Date.now()}`;
  await page.goto(`/requests/${reference}`);
  const box = page.getByLabel('Your message');
  await box.fill(words);
  await expect(page.getByText('Your draft is saved.')).toBeVisible();
  await page.reload();
  await expect(box).toHaveValue(words);

  const other = await page.context().newPage();
  await other.goto(`/requests/${reference}`);
  await expect(other.getByLabel('Your message')).toHaveValue(words);
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByText(words)).toBeVisible();
  await expect(box).toHaveValue('');
  await other.goto(`/requests/${reference}`);
  await expect(other.getByLabel('Your message')).toHaveValue('');
});

test('whoever is signed out in another tab keeps what they were writing, and sends it when they are back', async ({
  page
}) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'Two tabs?' });
  await page.goto(`/requests/${reference}`);
  await expect(page.getByText(/^Live/)).toBeVisible();
  const words = `Half a sentence. ${Date.now()}`;
  await page.getByLabel('Your message').fill(words);

  const other = await page.context().newPage();
  await other.goto('/sign-out');
  await other.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are no longer signed in here')).toBeVisible();
  await expect(page.getByLabel('Your message')).toHaveValue(words);

  const again = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await fillSignIn(await again, ada, 'hearth-demo');
  await expect((await again).getByText(reference).first()).toBeVisible();
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByRole('list').getByText(words)).toBeVisible();
});

test('what is too long is read for danger, told in words, and stays', async ({ page }) => {
  await signIn(page, ada);
  const reference = await ask(page, { words: 'How much may I write?' });
  const long = 'Which tariff is mine, and since when? '.repeat(320);
  const post = async (address: string, form: Record<string, string>) => {
    const headers = { origin: new URL(page.url()).origin, accept: 'text/html' };
    const sent = { headers, form: { key: randomUUID(), ...form }, maxRedirects: 0 };
    const answer = await page.request.post(address, sent);
    return { status: answer.status(), to: answer.headers()['location'], text: await answer.text() };
  };
  const asked = '/requests/new/GENERAL?/review';
  const replied = `/requests/${reference}?/reply`;

  const form = await post(asked, { subject: 'Long', contact_by: 'email', description: long });
  expect([form.status, form.text.includes('Please shorten this')]).toEqual([422, true]);
  expect(form.text).toContain(long);
  const reply = await post(replied, { text: long });
  expect([reply.status, reply.text.includes('under 10,000 characters')]).toEqual([422, true]);
  expect(reply.text).toContain(long);
  for (const [address, field] of [
    [asked, 'description'],
    [replied, 'text']
  ] as const) {
    const danger = await post(address, { [field]: `${long} I smell gas in the cellar.` });
    expect(danger.to).toMatch(/^\/emergency\/heard/);
  }
});

test('a form of the settings is read again after the session has ended, and clicked twice it is done once', async ({
  browser
}) => {
  const page = await (await browser.newContext(looks[0])).newPage();
  const email = newAddress();
  await signIn(page, ada, '/account/access');
  await page.getByRole('link', { name: 'Invite somebody' }).first().click();
  await page.getByLabel('Their e-mail address').fill(email);
  await page.getByLabel('Somebody who helps me').check();
  await page.getByLabel('See the account').check();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectNoBarriers(page);

  const again = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(await again, ada, 'hearth-demo');
  await expect((await again).getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Send it again' }).dblclick();
  await expect(page.getByText('The invitation is on its way')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: email })).toHaveCount(1);
  const link = await linkInLetter(page, email, 'You are invited to an account');
  expect(link).not.toBe('');
  await page.goto(`/mail?q=${encodeURIComponent(email)}`);
  await expect(page.getByRole('link', { name: 'You are invited to an account' })).toHaveCount(1);
});
