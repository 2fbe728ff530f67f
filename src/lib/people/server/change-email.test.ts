/** Another e-mail address: confirmed from its own mailbox, and announced to the one before. */
import { expect, test } from 'vitest';
import { aSignInDesk, password, tokenIn } from '../../../../tests/support/signing-in.ts';
import { askToChangeEmail, changeEmail, waitingEmail } from './change-email.ts';
import { askForReset, canReset, resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { emailToTakeBack, takeEmailBack } from './take-email-back.ts';

const desk = await aSignInDesk();
const { auth } = desk;
const from = '192.0.2.7';

test('both mailboxes get a letter, and the change happens from the new one', async () => {
  const ada = await desk.person({ email: 'ada@customer.example' });
  await askToChangeEmail(auth, ada, 'ada.new@customer.example', from);
  const [confirm, notice] = await desk.post();
  expect(confirm).toMatchObject({ to: 'ada.new@customer.example' });
  expect(notice).toMatchObject({
    to: 'ada@customer.example',
    subject: 'Your e-mail address is about to change'
  });
  expect(notice?.text).not.toContain('ada.new');

  const token = tokenIn(confirm);
  expect(await waitingEmail(auth, token)).toBe('ada.new@customer.example');
  await changeEmail(auth, token);
  expect((await signIn(auth, desk.browser(), { email: 'ada.new@customer.example', password })).outcome).toBe(
    'in'
  );
  expect((await signIn(auth, desk.browser(), { email: 'ada@customer.example', password })).outcome).toBe(
    'wrong'
  );
  expect(await desk.audited(ada)).toMatchObject([
    { action: 'person.created' },
    { action: 'person.email_change_asked', actor_role: 'customer' },
    { action: 'person.email_changed', actor_role: 'system' }
  ]);
});

test('asked for at the desk, it is confirmed from the new mailbox all the same, and the log says who asked', async () => {
  const nora = await desk.person({ email: 'nora@customer.example' });
  const grace = await desk.person({ email: 'grace@staff.example', role: 'agent' });
  const staff = { kind: 'person', id: grace, role: 'agent', team: null } as const;
  await askToChangeEmail(auth, nora, 'nora.new@customer.example', from, staff);
  const letters = await desk.post();
  const [confirm, notice] = letters.slice(-2);
  expect(confirm).toMatchObject({ to: 'nora.new@customer.example' });
  expect(notice).toMatchObject({ to: 'nora@customer.example' });
  expect(notice?.text).toContain('by phone or in writing');
  expect(notice?.text).not.toContain('knows your password');
  expect(await desk.audited(nora)).toMatchObject([
    { action: 'person.created' },
    { action: 'person.email_change_asked', actor_role: 'agent' }
  ]);
  await changeEmail(auth, tokenIn(confirm));
  expect((await signIn(auth, desk.browser(), { email: 'nora.new@customer.example', password })).outcome).toBe(
    'in'
  );
});

test('that somebody else has the address is told to them alone', async () => {
  const ben = await desk.person({ email: 'ben@customer.example' });
  await desk.person({ email: 'eve@customer.example', name: 'Eve' });
  await askToChangeEmail(auth, ben, 'eve@customer.example', from);

  const letters = await desk.post();
  expect(letters.find(({ to }) => to === 'eve@customer.example')).toMatchObject({
    subject: 'You already have an account'
  });
  expect(letters.find(({ to }) => to === 'eve@customer.example')?.text).not.toContain('token=');
});

test('an address that was taken in the meantime is refused', async () => {
  const carl = await desk.person({ email: 'carl@customer.example' });
  await askToChangeEmail(auth, carl, 'contested@customer.example', from);
  const token = tokenIn((await desk.post())[0]);
  await desk.person({ email: 'contested@customer.example' });

  await expect(changeEmail(auth, token)).rejects.toMatchObject({ kind: 'conflict' });
});

test('the link works once, and not at all once the password has changed', async () => {
  const dora = await desk.person({ email: 'dora@customer.example' });
  await askToChangeEmail(auth, dora, 'thief@customer.example', from);
  const forThief = tokenIn((await desk.post())[0]);

  await askForReset(auth, 'dora@customer.example', from);
  await resetPassword(auth, tokenIn((await desk.post())[0]), 'four green ladders');
  await desk.post();
  await expect(changeEmail(auth, forThief)).rejects.toMatchObject({ kind: 'missing' });

  await askToChangeEmail(auth, dora, 'dora.new@customer.example', from);
  const own = tokenIn((await desk.post())[0]);
  await changeEmail(auth, own);
  await expect(changeEmail(auth, own)).rejects.toMatchObject({ kind: 'missing' });
});

test('a link for a forgotten password that went to the old mailbox is dead after the change', async () => {
  const fay = await desk.person({ email: 'fay@customer.example' });
  await askForReset(auth, 'fay@customer.example', from);
  const old = tokenIn((await desk.post())[0]);
  await askToChangeEmail(auth, fay, 'fay.new@customer.example', from);
  await changeEmail(auth, tokenIn((await desk.post())[0]));

  expect(await canReset(auth, old)).toBe(false);
  await expect(resetPassword(auth, old, 'four green ladders')).rejects.toMatchObject({ kind: 'missing' });
});

test('the old mailbox takes the address back: sessions and password are over, and so is the way back of the thief', async () => {
  const gil = await desk.person({ email: 'gil@customer.example' });
  const move = async (to: string) => {
    await askToChangeEmail(auth, gil, to, from);
    await changeEmail(auth, tokenIn((await desk.post()).find((letter) => letter.to === to)));
    return desk.post();
  };
  const browser = desk.browser();
  const signed = await signIn(auth, browser, { email: 'gil@customer.example', password });
  expect(signed.outcome).toBe('in');

  const [toGil] = await move('thief@elsewhere.example');
  expect(toGil).toMatchObject({ to: 'gil@customer.example', subject: 'Your e-mail address was changed' });
  const sessions = await desk.behindTheScenes('select 1 from sign_in_session where person_id = $1', [gil]);
  expect(sessions).toEqual([]);
  const [toThief] = await move('thief.too@elsewhere.example');
  expect(toThief?.to).toBe('thief@elsewhere.example');

  const back = tokenIn(toGil);
  expect(await emailToTakeBack(auth, back)).toBe('gil@customer.example');
  await takeEmailBack(auth, back);
  await expect(takeEmailBack(auth, back)).rejects.toMatchObject({ kind: 'missing' });
  await expect(takeEmailBack(auth, tokenIn(toThief))).rejects.toMatchObject({ kind: 'missing' });
  const again = { email: 'gil@customer.example', password };
  expect((await signIn(auth, desk.browser(), again)).outcome).toBe('wrong');

  const [reset] = await desk.post();
  expect(reset).toMatchObject({ to: 'gil@customer.example', subject: 'Choose a new password' });
  await resetPassword(auth, tokenIn(reset), 'four green ladders');
  const mine = { ...again, password: 'four green ladders' };
  expect((await signIn(auth, desk.browser(), mine)).outcome).toBe('in');
});
