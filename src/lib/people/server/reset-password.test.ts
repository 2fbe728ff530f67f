/** A forgotten password: a way back in for the owner of the mailbox, and for nobody else. */
import { expect, test } from 'vitest';
import { aSignInDesk, password, tokenIn } from '../../../../tests/support/signing-in.ts';
import { waitingEmail } from './change-email.ts';
import { askForReset, canReset, resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { sessionCookie } from './session.ts';
import { waitingSignUp } from './sign-up.ts';

const desk = await aSignInDesk();
const { auth } = desk;
const another = 'four green ladders';

test('with the link from the letter a new password is set, and every session ends', async () => {
  const ada = await desk.person({ email: 'ada@customer.example' });
  const browser = desk.browser();
  const before = await signIn(auth, browser, { email: 'ada@customer.example', password });
  if (before.outcome === 'in') browser.keep(before.headers);
  expect(browser.cookie(sessionCookie)).toBeDefined();

  const token = await askedFor('ada@customer.example');
  expect(await canReset(auth, token)).toBe(true);
  await resetPassword(auth, token, another);

  expect(await desk.whoIs(browser)).toBeNull();
  expect((await signIn(auth, desk.browser(), { email: 'ada@customer.example', password })).outcome).toBe(
    'wrong'
  );
  expect(
    (await signIn(auth, desk.browser(), { email: 'ada@customer.example', password: another })).outcome
  ).toBe('in');
  expect(await desk.post()).toMatchObject([
    { to: 'ada@customer.example', subject: 'Your password has changed' }
  ]);
  expect((await desk.audited(ada)).at(-1)).toMatchObject({ action: 'person.password_reset' });
});

test('a known and an unknown address are promised the same, and cost the same; only the known one gets a letter', async () => {
  await desk.person({ email: 'known@customer.example' });
  const before = await rows();
  const toKnown = await askForReset(auth, 'known@customer.example', '192.0.2.7');
  const between = await rows();
  const toUnknown = await askForReset(auth, 'unknown@customer.example', '192.0.2.7');
  const after = await rows();

  expect(toUnknown).toEqual(toKnown);
  expect(after.links - between.links).toBe(between.links - before.links);
  expect(after.jobs - between.jobs).toBe(between.jobs - before.jobs);
  expect((await desk.post()).map(({ to }) => to)).toEqual(['known@customer.example']);
});

test('the link works once, also when it is used twice at the same moment', async () => {
  await desk.person({ email: 'once@customer.example' });
  const token = await askedFor('once@customer.example');

  const both = await Promise.allSettled(
    ['first password one', 'other password two'].map((to) => resetPassword(auth, token, to))
  );
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(resetPassword(auth, token, another)).rejects.toMatchObject({ kind: 'missing' });
  expect(await canReset(auth, token)).toBe(false);
});

test('after half an hour the link is dead', async () => {
  await desk.person({ email: 'slow@customer.example' });
  const token = await askedFor('slow@customer.example');
  const [row] = await desk.behindTheScenes<{ minutes: number }>(
    `select round(extract(epoch from max(expires_at) - now()) / 60)::int as minutes from verification`
  );
  expect(row?.minutes).toBe(30);

  await desk.behindTheScenes(`update verification set expires_at = now() - interval '1 second'`);
  expect(await canReset(auth, token)).toBe(false);
  await expect(resetPassword(auth, token, another)).rejects.toMatchObject({ kind: 'missing' });
});

test('once the password has changed, every link asked for before is dead', async () => {
  await desk.person({ email: 'thief@customer.example' });
  const forThief = await askedFor('thief@customer.example');
  await resetPassword(auth, await askedFor('thief@customer.example'), another);

  await expect(resetPassword(auth, forThief, 'the thief was here')).rejects.toMatchObject({
    kind: 'missing'
  });
  const own = { email: 'thief@customer.example', password: another };
  expect((await signIn(auth, desk.browser(), own)).outcome).toBe('in');
});

test('a link for one thing opens no other', async () => {
  const token = await askedFor('known@customer.example');
  expect(await waitingSignUp(auth, token)).toBeNull();
  expect(await waitingEmail(auth, token)).toBeNull();
});

async function askedFor(email: string) {
  await askForReset(auth, email, '192.0.2.7');
  return tokenIn((await desk.post()).at(-1));
}

async function rows() {
  const [counted] = await desk.behindTheScenes<{ links: number; jobs: number }>(
    'select (select count(*)::int from verification) as links, (select count(*)::int from outbox) as jobs'
  );
  return counted ?? expect.unreachable();
}
