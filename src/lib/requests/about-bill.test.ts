/** Asking about a bill, nobody has to copy from it. */
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answersFromBill } from './about-bill.ts';

const bill = {
  account_id: '0199',
  number: 'B-2601',
  issued_on: '2026-01-05',
  total: 12_345n,
  currency: 'USD'
};

function answers(code: string, locale: 'en' | 'es' = 'en') {
  const type = serviceTypes.find((one) => one.code === code);
  return type && answersFromBill(type, bill, wordsFor(locale));
}

test('a form that asks for the number and the date of the bill has both, and the account', () => {
  const known = { account: '0199', bill_date: '2026-01-05', bill_number: 'B-2601' };
  expect(answers('BILL-HIGH')).toEqual(known);
  expect(answers('BILL-ADJ')).toEqual(known);
});

test('any other begins its description with the number and the amount, in either language', () => {
  expect(answers('GENERAL')?.['description']).toBe('I am asking about bill B-2601 of $123.45.\n');
  expect(answers('GENERAL', 'es')?.['description']).toBe(
    'Pregunto por la factura B-2601 de 123,45\u00a0US$.\n'
  );
});
