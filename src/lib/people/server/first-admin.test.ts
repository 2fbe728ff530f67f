/** The first admin is made once, by whoever can read the terminal. */
import { expect, test } from 'vitest';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { aSignInDesk, origin, password, secret } from '../../../../tests/support/signing-in.ts';
import { canMakeFirstAdmin, firstAdminLink, makeFirstAdmin } from './first-admin.ts';
import { signIn } from './sign-in.ts';

const desk = await aSignInDesk();
const { auth } = desk;
const ruth = { email: 'ruth@admin.example', name: 'Ruth', password, locale: 'en' };

test('the link of the terminal makes one admin, and no second one', async () => {
  const [token, spare] = [await printed(), await printed()];
  expect(await canMakeFirstAdmin(auth, token)).toBe(true);
  await makeFirstAdmin(auth, token, ruth);

  expect((await signIn(auth, desk.browser(), ruth)).outcome).toBe('in');
  const [admin] = await desk.behindTheScenes<{ id: string; role: string }>('select id, role from person');
  expect(admin?.role).toBe('admin');
  expect(await desk.audited(admin?.id ?? '')).toMatchObject([
    { action: 'person.created', detail: { role: 'admin' } }
  ]);

  const second = { ...ruth, email: 'second@admin.example' };
  for (const used of [token, spare, 'nonsense']) {
    expect(await canMakeFirstAdmin(auth, used)).toBe(false);
    await expect(makeFirstAdmin(auth, used, second)).rejects.toMatchObject({ kind: 'missing' });
  }
});

/** As the start prints it, with whatever login it has. */
async function printed() {
  const database = openDatabase(desk.urls.owner, 'hearth_auth');
  const link = await firstAdminLink(database.as(system), { secret, origin }).finally(() => database.close());
  expect(link).toMatch(/^http:\/\/localhost:3000\/first-admin\?token=[\w-]{43}$/);
  return new URL(link).searchParams.get('token') ?? '';
}
