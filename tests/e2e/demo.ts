/** The people of the demo, signing in as anybody would. */
import { expect, type Cookie, type Page } from '@playwright/test';
import { sessionCookie } from '#lib/people/server/session.ts';
import { fillSignIn } from './people.ts';

export const ada = 'ada@customer.example';
export const grace = 'grace@agent.example';
export const sam = 'sam@supervisor.example';
export const ruth = 'ruth@admin.example';

/** Sessions of browsers that are closed: whoever comes next goes on with one, as somebody does who comes back tomorrow. */
const left = new Map<string, Cookie>();

export async function signIn(page: Page, email: string, next = '') {
  await goOn(page, email);
  await page.goto(`/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  if (new URL(page.url()).pathname === '/sign-in') await fillSignIn(page, email, 'hearth-demo');
  await expect(page).not.toHaveURL(/\/sign-in/);
  await leaveBehind(page, email);
}

async function goOn(page: Page, email: string) {
  const session = left.get(email);
  left.delete(email);
  if (session) await page.context().addCookies([session]);
}

async function leaveBehind(page: Page, email: string) {
  const context = page.context();
  const session = (await context.cookies()).find(({ name }) => name.endsWith(sessionCookie));
  if (session) context.once('close', () => left.set(email, session));
}
