/** Asking for something, the short way, for journeys that are about what comes after. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

/** One white pixel, as a PNG. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64'
);

/** Where a file of `tests/fixtures` lies. */
export const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);

/** A day as `2027-03-09`. Today is another day in the utility's zone than here for some hours: ask for none that close. */
export const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Sends a general question, as its form does, for journeys that are about what comes after. Answers with its reference. */
export async function ask(page: Page, { words }: { words: string }) {
  const answer = await page.request.post('/requests/new/GENERAL?/send', {
    form: { key: randomUUID(), subject: 'A question', description: words, contact_by: 'email' },
    headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
    maxRedirects: 0
  });
  const reference = /^\/requests\/([^/]+)\/receipt$/.exec(answer.headers()['location'] ?? '')?.[1];
  expect([answer.status(), reference]).toEqual([303, expect.any(String)]);
  return reference ?? '';
}

/** The same by hand, with these files (paths). */
export async function askByHand(page: Page, { words, files = [] }: { words: string; files?: string[] }) {
  await page.goto('/requests/new/GENERAL');
  await page.locator('[name="subject"]').fill('A question');
  await page.locator('[name="description"]').fill(words);
  await page.getByLabel('By e-mail').check();
  if (files.length) {
    await page.locator('input[type="file"]').setInputFiles(files);
    await expect(page.locator('input[name="attachment"]')).toHaveCount(files.length);
  }
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** The files of messages and requests, as a page shows them. */
export const filesOn = (page: Page) => page.getByRole('list', { name: 'Files', exact: true });

/** Sends a form of the desk, as its page without scripts does. `desk` is somebody's of the staff. */
export async function act(desk: Page, reference: string, action: string, form: Record<string, string>) {
  const answer = await desk.request.post(`/desk/requests/${reference}?/${action}`, {
    form: { key: randomUUID(), seen: '99', ...form },
    headers: { origin: new URL(desk.url()).origin, accept: 'text/html' },
    maxRedirects: 0
  });
  expect(answer.status()).toBe(303);
}
