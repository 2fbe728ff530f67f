/** A new secret, or a lost one, locks nobody out for good. */
import { expect, test } from 'vitest';
import { codeOf } from '../../../../tests/support/authenticator.ts';
import { aSignInDesk, origin, password, secret } from '../../../../tests/support/signing-in.ts';
import { type Auth, openAuth } from './auth.ts';
import { resealSecondFactors, takeSecondFactor } from './rotate-secret.ts';
import { beginSecondFactor, confirmSecondFactor } from './second-factor.ts';
import { giveSecondFactor, signIn } from './sign-in.ts';

const desk = await aSignInDesk();
const to = 'the secret that came after it, just as long as that';
const rotated = openAuth({ database: desk.auth.database, secret: to, origin });
const email = 'ruth@admin.example';

test('with a new secret nobody gets in by their app, and sealed anew everybody does, as with their codes', async () => {
  const { uri, recoveryCodes } = await withSecondFactor();
  await expect(give(rotated, '123456')).rejects.toThrow();

  expect(await resealSecondFactors(desk.auth.db, { from: 'another one', to })).toMatchObject({
    unreadable: 1
  });
  const first = await resealSecondFactors(desk.auth.db, { from: secret, to });
  expect(first).toEqual({ resealed: 1, there: 0, unreadable: 0 });
  const again = await resealSecondFactors(desk.auth.db, { from: secret, to });
  expect(again).toEqual({ resealed: 0, there: 1, unreadable: 0 });

  expect(await give(rotated, codeOf(uri, 30))).toMatchObject({ outcome: 'in' });
  expect(await give(rotated, recoveryCodes[0] ?? '')).toMatchObject({ outcome: 'in' });
});

test('where it is lost, whoever runs the machine takes it away, and that is written down and told', async () => {
  expect(await takeSecondFactor(desk.auth.db, 'nobody@admin.example')).toBe(false);
  expect(await takeSecondFactor(desk.auth.db, ` ${email.toUpperCase()}`)).toBe(true);
  const answer = await signIn(rotated, desk.browser(), { email, password });
  expect(answer).toMatchObject({ outcome: 'in' });

  const [person] = await desk.behindTheScenes('select id, two_factor_enabled from person where email = $1', [
    email
  ]);
  expect(person).toMatchObject({ two_factor_enabled: false });
  const deeds = await desk.audited(String(person?.['id']));
  expect(deeds.at(-1)).toMatchObject({ action: 'person.second_factor_reset', actor_role: 'system' });
  expect((await desk.post()).map(({ to: reader }) => reader)).toContain(email);
  expect(await takeSecondFactor(desk.auth.db, email)).toBe(false);
});

async function withSecondFactor() {
  await desk.person({ email, role: 'admin' });
  const browser = desk.browser();
  const answer = await signIn(desk.auth, browser, { email, password });
  if (answer.outcome !== 'in') expect.unreachable();
  browser.keep(answer.headers);
  const person = (await desk.whoIs(browser)) ?? expect.unreachable();
  const { uri = '' } = (await beginSecondFactor(desk.auth, browser, person, password)) ?? {};
  const confirmed = await confirmSecondFactor(desk.auth, browser, person, { code: codeOf(uri) });
  return { uri, recoveryCodes: confirmed?.recoveryCodes ?? [] };
}

async function give(auth: Auth, code: string) {
  const browser = desk.browser();
  const answer = await signIn(auth, browser, { email, password });
  if (answer.outcome !== 'second_factor') expect.unreachable();
  browser.keep(answer.headers);
  return giveSecondFactor(auth, browser, code);
}
