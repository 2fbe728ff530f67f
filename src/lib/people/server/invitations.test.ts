/** Whoever is to work here is invited, chooses a password, and sets up a second factor; and nobody comes in otherwise. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { system } from '#lib/platform/actor.ts';
import { aStaffRoom, anAddress, nowhere } from '../../../../tests/support/staff.ts';
import { password, tokenIn } from '../../../../tests/support/signing-in.ts';
import { mustSetUpSecondFactor } from '../access.ts';
import { invite, inviteAgain, withdrawInvitation } from './invitations.ts';
import { peopleJobs } from './jobs.ts';
import { acceptInvitation, waitingInvitation } from './accept-invitation.ts';
import { signIn } from './sign-in.ts';
import { finishSignUp, startSignUp } from './sign-up.ts';

const room = await aStaffRoom();
const { auth, admin, as } = room;
const supervisor = await room.colleague('supervisor');
const team = await room.aTeam('Bills');
const asking = (also = {}) => ({
  key: randomUUID(),
  email: anAddress(),
  name: 'Nora King',
  role: 'agent' as const,
  team,
  locale: 'en',
  ...also
});

test('an invitation comes by letter, and its link makes a member of staff who still owes a second factor', async () => {
  const { id, email, token } = await invited();
  expect(await waitingInvitation(auth, token)).toEqual({
    email,
    name: 'Nora King',
    role: 'agent',
    team_name: 'Bills'
  });
  await acceptInvitation(auth, token, password);

  const browser = room.browser();
  const answer = await signIn(auth, browser, { email, password });
  browser.keep(answer.outcome === 'in' ? answer.headers : expect.unreachable());
  const person = (await room.whoIs(browser)) ?? expect.unreachable();
  expect(person).toMatchObject({ id, email, role: 'agent', team, emailVerified: true });
  expect(mustSetUpSecondFactor(person)).toBe(true);
  expect(await room.audited(id)).toEqual([
    { action: 'invitation.sent', actor_role: 'admin', detail: { role: 'agent', team } },
    { action: 'invitation.accepted', actor_role: 'system', detail: { role: 'agent', team } }
  ]);
});

test('the link works once, and not after its days', async () => {
  const used = await invited();
  await acceptInvitation(auth, used.token, password);
  const old = await invited();
  await room.sql(`update invitation set expires_at = now() - interval '1 second' where id = $1`, [old.id]);

  for (const token of [used.token, old.token, 'nonsense']) {
    expect(await waitingInvitation(auth, token)).toBeNull();
    await expect(acceptInvitation(auth, token, password)).rejects.toMatchObject({ kind: 'missing' });
  }
});

test('a form is one invitation and one letter, however often it is sent', async () => {
  const asked = asking();
  const [id, same] = await Promise.all([invite(as(admin), admin, asked), invite(as(admin), admin, asked)]);
  expect([same, await invite(as(admin), admin, asked)]).toEqual([id, id]);
  expect(await room.post()).toHaveLength(1);
  await expect(invite(as(admin), admin, { ...asked, name: 'Nora Queen' })).rejects.toMatchObject({
    words: 'errors.form_used'
  });
});

test('of two who open the link at once, one comes in', async () => {
  const { token } = await invited();
  const both = await Promise.allSettled([
    acceptInvitation(auth, token, password),
    acceptInvitation(auth, token, password)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('sent again it has another link, and only that one works', async () => {
  const { id, token } = await invited();
  await inviteAgain(as(admin), admin, id);
  const [letter] = await room.post();

  expect(await waitingInvitation(auth, token)).toBeNull();
  expect(await waitingInvitation(auth, tokenIn(letter))).toMatchObject({ name: 'Nora King' });
  expect((await room.audited(id)).at(-1)).toMatchObject({ action: 'invitation.sent_again' });
});

test('withdrawn, the link opens nothing, and a letter that was not yet written never is', async () => {
  const id = await invite(as(admin), admin, asking());
  await withdrawInvitation(as(admin), admin, id);

  expect(await room.post()).toEqual([]);
  expect((await room.audited(id)).at(-1)).toMatchObject({ action: 'invitation.withdrawn' });
  for (const gone of [id, nowhere]) {
    await expect(withdrawInvitation(as(admin), admin, gone)).rejects.toMatchObject({ kind: 'missing' });
    await expect(inviteAgain(as(admin), admin, gone)).rejects.toMatchObject({ kind: 'missing' });
  }
});

test('one person has one login: the address of a customer, of staff or of an invitation is refused, each in its words', async () => {
  const taken = {
    'staff.customers_address': anAddress('customer'),
    'staff.staff_address': anAddress(),
    'staff.invited_already': anAddress()
  };
  await room.person({ email: taken['staff.customers_address'] });
  await room.person({ email: taken['staff.staff_address'], role: 'agent' });
  await invite(as(admin), admin, asking({ email: taken['staff.invited_already'] }));
  await room.post();

  const before = await room.everything();
  for (const [words, email] of Object.entries(taken))
    await expect(invite(as(admin), admin, asking({ email }))).rejects.toMatchObject({
      kind: 'conflict',
      words
    });
  expect(await room.everything()).toEqual(before);
});

test('whoever signs up as a customer before accepting stays a customer, and is told what to do', async () => {
  const { email, token } = await invited();
  await startSignUp(
    auth,
    { email, name: 'Nora', password, locale: 'en', next: null, visitor: null },
    '192.0.2.7'
  );
  await finishSignUp(auth, tokenIn((await room.post()).at(-1)), password, '192.0.2.7');

  await expect(acceptInvitation(auth, token, password)).rejects.toMatchObject({
    words: 'staff.address_taken_since'
  });
  const roles = await room.sql<{ role: string }>('select role from person where email = $1', [email]);
  expect(roles).toEqual([{ role: 'customer' }]);
});

test('nobody but an admin invites, sends again or withdraws, and the database says so too', async () => {
  const { id } = await invited();
  const before = await room.everything();
  for (const actor of [supervisor, await room.colleague('agent'), { kind: 'system' } as const]) {
    expect(() => invite(room.web.as(actor), actor, asking())).toThrow('errors.forbidden');
    expect(() => inviteAgain(room.web.as(actor), actor, id)).toThrow('errors.forbidden');
    expect(() => withdrawInvitation(room.web.as(actor), actor, id)).toThrow('errors.forbidden');
  }
  const rows = { email: anAddress(), name: 'Eve', role: 'admin' as const, expires_at: new Date() };
  const db = as(supervisor);
  await expect(db.insertInto('invitation').values(rows).execute()).rejects.toThrow('row-level security');
  expect(await db.selectFrom('invitation').selectAll().execute()).toEqual([]);
  await db.deleteFrom('invitation').execute();
  expect((await room.everything())?.['invitations']).toEqual(before?.['invitations']);
});

test('nobody is invited to a team that is not there', async () => {
  const retired = await room.aTeam();
  await room.sql('update team set retired_at = now() where id = $1', [retired]);
  for (const gone of [retired, nowhere])
    await expect(invite(as(admin), admin, asking({ team: gone }))).rejects.toMatchObject({ kind: 'invalid' });
});

test('an invitation that nobody took up can be sent again for a month, and is then forgotten', async () => {
  const [old, older] = [await invited(), await invited()];
  for (const [{ id }, days] of [
    [old, 29],
    [older, 31]
  ] as const)
    await room.sql('update invitation set expires_at = now() - make_interval(days => $2) where id = $1', [
      id,
      days
    ]);
  const postman = { send: async () => {}, close: () => {} };
  const jobs = peopleJobs(postman, { secret: auth.secret, origin: '' });
  await jobs['people.forget_expired'](room.worker.as(system), {});

  const left = await room.sql('select id from invitation where id = any($1)', [[old.id, older.id]]);
  expect(left).toEqual([{ id: old.id }]);
});

/** Somebody who holds our letter in their hands. */
async function invited() {
  const wanted = asking();
  const id = await invite(as(admin), admin, wanted);
  const letters = await room.post();
  const letter = letters.find(({ to }) => to === wanted.email);
  expect(letter?.subject).toBe('You are invited to work with us');
  return { id, email: wanted.email, token: tokenIn(letter) };
}
