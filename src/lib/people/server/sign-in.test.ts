/** Signing in: right, wrong, unknown, in bursts, and with a cookie that somebody else put there. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Refusal } from '#lib/platform/refusal.ts';
import { hostCookie } from '#lib/platform/cookie.ts';
import { aSignInDesk, password, secret } from '../../../../tests/support/signing-in.ts';
import { openAuth } from './auth.ts';
import { enter } from './authenticate.ts';
import { nameOfKnownCookie, remember } from './known-browser.ts';
import { sessionCookie, tokenOf } from './session.ts';
import { signIn, signOut } from './sign-in.ts';

const desk = await aSignInDesk();
const { auth, web } = desk;
const ada = await desk.person({ email: 'ada@customer.example' });

test('with the right password one is in, and our own look-up knows who it is', async () => {
  const browser = desk.browser();
  const answer = await signIn(auth, browser, { email: 'ada@customer.example', password });
  if (answer.outcome !== 'in') expect.unreachable();
  browser.keep(answer.headers);

  expect(answer.person).toBe(ada);
  expect(await desk.whoIs(browser)).toMatchObject({
    id: ada,
    role: 'customer',
    twoFactor: false,
    team: null
  });
});

test.each([
  'o&leary@customer.example',
  `{ada}!#$%*/=?^|~'+-_@xn--bcher-kva.example`,
  `${'a'.repeat(64)}@long.example`
])('an address as the standard allows it signs in: %s', async (email) => {
  await desk.person({ email });
  expect(await signIn(auth, desk.browser(), { email, password })).toMatchObject({ outcome: 'in' });
  expect(await signIn(auth, desk.browser(), { email: `x${email}`, password })).toEqual({ outcome: 'wrong' });
});

test('a wrong password and an unknown address get the same answer, after the same work', async () => {
  const before = { ...desk.hashed };
  const wrong = await signIn(auth, desk.browser(), {
    email: 'ada@customer.example',
    password: 'wrong password'
  });
  const afterWrong = { ...desk.hashed };
  const unknown = await signIn(auth, desk.browser(), { email: 'nobody@customer.example', password });

  expect(wrong).toEqual({ outcome: 'wrong' });
  expect(unknown).toEqual(wrong);
  expect(afterWrong.verify - before.verify).toBe(1);
  expect(desk.hashed.hash - afterWrong.hash).toBe(1);
});

test('the session has another id after every sign-in, and the one before is over', async () => {
  const browser = desk.browser();
  browser.keep((await signedIn(browser)).headers);
  const first = browser.cookie(sessionCookie);
  browser.keep((await signedIn(browser)).headers);

  const old = desk.browser();
  old.plant(sessionCookie, first ?? '');
  expect(browser.cookie(sessionCookie)).not.toBe(first);
  expect(await desk.whoIs(old)).toBeNull();
  expect(await desk.whoIs(browser)).toMatchObject({ id: ada });
});

test('with https no neighbouring host can set the session: its cookie bears the host’s own prefix', async () => {
  const served = openAuth({ database: auth.database, secret, origin: 'https://hearth.example' });
  const browser = desk.browser();
  const answer = await signIn(served, browser, { email: 'ada@customer.example', password });
  if (answer.outcome !== 'in') expect.unreachable();
  const name = hostCookie(sessionCookie, true);
  const set = answer.headers.getSetCookie().find((header) => header.startsWith(`${name}=`)) ?? '';
  expect(set).toMatch(/; Path=\/(;|$)/i);
  expect(set).toMatch(/; Secure(;|$)/i);
  expect(set).not.toMatch(/; Domain=/i);

  browser.keep(answer.headers);
  const value = browser.cookie(name);
  const keeper = { database: web, secret, secure: true };
  const whoCarries = (carried: string) =>
    enter(keeper, { cookie: (asked) => (asked === carried ? value : undefined), source: '' });
  expect((await whoCarries(name)).person).toMatchObject({ id: ada });
  for (const planted of [sessionCookie, `__Secure-${sessionCookie}`])
    expect((await whoCarries(planted)).person).toBeNull();
});

test('a session id that somebody planted never becomes the session', async () => {
  const browser = desk.browser();
  const planted = `planted.${createHmac('sha256', secret).update('planted').digest('base64')}`;
  browser.plant(sessionCookie, planted);
  browser.keep((await signedIn(browser)).headers);

  const attacker = desk.browser();
  attacker.plant(sessionCookie, planted);
  expect(await desk.whoIs(attacker)).toBeNull();
});

test('the token from a copy of the database opens nothing', async () => {
  const browser = desk.browser();
  browser.keep((await signedIn(browser)).headers);
  const token = tokenOf(browser.cookie(sessionCookie) ?? '', secret) ?? '';

  for (const forged of [
    token,
    `${token}.`,
    `${token}.${createHmac('sha256', 'guess').update(token).digest('base64')}`
  ]) {
    const thief = desk.browser();
    thief.plant(sessionCookie, forged);
    expect(await desk.whoIs(thief)).toBeNull();
  }
  await expect(web.pool.query('select * from sign_in_session')).rejects.toThrow('permission denied');
});

test('signing out ends the session, not only the cookie', async () => {
  const browser = desk.browser();
  browser.keep((await signedIn(browser)).headers);
  const kept = browser.cookie(sessionCookie);
  browser.keep(await signOut(auth, browser));

  expect(browser.cookie(sessionCookie)).toBeUndefined();
  browser.plant(sessionCookie, kept ?? '');
  expect(await desk.whoIs(browser)).toBeNull();
});

test('of fifty guesses at once, ten are judged and forty are refused', async () => {
  const guess = () =>
    signIn(auth, desk.browser('198.51.100.1'), { email: 'burst@customer.example', password: 'guess it' });
  const answers = await Promise.allSettled(Array.from({ length: 50 }, guess));

  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(answer.reason).toMatchObject({ kind: 'too_many' } satisfies Partial<Refusal>);
});

test('guesses from many places add up too', async () => {
  const guess = (place: number) =>
    signIn(auth, desk.browser(`203.0.113.${place}`), {
      email: 'widely@customer.example',
      password: 'guess it'
    });
  const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, place) => guess(place)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
});

test('whoever guesses at an account shuts out themself, not its owner', async () => {
  await desk.person({ email: 'owner@customer.example' });
  const guess = () =>
    signIn(auth, desk.browser('198.51.100.3'), { email: 'owner@customer.example', password: 'guess it' });
  await Promise.allSettled(Array.from({ length: 30 }, guess));
  await expect(guess()).rejects.toMatchObject({ kind: 'too_many' });

  const owner = await signIn(auth, desk.browser('192.0.2.8'), { email: 'owner@customer.example', password });
  expect(owner.outcome).toBe('in');
});

test('a browser that signed in before is counted apart from everybody’s guesses, and may not guess for ever', async () => {
  const email = 'known@customer.example';
  await desk.person({ email });
  const cookie = remember(undefined, desk.auth.secret, ['somebody else', email]);
  const own = (given: string) => {
    const browser = desk.browser('192.0.2.9');
    browser.plant(nameOfKnownCookie(true), cookie);
    return signIn(auth, browser, { email, password: given });
  };
  const guess = (place: number) =>
    signIn(auth, desk.browser(`203.0.113.${place}`), { email, password: 'guess it' });
  await Promise.allSettled(Array.from({ length: 60 }, (_, place) => guess(place)));
  await expect(signIn(auth, desk.browser('192.0.2.9'), { email, password })).rejects.toMatchObject({
    kind: 'too_many'
  });

  expect((await own(password)).outcome).toBe('in');
  for (let time = 0; time < 10; time++) expect((await own('guess it')).outcome).toBe('wrong');
  await expect(own(password)).rejects.toMatchObject({ kind: 'too_many' });
});

test('one household’s IPv6 addresses count as one', async () => {
  const guess = (nth: number) =>
    signIn(auth, desk.browser(`2001:db8:0:7::${nth.toString(16)}`), {
      email: 'six@customer.example',
      password: 'no'
    });
  const answers = await Promise.allSettled(Array.from({ length: 12 }, (_, nth) => guess(nth + 1)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});

test('right passwords do not use up the tries', async () => {
  for (let time = 0; time < 12; time++) await signedIn(desk.browser('198.51.100.2'));
});

test('a session of staff ends after a shift, a customer’s after a month', async () => {
  await desk.person({ email: 'grace@agent.example', role: 'agent' });
  await signIn(auth, desk.browser(), { email: 'grace@agent.example', password });
  await signedIn(desk.browser());

  const lasting = await auth.db
    .selectFrom('sign_in_session')
    .innerJoin('person', 'person.id', 'person_id')
    .select(['person.role', 'expires_at'])
    .execute();
  for (const { role, expires_at } of lasting) {
    const hours = (expires_at.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(role === 'customer' ? 720 : 12, 0);
  }
});

async function signedIn(browser: ReturnType<typeof desk.browser>) {
  const answer = await signIn(auth, browser, { email: 'ada@customer.example', password });
  return answer.outcome === 'in' ? answer : expect.unreachable();
}

test('demo people are refused by the sign-in itself where there is no demo', async () => {
  await desk.person({ email: 'demo@customer.example', demo: true });
  const answer = await signIn(auth, desk.browser(), { email: 'demo@customer.example', password });
  expect(answer.outcome).toBe('wrong');
});
