/** How much is paid: what a plan asks for next, a bill, all or a part, and never more than is owed. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { chosenAmount } from './amount.ts';

const owed = { open: 7000n, balance: 9000n, currency: 'USD', next: 3334n };
const chosen = (how: string, more: Partial<typeof owed> = {}, amount = '') =>
  chosenAmount(wordsFor('en'), { how, amount }, { ...owed, ...more });

test('the next instalment is paid to the last unit', () => {
  expect(chosen('next')).toEqual({ ok: true, amount: 3334n });
  expect(chosen('next', { balance: 1200n })).toEqual({ ok: true, amount: 1200n });
});

test('without a plan there is no instalment to choose', () => {
  const none = chosenAmount(wordsFor('en'), { how: 'next', amount: '' }, { ...owed, next: null });
  expect(none).toMatchObject({ ok: false, problems: { how: 'Choose how much you want to pay.' } });
});

test('a bill, all and a part are what they say', () => {
  expect(chosen('bill')).toEqual({ ok: true, amount: 7000n });
  expect(chosen('all')).toEqual({ ok: true, amount: 9000n });
  expect(chosen('part', {}, '25,50')).toEqual({ ok: true, amount: 2550n });
  expect(chosen('part', {}, '90.01')).toMatchObject({ ok: false });
  expect(chosen('all', { balance: 0n })).toMatchObject({ ok: false });
});

test('an amount typed beside another choice is asked about, and never ignored', () => {
  for (const [how, amount] of [
    ['bill', '10'],
    ['all', '10'],
    ['next', 'ten']
  ] as const)
    expect(chosen(how, {}, amount)).toMatchObject({
      ok: false,
      problems: { amount: expect.stringContaining('choose “Another amount”') as string }
    });
  expect(chosen('bill', {}, '10')).toMatchObject({
    problems: { amount: expect.stringContaining('You chose to pay $70.00') as string }
  });
});

test('the same amount typed as chosen, or nothing but spaces, says nothing else', () => {
  expect(chosen('bill', {}, '70.00')).toEqual({ ok: true, amount: 7000n });
  expect(chosen('bill', {}, '  ')).toEqual({ ok: true, amount: 7000n });
});
