/** What journeys need of people: a mailbox, a newcomer, a sign-in. All with plain forms, so also without scripts. */
import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

export const password = 'three old kettles';
export const newAddress = () => `e2e-${randomBytes(5).toString('hex')}@customer.example`;

/** The link in the newest letter to somebody with this subject. Letters are written by the worker, so we wait. */
export async function linkInLetter(page: Page, to: string, subject: string): Promise<string> {
  const letter = page.getByRole('listitem').filter({ hasText: to }).getByRole('link', { name: subject });
  await expect(async () => {
    await page.goto(`/mail?q=${encodeURIComponent(to)}`);
    await expect(letter.first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await letter.first().click();
  return (await page.getByRole('link', { name: /token=|chat.again/ }).getAttribute('href')) ?? '';
}

export async function signUp(page: Page, email: string) {
  await page.getByLabel('Your name').fill('Nora Newcomer');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your e-mail');
}

export async function confirm(page: Page, link: string) {
  await page.goto(link);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
}

/** Somebody who has just signed up and is signed in. */
export async function aNewcomer(page: Page): Promise<string> {
  const email = newAddress();
  await page.goto('/sign-up');
  await signUp(page, email);
  await confirm(page, await linkInLetter(page, email, 'Confirm your e-mail address'));
  await expect(page).toHaveURL('/');
  return email;
}

export async function fillSignIn(page: Page, email: string, secret = password) {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}
