/** What an offer may say, how much somebody still gets of it, and what a line costs once some of it is paid. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { amountOf, fromAhead } from '#lib/orders/pricing.ts';
import { judgeUnits, mayStillBuy, readOffer, readPaid } from './rules.ts';

const t = wordsFor('en');
const typed = {
  ...{ unit_price: '1.89', sold_from: '2027-06-01', sold_until: '2027-08-31', good_until: '2028-03-31' },
  ...{ most_each: '500', most_total: '20000', back_percent: '80' }
};
const around = { today: '2027-06-15', currency: 'USD' };

test('an offer is read as it was typed', () => {
  expect(readOffer(typed, around)).toEqual({
    ok: true,
    offer: { ...typed, unit_price: 189n, most_each: 500, most_total: 20_000, back_percent: 80 }
  });
});

test.each([
  [{ unit_price: 'cheap' }, 'offer_price'],
  [{ unit_price: '0' }, 'offer_price'],
  [{ sold_from: '' }, 'offer_days'],
  [{ good_until: '2028-02-30' }, 'offer_days'],
  [{ sold_from: '2027-01-01', sold_until: '2027-06-14' }, 'offer_days_past'],
  [{ sold_from: '2027-09-01' }, 'offer_days_order'],
  [{ good_until: '2027-08-30' }, 'offer_days_order'],
  [{ most_each: '20001' }, 'offer_units'],
  [{ most_total: 'all' }, 'offer_units'],
  [{ back_percent: '101' }, 'offer_percent']
] as const)('%o is refused: %s', (wrong, problem) => {
  expect(readOffer({ ...typed, ...wrong }, around)).toEqual({ ok: false, problem });
});

test('nobody buys more than one gets, nor more than there is', () => {
  expect(mayStillBuy({ most_each: 10, left_total: 50, mine: 4 })).toBe(6);
  expect(mayStillBuy({ most_each: 10, left_total: 3, mine: 4 })).toBe(3);
  expect(mayStillBuy({ most_each: 10, left_total: 50, mine: 12 })).toBe(0);
  const portion = { most_each: 10, left_total: 50, mine: 4 };
  for (const six of ['6', ' 6 ', '６', '٦'])
    expect(judgeUnits(six, portion, t)).toEqual({ ok: true, units: 6 });
  for (const wrong of ['', '0', '7', '1.5', '-1', 'ten'])
    expect(judgeUnits(wrong, portion, t)).toEqual({
      ok: false,
      problem: t('prebuy.units_wrong', { most: 6 })
    });
  expect(judgeUnits('1', { ...portion, left_total: 0 }, t)).toEqual({
    ok: false,
    problem: t('prebuy.sold_out')
  });
  expect(judgeUnits('1', { ...portion, mine: 10 }, t)).toEqual({ ok: false, problem: t('prebuy.had_all') });
});

test('what was bought ahead is used first and costs nothing more; a deposit is due all the same', () => {
  const offer = { amount: 2199n, deposit: 4000n, takes_back: true, prebought: 2 };
  expect(fromAhead(3, offer)).toBe(2);
  expect(amountOf({ quantity: 3, empties: 3 }, offer)).toBe(2199n);
  expect(amountOf({ quantity: 1, empties: 1 }, offer)).toBe(0n);
  expect(amountOf({ quantity: 2, empties: 1 }, offer)).toBe(4000n);
});

test('what is paid at the desk is known by a number, unless it is cash', () => {
  expect(readPaid({ method: 'cash', number: ' ' })).toEqual({
    ok: true,
    paid: { method: 'cash', number: null }
  });
  expect(readPaid({ method: 'cheque', number: ' ab-12 ' })).toEqual({
    ok: true,
    paid: { method: 'cheque', number: 'AB-12' }
  });
  expect(readPaid({ method: 'bank', number: '' })).toEqual({ ok: false, problem: 'paid_number' });
  expect(readPaid({ method: 'cash', number: 'no spaces' })).toEqual({ ok: false, problem: 'paid_number' });
  expect(readPaid({ method: 'card', number: '1' })).toEqual({ ok: false, problem: 'paid_method' });
});
