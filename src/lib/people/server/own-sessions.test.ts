/** Where somebody is signed in: seen by them alone, and ended by them whenever they wish. */
import { expect, test } from 'vitest';
import { system } from '#lib/platform/actor.ts';
import { aSignInDesk, password, secret } from '../../../../tests/support/signing-in.ts';
import { changePassword } from './account-password.ts';
import { peopleJobs } from './jobs.ts';
import { actorOf, comingIn, sessionCookie } from './session.ts';
import { endSession, sessionsOf, signOutEverywhere } from './own-sessions.ts';
import { signIn } from './sign-in.ts';

const desk = await aSignInDesk();
const { auth } = desk;

test('people see their own sessions, by the device, this browser first', async () => {
  const [here, , other] = [await signedIn('ada'), await signedIn('ada'), await signedIn('ben')];
  const sessions = await sessionsOf(auth.db, here.person);

  expect(sessions).toHaveLength(2);
  expect(sessions[0]).toMatchObject({
    browser: 'Firefox',
    system: 'Linux',
    here: true,
    id: here.person.session
  });
  expect(sessions.map(({ id }) => id)).not.toContain(other.person.session);
});

test('a session can be ended from elsewhere, but only by its owner', async () => {
  const [here, there, other] = [await signedIn('cleo'), await signedIn('cleo'), await signedIn('dora')];
  await endSession(auth.db, actorOf(other.person), there.person.session);
  await endSession(auth.db, actorOf(here.person), 'not even an id');
  expect(await desk.whoIs(there.browser)).not.toBeNull();

  await endSession(auth.db, actorOf(here.person), there.person.session);
  expect(await desk.whoIs(there.browser)).toBeNull();
  expect(await desk.whoIs(here.browser)).not.toBeNull();
});

test('signing out everywhere ends all of them, and nobody else’s', async () => {
  const [here, there, other] = [await signedIn('eva'), await signedIn('eva'), await signedIn('fay')];
  await signOutEverywhere(auth.db, actorOf(here.person));

  expect(await desk.whoIs(here.browser)).toBeNull();
  expect(await desk.whoIs(there.browser)).toBeNull();
  expect(await desk.whoIs(other.browser)).not.toBeNull();
  expect((await desk.audited(here.person.id)).at(-1)).toMatchObject({
    action: 'person.signed_out_everywhere'
  });
});

test('another password ends every session but leaves this browser signed in, under another id', async () => {
  const [here, there] = [await signedIn('gil'), await signedIn('gil')];
  const wrong = { password: 'wrong password', new_password: 'four green ladders' };
  expect(await changePassword(auth, here.browser, here.person, wrong)).toBeNull();

  const right = { password, new_password: 'four green ladders' };
  here.browser.keep((await changePassword(auth, here.browser, here.person, right)) ?? expect.unreachable());
  const now = await desk.whoIs(here.browser);
  expect(now?.id).toBe(here.person.id);
  expect(now?.session).not.toBe(here.person.session);
  expect(await desk.whoIs(there.browser)).toBeNull();
  expect((await desk.post()).at(-1)).toMatchObject({ subject: 'Your password has changed' });
});

test('a session in use is noted as seen, at most every five minutes', async () => {
  const { browser, person } = await signedIn('jan');
  await desk.behindTheScenes(
    `update sign_in_session set updated_at = now() - interval '1 day' where id = $1`,
    [person.session]
  );
  await desk.whoIs(browser);

  await expect
    .poll(async () => Date.now() - ((await sessionsOf(auth.db, person))[0]?.seen_at.getTime() ?? 0))
    .toBeLessThan(60_000);
});

test('what is over is forgotten, and what is not stays', async () => {
  const [over, lasting] = [await signedIn('kai'), await signedIn('kai')];
  await desk.behindTheScenes(
    `update sign_in_session set expires_at = now() - interval '1 second' where id = $1`,
    [over.person.session]
  );
  expect(await desk.whoIs(over.browser)).toBeNull();

  const postman = { send: async () => {}, close: () => {} };
  await peopleJobs(postman, { secret: auth.secret, origin: '' })['people.forget_expired'](
    desk.worker.as(system),
    {}
  );
  const left = await desk.behindTheScenes<{ id: string }>('select id from sign_in_session');
  expect(left.map(({ id }) => id)).not.toContain(over.person.session);
  expect(await desk.whoIs(lasting.browser)).not.toBeNull();
});

test('a customer is recognised together with their first question, and whoever else comes that way is nobody', async () => {
  const comesIn = async (cookie: string | undefined) => {
    const comer = comingIn(desk.web, secret, cookie);
    if (!comer) return null;
    expect(() => comer.actor.id).toThrow(/before the database said so/);
    const seen = await comer.db.selectFrom('person').select('id').where('role', '=', 'customer').execute();
    const person = comer.person();
    return { person, actor: person && { ...comer.actor, id: comer.actor.id }, seen };
  };
  const [here, other] = [await signedIn('lea'), await signedIn('lea')];
  expect(await comesIn(here.browser.cookie(sessionCookie))).toEqual({
    person: here.person,
    actor: actorOf(here.person),
    seen: [{ id: here.person.id }]
  });

  await endSession(auth.db, actorOf(here.person), other.person.session);
  const staff = await signedIn('mia', 'agent');
  for (const { browser } of [other, staff])
    expect(await comesIn(browser.cookie(sessionCookie))).toEqual({ person: null, actor: null, seen: [] });
  expect(await comesIn('made.up')).toBeNull();
  expect(await comesIn(undefined)).toBeNull();
});

const made = new Set<string>();

async function signedIn(name: string, role: 'customer' | 'agent' = 'customer') {
  const email = `${name}@customer.example`;
  if (!made.has(email)) await desk.person({ email, role });
  made.add(email);
  const browser = desk.browser();
  const answer = await signIn(auth, browser, { email, password });
  if (answer.outcome !== 'in') expect.unreachable();
  browser.keep(answer.headers);
  return { browser, person: (await desk.whoIs(browser)) ?? expect.unreachable() };
}
