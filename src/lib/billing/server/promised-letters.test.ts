/** What a letter about a bill says where a plan, a bank or no paper is in it, and that a bill is paid. */
import { expect, test } from 'vitest';
import { billedTown } from '../../../../tests/support/billed.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { findBillLetters } from './bill-letters.ts';
import { findSettledLetters } from './settled-letters.ts';

const { db, sql, aPerson, sent, today, day, deliver, settled, anAccount, member, joins, aBill, pay } =
  await billedTown();

test.each(['en', 'es'])(
  'in %s, on a budget nothing says that the total of a new bill is due',
  async (locale) => {
    const { account, number } = await anAccount();
    const [ada, nora] = [await aPerson('customer', { locale }), await aPerson('customer', { locale })];
    await member(account, ada, 'act');
    await member(account, nora, 'notices');
    const [budget] = await sql<{ id: string }>(
      `insert into programme (account_id, kind, state, currency, amount, began_on, review_on, form_key, enrolled_by)
     values ($1, 'budget', 'active', 'USD', 8500, $2, $3, gen_random_uuid(), $4) returning id`,
      [account, day(-60), day(40), ada.id]
    );
    await sql(`insert into instalment (programme_id, number, due_on, amount) values ($1, 1, $2, 8500)`, [
      budget?.id,
      day(9)
    ]);
    await aBill(account, `B-${number}`, { issued: -1, due: 20, total: 123_45 });
    await findBillLetters(db, today);
    await deliver();

    expect(sent).toHaveLength(2);
    for (const { subject, text, to } of sent) {
      const said = `${subject} ${text}`;
      expect(said).not.toContain(writeDate(day(20), locale));
      expect(said).not.toMatch(/ due by|vence el/);
      expect(/\b85[.,]00\b/.test(said)).toBe(to === ada.email);
      expect(said.includes(writeDate(day(9), locale))).toBe(to === ada.email);
    }
  }
);

test('without paper the letter goes also to who wants none about bills, and a reminder that was asked for does', async () => {
  const { account, number } = await anAccount();
  const [mute, looks] = [await aPerson(), await aPerson()];
  await member(account, mute, 'act');
  await member(account, looks, 'view');
  for (const one of [mute, looks])
    await sql(`insert into contact_wish (person_id, muted) values ($1, '{bill}')`, [one.id]);
  await joins(account, mute, 'paperless');
  await joins(account, mute, 'reminders', { days: 3 });
  await aBill(account, `B-${number}-N`, { issued: 0, due: 21 });
  await aBill(account, `B-${number}-D`, { issued: -20, due: 2 });
  await aBill(account, `B-${number}-O`, { issued: -30, due: -3 });
  await findBillLetters(db, today);
  await deliver();
  expect(
    sent.map(({ to, subject }) => `${to}: ${subject.split(' ').slice(0, 4).join(' ')}`).toSorted()
  ).toEqual([`${mute.email}: Your bill is due`, `${mute.email}: Your new bill is`]);
});

test('what the bank pays by itself is neither called to mind nor said to be late; above the limit it is', async () => {
  const { account, number } = await anAccount();
  const ada = await aPerson();
  await member(account, ada, 'act');
  await joins(account, ada, 'autopay', { method: 'bank', most: 9000, currency: 'USD' });
  await aBill(account, `B-${number}-N`, { issued: 0, due: 21 });
  await aBill(account, `B-${number}-D`, { issued: -20, due: 2 });
  await aBill(account, `B-${number}-O`, { issued: -30, due: -3 });
  await aBill(account, `B-${number}-L`, { issued: -29, due: -3, total: 9001 });
  await findBillLetters(db, today);
  expect((await deliver()).map(({ letter }) => letter).toSorted()).toEqual(['new', 'overdue']);
  expect(sent.find(({ subject }) => subject.includes('new bill'))?.text).toContain(
    'Your bank pays each bill'
  );
});

test('that a bill is paid is told once to those who act and had no receipt; years of old payments are told to nobody', async () => {
  const { account, number } = await anAccount();
  const [ada, ben, vera] = [await aPerson(), await aPerson(), await aPerson()];
  for (const one of [ada, ben]) await member(account, one, 'act');
  await member(account, vera, 'view');
  for (const month of [9, 8, 7, 6, 5]) {
    await aBill(account, `B-${number}-${month}`, { issued: -30 * month, due: -30 * month + 20 });
    await pay(account, 7000, 'settled', -30 * month + 12);
  }
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([]);

  await aBill(account, `B-${number}-1`, { issued: -30, due: -9 });
  await pay(account, 7000, 'settled', -1);
  await Promise.all([findSettledLetters(db, today), findSettledLetters(db, today)]);
  await findSettledLetters(db, today);
  expect(new Set(await settled())).toEqual(new Set([ada.email, ben.email]));
  expect(sent[0]?.text).toContain(`B-${number}-1`);

  sent.length = 0;
  await aBill(account, `B-${number}-0`, { issued: -3, due: 18 });
  await byCard(account, ada, 7000);
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([ben.email]);
});

test('who paid a part by card is told when the rest has come; who paid the rest has the receipt of it', async () => {
  const { account, number } = await anAccount();
  const [ada, ben] = [await aPerson(), await aPerson()];
  for (const one of [ada, ben]) await member(account, one, 'act');
  await aBill(account, `B-${number}`, { issued: -9, due: 12 });
  await byCard(account, ada, 2000);
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([]);
  await byCard(account, ben, 5000);
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([ada.email]);
});

/** A payment by card, of which whoever made it has the receipt. */
async function byCard(account: string, { id }: { id: string }, amount: number) {
  const [{ reference } = { reference: '' }] = await pay(account, amount, 'settled');
  await sql(
    `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency, provider, state, paid_on, ended_at)
     values ($1, 'account', $2, $2, $3, gen_random_uuid(), $5, 'USD', 'demo', 'paid', $4, now())`,
    [reference, account, id, today, amount]
  );
}
