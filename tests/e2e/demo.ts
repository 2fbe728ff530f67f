/** The people of the demo, signing in as anybody would. */
import { expect, type Page } from '@playwright/test';
import { fillSignIn } from './people.ts';

export const ada = 'ada@customer.example';
export const grace = 'grace@agent.example';
export const sam = 'sam@supervisor.example';
export const ruth = 'ruth@admin.example';

export async function signIn(page: Page, email: string, next = '') {
  await page.goto(`/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  await fillSignIn(page, email, 'hearth-demo');
  await expect(page).not.toHaveURL(/\/sign-in/);
}
