/** Signing up: nobody learns who has an account, and nobody gets one in another's name. */
import { expect, test } from 'vitest';
import { nobody, system } from '#lib/platform/actor.ts';
import { aSignInDesk, origin, password, secret, tokenIn } from '../../../../tests/support/signing-in.ts';
import { changeProfile, createPerson } from './commands.ts';
import { finishSignUp, startSignUp, waitingSignUp } from './sign-up.ts';
import { signIn } from './sign-in.ts';

const desk = await aSignInDesk();
const { auth } = desk;
const address = '192.0.2.7';

const typed = (email: string, also = {}) => ({
  email,
  name: 'Nora Newcomer',
  password,
  locale: 'en',
  next: '/requests/new/leak',
  visitor: 'digest',
  ...also
});

test('a newcomer opens the letter, gives the password again, and has an account', async () => {
  await startSignUp(auth, typed('nora@customer.example'), address);
  const [letter] = await desk.post();
  expect(letter).toMatchObject({ to: 'nora@customer.example', subject: 'Confirm your e-mail address' });
  expect(letter?.text).toContain(`${origin}/verify-email?token=`);

  const token = tokenIn(letter);
  expect(await waitingSignUp(auth, token)).toMatchObject({ email: 'nora@customer.example' });
  expect(await finishSignUp(auth, token, 'not the password', address)).toBeNull();
  expect(await finishSignUp(auth, token, password, address)).toMatchObject({
    email: 'nora@customer.example',
    next: '/requests/new/leak',
    visitor: 'digest'
  });
  expect((await signIn(auth, desk.browser(), { email: 'nora@customer.example', password })).outcome).toBe(
    'in'
  );
});

test('before the letter is opened there is no account', async () => {
  await startSignUp(auth, typed('early@customer.example'), address);
  const answer = await signIn(auth, desk.browser(), { email: 'early@customer.example', password });
  expect(answer).toEqual({ outcome: 'wrong' });
});

test('the link works once: a second click, or two clicks at once, make nobody twice', async () => {
  await startSignUp(auth, typed('twice@customer.example'), address);
  const token = tokenIn((await desk.post()).at(-1));

  const both = await Promise.allSettled([1, 2].map(() => finishSignUp(auth, token, password, address)));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(finishSignUp(auth, token, password, address)).rejects.toMatchObject({ kind: 'missing' });
  expect(await waitingSignUp(auth, token)).toBeNull();
});

test('a link that is a day old, or that we did not make, opens nothing', async () => {
  await startSignUp(auth, typed('late@customer.example'), address);
  const token = tokenIn((await desk.post()).at(-1));
  await auth.db
    .updateTable('verification')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .execute();

  for (const dead of [token, `${token.slice(0, -4)}AAAA`, 'nonsense', ''])
    await expect(finishSignUp(auth, dead, password, address)).rejects.toMatchObject({ kind: 'missing' });
});

test('a known and an unknown address get the same answer after the same work; only the letter differs', async () => {
  await desk.person({ email: 'known@customer.example', name: 'Karl Known' });
  const work = async (email: string) => {
    const before = { ...desk.hashed };
    const written = await rowsWritten(() => startSignUp(auth, typed(email), address));
    return { ...written, hashed: desk.hashed.hash - before.hash };
  };

  const known = await work('known@customer.example');
  const unknown = await work('unknown@customer.example');
  expect(known).toEqual(unknown);
  expect(known.hashed).toBe(1);

  const [toKnown, toUnknown] = await desk.post();
  expect(toKnown).toMatchObject({ to: 'known@customer.example', subject: 'You already have an account' });
  expect(toKnown?.text).not.toContain('token=');
  expect(toUnknown).toMatchObject({ subject: 'Confirm your e-mail address' });
});

test('who signs up with another’s address gets nothing when the owner opens the letter and signs up themself', async () => {
  await startSignUp(auth, typed('victim@customer.example', { password: 'the thief knows this' }), address);
  const fromThief = tokenIn((await desk.post()).at(-1));
  // The owner does not know the thief's password, so the link does nothing for either of them.
  expect(await finishSignUp(auth, fromThief, password, address)).toBeNull();

  await startSignUp(auth, typed('victim@customer.example'), address);
  const own = tokenIn((await desk.post()).at(-1));
  expect(await finishSignUp(auth, own, password, address)).toMatchObject({
    email: 'victim@customer.example'
  });

  const thief = { email: 'victim@customer.example', password: 'the thief knows this' };
  expect(await signIn(auth, desk.browser(), thief)).toEqual({ outcome: 'wrong' });
  await expect(finishSignUp(auth, fromThief, thief.password, address)).rejects.toMatchObject({
    kind: 'conflict'
  });
});

test('a copy of the database shows neither who signs up nor what would open the link', async () => {
  await startSignUp(auth, typed('hidden@customer.example'), address);
  const copy = JSON.stringify([
    await desk.behindTheScenes('select * from verification'),
    await desk.behindTheScenes('select * from outbox'),
    await desk.behindTheScenes('select * from throttle')
  ]);
  const token = tokenIn((await desk.post()).at(-1));

  for (const secretThing of [token, 'hidden@customer.example', 'Nora', '$argon2id', secret])
    expect(copy).not.toContain(secretThing);
});

test('a mailbox gets no more than four letters in an hour, however often somebody signs up', async () => {
  const tries = Array.from({ length: 20 }, () =>
    startSignUp(auth, typed('flooded@customer.example'), '198.51.100.9')
  );
  const answers = await Promise.allSettled(tries);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
});

test('only the system and an admin make people, and no two with one address', async () => {
  const staff = { email: 'grace@agent.example', name: 'Grace', role: 'agent' as const };
  await expect(async () => createPerson(auth.db, nobody, staff)).rejects.toMatchObject({ kind: 'forbidden' });

  const grace = await createPerson(auth.db, system, staff);
  await expect(createPerson(auth.db, system, staff)).rejects.toMatchObject({ kind: 'conflict' });
  expect(await desk.audited(grace)).toEqual([
    { action: 'person.created', actor_role: 'system', detail: { role: 'agent', demo: false } }
  ]);
});

test('people change their own name, number and language', async () => {
  const id = await desk.person({ email: 'ned@customer.example' });
  await changeProfile(
    auth.db,
    { kind: 'person', id, role: 'customer', team: null },
    { name: 'Ned', phone: '', locale: 'es' }
  );
  const ned = await auth.db
    .selectFrom('person')
    .select(['name', 'phone', 'locale'])
    .where('id', '=', id)
    .execute();
  expect(ned).toEqual([{ name: 'Ned', phone: null, locale: 'es' }]);
});

/** How many rows a piece of work adds, and where. */
async function rowsWritten<Answer>(work: () => Promise<Answer>) {
  const before = await counts();
  const answer = await work();
  const after = await counts();
  return { answer, links: after.links - before.links, jobs: after.jobs - before.jobs };
}

async function counts() {
  const [rows] = await desk.behindTheScenes<{ links: number; jobs: number }>(
    'select (select count(*)::int from verification) as links, (select count(*)::int from outbox) as jobs'
  );
  return rows ?? expect.unreachable();
}
