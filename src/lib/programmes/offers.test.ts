import { expect, test } from 'vitest';
import {
  arrangementOffer,
  budgetOffer,
  extensionOffer,
  firstDay,
  mayAskPerson,
  type Account
} from './offers.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { readWish, type Circumstances } from './wishes.ts';

const rules = rulesOf('US');
const today = '2026-11-29';
const bills = Array.from({ length: 12 }, (_, month) => ({
  total: BigInt(6000 + month * 100),
  due_on: `2026-${String(12 - month).padStart(2, '0')}-14`
}));
const account: Account = {
  ...{ currency: 'USD', balance: 24_000n, overdueDays: 0, openBills: 1, bills, broken: 0, plan: null }
};
const around = (more: Partial<Account> = {}): Circumstances => ({
  account: { ...account, ...more },
  ...{ rules, today, keepsCards: true }
});

test('what is owed is offered in thirds, sixths and ninths, where each part is large enough', () => {
  expect(arrangementOffer(account, rules)).toMatchObject({ amount: 24_000n, parts: [3, 6, 9] });
  expect(arrangementOffer({ ...account, balance: 6500n }, rules)).toMatchObject({ parts: [3, 6] });
});

test.each([
  [{ plan: 'budget' }, 'plan', false],
  [{ balance: 0n }, 'nothing_owed', false],
  [{ broken: 1 }, 'broken', true],
  [{ balance: 200_001n }, 'too_much', true],
  [{ balance: 2999n }, 'too_little', true]
] as const)('with %o no arrangement is made at once: %s', (more, why, person) => {
  expect(arrangementOffer({ ...account, ...more }, rules)).toBe(why);
  expect(mayAskPerson(why)).toBe(person);
});

test('more time is given for one bill, from its due day on, and not once it has been late for long', () => {
  expect(extensionOffer(account, rules, today)).toEqual({
    ...{ amount: 24_000n, after: '2026-12-14', until: '2027-01-13' }
  });
  const late = { ...account, overdueDays: 9, bills: [{ total: 24_000n, due_on: '2026-11-20' }] };
  expect(extensionOffer(late, rules, today)).toMatchObject({ after: today });
  expect(extensionOffer({ ...account, openBills: 2 }, rules, today)).toBe('older_bills');
  expect(extensionOffer({ ...account, overdueDays: 15 }, rules, today)).toBe('too_late');
});

test('a budget needs half a year of bills and nothing overdue, and begins with the next due day', () => {
  expect(budgetOffer({ ...account, bills: bills.slice(0, 5) }, rules, today)).toBe('few_bills');
  expect(budgetOffer({ ...account, overdueDays: 1 }, rules, today)).toBe('overdue');
  expect(budgetOffer(account, rules, today)).toMatchObject({
    average: 6550n,
    monthly: 8550n,
    first: '2026-12-14'
  });
  expect(firstDay('2026-08-31', '2026-11-29')).toBe('2026-11-30');
});

test('a form is read by the rules: each wrong field is named', () => {
  expect(readWish('arrangement', { parts: '4', rhythm: 'daily', first_on: '2026-02-30' }, around())).toEqual({
    ok: false,
    why: null,
    problems: { parts: 'choose_parts', rhythm: 'choose_rhythm', first_on: 'first_wrong' }
  });
  const read = readWish('arrangement', { parts: '6', rhythm: 'monthly', first_on: '2026-12-14' }, around());
  expect(read.ok && read.proposal.instalments.map(({ due_on, amount }) => [due_on, amount])).toEqual(
    ['2026-12-14', '2027-01-14', '2027-02-14', '2027-03-14', '2027-04-14', '2027-05-14'].map((day) => [
      day,
      4000n
    ])
  );
  // From 2026-11-29 on, three parts every fortnight end after the bill's day; a bill of a later day they would not outlast.
  const quick = { parts: '3', rhythm: 'fortnightly', first_on: today };
  expect(readWish('arrangement', quick, around())).toMatchObject({ ok: true });
  expect(
    readWish('arrangement', quick, around({ bills: [{ total: 24_000n, due_on: '2026-12-27' }] }))
  ).toMatchObject({ problems: { first_on: 'all_before_due' } });
  for (const pay_on of ['2027-01-14', '2026-12-14', '2026-12-01'])
    expect(readWish('extension', { pay_on }, around()), pay_on).toMatchObject({
      problems: { pay_on: 'day_wrong' }
    });
  expect(readWish('extension', { pay_on: '2026-12-15' }, around())).toMatchObject({ ok: true });
  expect(readWish('autopay', { method: 'card', most: '1,000.00' }, around())).toMatchObject({
    proposal: { method: 'card', most: 100_000n }
  });
  expect(readWish('autopay', { method: 'card', most: '1000 USD' }, around())).toMatchObject({
    proposal: { most: 100_000n }
  });
  expect(readWish('autopay', { method: 'card', most: '1.000' }, around())).toMatchObject({
    problems: { most: 'most_wrong' }
  });
  expect(readWish('autopay', { method: 'card' }, { ...around(), keepsCards: false })).toMatchObject({
    problems: { method: 'choose_method' }
  });
  expect(readWish('reminders', { days: '5' }, around())).toMatchObject({ problems: { days: 'choose_days' } });
  expect(readWish('budget', {}, around({ plan: 'arrangement' }))).toEqual({ ok: false, why: 'plan' });
});
