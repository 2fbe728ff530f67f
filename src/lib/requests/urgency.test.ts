/** What answers say about how urgent it is, and for which day it is asked. */
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { mayComeFirst, urgencyOf } from './urgency.ts';

const typed = (code: string) => {
  const type = serviceTypes.find((each) => each.code === code);
  if (!type) throw new Error(`the catalogue has no ${code}`);
  return type;
};
const noGas = (answers: object) => urgencyOf(typed('E-NOGAS'), { extent: 'all', ...answers });

test('without gas and vulnerable at home: we come to you first, within four hours, by day and by night', () => {
  expect(noGas({ vulnerable: 'yes', prepayment: 'not_prepaid' })).toMatchObject({
    comes_first: 'vulnerable',
    priority: 1,
    pledge: { first_response_hours: 1, resolution_hours: 4, hours: 'clock' }
  });
});

test('whoever is registered comes first without saying so; where nobody would, nobody does', () => {
  const nogas = urgencyOf(
    typed('E-NOGAS'),
    { extent: 'all', vulnerable: 'no', prepayment: 'not_prepaid' },
    true
  );
  expect(nogas).toMatchObject({ comes_first: 'vulnerable', pledge: { resolution_hours: 4 } });
  expect(urgencyOf(typed('GENERAL'), {}, true).comes_first).toBeNull();
  expect([mayComeFirst(typed('E-NOGAS')), mayComeFirst(typed('GENERAL'))]).toEqual([true, false]);
});

test('a prepaid meter without credit is seen to in three hours, on days without work in four', () => {
  expect(noGas({ vulnerable: 'no', prepayment: 'no_credit' })).toMatchObject({
    comes_first: null,
    pledge: { resolution_hours: 3, resolution_hours_on_free_days: 4, hours: 'clock' }
  });
});

test('of all that applies the strictest counts', () => {
  expect(noGas({ vulnerable: 'yes', prepayment: 'no_credit' })).toMatchObject({
    comes_first: 'vulnerable',
    pledge: { resolution_hours: 3, resolution_hours_on_free_days: 4 }
  });
});

test('answers that raise nothing leave the promise of the kind', () => {
  const { comes_first, pledge, priority } = noGas({ vulnerable: 'no', prepayment: 'not_prepaid' });
  expect({ comes_first, priority }).toEqual({ comes_first: null, priority: 1 });
  expect(pledge).toMatchObject({ resolution_hours: 24, hours: 'clock' });
  expect(pledge).toBe(typed('E-NOGAS').promise);
});

test('a yellow flame is about safety, and any one of the answers to choose from is enough', () => {
  expect(urgencyOf(typed('RELIGHT'), { symptom: 'yellow' })).toMatchObject({
    comes_first: 'safety',
    priority: 1
  });
  expect(urgencyOf(typed('LPG-DEFECT'), { faults: ['no_gas', 'valve'] }).comes_first).toBe('safety');
  expect(urgencyOf(typed('LPG-DEFECT'), { faults: ['no_gas'] }).comes_first).toBeNull();
});

test('the last of the days that were asked for is the one to keep to', () => {
  const days = { ends_on: '2027-03-01', starts_on: '2027-02-20' };
  expect(urgencyOf(typed('TRANSFER'), days).wish).toEqual({ day: '2027-03-01', clock: 'until' });
  expect(urgencyOf(typed('TRANSFER'), {}).wish).toBeNull();
  expect(urgencyOf(typed('GENERAL'), days).wish).toBeNull();
});
