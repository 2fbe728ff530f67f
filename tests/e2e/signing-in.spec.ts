/** Signing up, signing in, and everything one settles about it: with plain forms, for nobody needs scripts here. */
import { expect, test, type Page } from './journey.ts';
import { codeOf } from '../support/authenticator.ts';
import { expectNoBarriers } from './barriers.ts';
import { aNewcomer, confirm, fillSignIn, linkInLetter, newAddress, password, signUp } from './people.ts';

test.use({ javaScriptEnabled: false });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const another = 'four green ladders';

test('a newcomer signs up, opens the letter in another browser, and signs in again later', async ({
  page,
  browser
}) => {
  const email = newAddress();
  await page.goto('/sign-up');
  await signUp(page, email);

  const elsewhere = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const link = await linkInLetter(elsewhere, email, 'Confirm your e-mail address');
  await confirm(elsewhere, link);
  await expect(elsewhere).toHaveURL('/');

  await page.goto(link);
  await expect(heading(page)).toHaveText('This link no longer works');
  await page.goto('/sign-in');
  await fillSignIn(page, email);
  await expect(page).toHaveURL('/');
});

test('a wrong password and an unknown address look the same, and nothing typed is lost but the password', async ({
  page
}) => {
  const seen: string[] = [];
  for (const email of ['ben@customer.example', newAddress()]) {
    await page.goto('/sign-in');
    await fillSignIn(page, email, 'not the password');
    await expect(page.getByRole('alert')).toContainText('do not match');
    await expect(page.getByLabel('E-mail address')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    const answer =
      (await page.getByRole('alert').innerHTML()) + (await page.locator('main form').innerHTML());
    seen.push(answer.replaceAll(email, ''));
  }
  expect(seen[0]).toBe(seen[1]);
});

test('whoever was headed somewhere is led to sign in, and on; but never to another website', async ({
  page
}) => {
  await page.goto('/requests?status=open');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, 'ben@customer.example', 'hearth-demo');
  await expect(page).toHaveURL('/requests?status=open');

  await page.goto('/sign-out');
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/sign-in?next=//evil.example/');
  await fillSignIn(page, 'ben@customer.example', 'hearth-demo');
  await expect(page).toHaveURL('/');
});

test('a forgotten password is replaced through the mailbox, and every browser is signed out', async ({
  page,
  browser
}) => {
  const email = await aNewcomer(page);
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await visitor.goto('/forgotten-password');
  await visitor.getByLabel('E-mail address').fill(email);
  await visitor.getByRole('button', { name: 'Send me a link' }).click();

  await visitor.goto(await linkInLetter(visitor, email, 'Choose a new password'));
  await visitor.getByLabel('New password').fill(another);
  await visitor.getByRole('button', { name: 'Set the new password' }).click();
  await fillSignIn(visitor, email, another);
  await expect(visitor).toHaveURL('/');

  await page.goto('/account');
  await expect(page).toHaveURL('/sign-in?next=%2Faccount');
});

test('with a second step, signing in takes a code; without the phone, a recovery code', async ({ page }) => {
  const email = await aNewcomer(page);
  const uri = await switchOnSecondFactor(page);

  const codes = await page.getByRole('main').locator('li code').allTextContents();
  expect(codes).toHaveLength(10);
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save them as a file' }).click();
  expect((await file).suggestedFilename()).toBe('hearth-recovery-codes.txt');

  for (const code of [codeOf(uri, 30), codes[0] ?? '']) {
    await page.goto('/sign-out');
    await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
    await fillSignIn(page, email);
    await expect(heading(page)).toHaveText('One more step');
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL('/');
  }

  await setUpAnotherPhone(page);
  await page.goto('/account/second-factor');
  await expect(page.getByRole('main'), 'who goes away in the middle has lost nothing').toContainText(
    'On: signing in takes your password and a code'
  );
  const another = await setUpAnotherPhone(page);
  await page.getByLabel('The six digits').fill('000000');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByRole('main')).toContainText('This code is not right.');
  await page.getByLabel('The six digits').fill(codeOf(another));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await expect(page.getByRole('main').locator('li code')).toHaveCount(10);
});

test('settings: name, language, password and e-mail address', async ({ page }) => {
  const email = await aNewcomer(page);
  await page.goto('/account');
  await page.getByLabel('Your name').fill('Nora King');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('main')).toContainText('Saved.');

  await page.goto('/account/password');
  await page.getByLabel('Your current password').fill(password);
  await page.getByLabel('New password').fill(another);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByRole('main')).toContainText('Your password has been changed.');

  const next = newAddress();
  await page.goto('/account/email');
  await page.getByLabel('New e-mail address').fill(next);
  await page.getByLabel('Password').fill(another);
  await page.getByRole('button', { name: 'Send a link' }).click();
  await page.goto(await linkInLetter(page, next, 'Confirm your new e-mail address'));
  await page.getByRole('button', { name: 'Use this address' }).click();
  await page.goto('/account/email');
  await expect(page.getByRole('main')).toContainText(next);
  await page.goto(`/mail?q=${email}`);
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText([
    'Your e-mail address is about to change',
    'Your password has changed',
    'Confirm your e-mail address'
  ]);
});

test('signed out everywhere means everywhere', async ({ page, browser }) => {
  const email = await aNewcomer(page);
  const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await other.goto('/sign-in');
  await fillSignIn(other, email);
  await expect(other).toHaveURL('/');

  await page.goto('/account/sessions');
  await expect(page.getByRole('heading', { name: 'Chrome on' })).toHaveCount(2);
  await expect(page.getByText('This browser', { exact: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.goto('/account');
  await expect(other).toHaveURL(/\/sign-in/);
});

const open = [
  '/sign-in',
  '/sign-in?next=/requests/new',
  '/sign-up',
  '/forgotten-password',
  '/reset-password',
  '/verify-email'
];
const own = ['', '/email', '/password', '/second-factor', '/sessions'].map((page) => `/account${page}`);

test.describe('with scripts, which the test itself needs', () => {
  test.use({ javaScriptEnabled: true });

  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 1280]
  ] as const) {
    test.describe(`${colorScheme}, ${width} wide, there are no barriers`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      for (const path of open) {
        test(path, async ({ page }) => {
          await page.goto(path);
          await expectNoBarriers(page);
        });
      }

      for (const path of own) {
        test(path, async ({ page }) => {
          await page.goto(`/sign-in?next=${path}`);
          await fillSignIn(page, 'ben@customer.example', 'hearth-demo');
          await expect(page).toHaveURL(path);
          await expectNoBarriers(page);
        });
      }

      test('a letter, the page that its link leads to, and the second step', async ({ page }) => {
        const email = newAddress();
        await page.goto('/sign-up');
        await signUp(page, email);
        const link = await linkInLetter(page, email, 'Confirm your e-mail address');
        await expectNoBarriers(page);
        await page.goto(link);
        await expectNoBarriers(page);
        await confirm(page, link);
        await expect(page).toHaveURL('/');

        await switchOnSecondFactor(page);
        await page.goto('/sign-out');
        await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
        await fillSignIn(page, email);
        await expect(heading(page)).toHaveText('One more step');
        await expectNoBarriers(page);
      });

      test('a refused form, and the picture to scan', async ({ page }) => {
        await page.goto('/sign-in?next=/account/second-factor');
        await fillSignIn(page, '', '');
        await expectNoBarriers(page);
        await fillSignIn(page, 'ben@customer.example', 'hearth-demo');
        await page.getByLabel('Password').fill('hearth-demo');
        await page.getByRole('button', { name: 'Set it up' }).click();
        await expectNoBarriers(page);
      });
    });
  }
});

async function setUpAnotherPhone(page: Page): Promise<string> {
  await page.goto('/account/second-factor');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Set up another phone' }).click();
  return page.locator('input[name=uri]').inputValue();
}

/** Answers with the secret that the app on the phone is told. */
async function switchOnSecondFactor(page: Page): Promise<string> {
  await page.goto('/account/second-factor');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  await expect(page.getByRole('img', { name: 'Picture to scan with the app' })).toBeVisible();
  const uri = await page.locator('input[name=uri]').inputValue();
  await page.getByLabel('The six digits').fill(codeOf(uri));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  return uri;
}
