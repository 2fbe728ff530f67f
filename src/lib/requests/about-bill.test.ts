/** Asking about a bill, nobody has to copy from it. */
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answersFromBill, answersFromReading } from './about-bill.ts';

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

test('a form about a reading has its digits, its meter and where it came from, and says which one', () => {
  const type = serviceTypes.find(({ code }) => code === 'METER-REREAD');
  const reading = {
    ...{
      account_id: '0199',
      read_on: '2026-01-31',
      digits: '01234',
      serial: 'NG-1',
      source: 'estimate' as const
    }
  };
  expect(type && answersFromReading(type, reading, wordsFor('en'))).toEqual({
    account: '0199',
    kind_of_reading: 'estimate',
    billed_reading: '01234',
    meter_serial: 'NG-1',
    description: 'I am asking about the reading 01234 of Jan 31, 2026.\n'
  });
});
