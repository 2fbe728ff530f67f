/** What the forms of planning accept. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { linesOf } from '../../../tests/support/cases.ts';
import { patternForm, rulesForm } from './planning-form.ts';

const pattern = (charge: string, currency = 'USD', change = {}) => {
  const read = v.safeParse(patternForm(currency), {
    ...{ kind: 'delivery', skill: 'cylinders', weekdays: ['1'], from_time: '09:00', to_time: '12:00' },
    ...{ capacity: '4', kept_first: '0', charge, ...change }
  });
  return read.success ? read.output.charge : null;
};
const fee = (no_access_fee: string) => {
  const read = v.safeParse(rulesForm('USD'), {
    ...{ notice: '24', ahead: '30', move_days: '1', move_at: '12:00', cancel_days: '1', cancel_at: '12:00' },
    no_access_fee
  });
  return read.success ? read.output.no_access_fee : null;
};

test.each(linesOf('amounts'))('a charge of %s', (line, [typed = '']) => {
  const minor = BigInt(/-> (\d+)/.exec(line)?.[1] ?? 0);
  // A lakh is more than is charged for a visit.
  expect(pattern(typed, line.includes('India') ? 'INR' : 'USD')).toBe(minor > 1_000_000n ? null : minor);
});

test('a charge may be left out, and what is none is refused instead of free', () => {
  expect([pattern(''), pattern('5'), pattern('７.50 USD')]).toEqual([0n, 500n, 750n]);
  expect([pattern('lots'), pattern('-5'), pattern('10001'), pattern('1.500')]).toEqual([
    null,
    null,
    null,
    null
  ]);
  expect([fee(''), fee('$25'), fee('nothing')]).toEqual([0, 2500, null]);
  expect(pattern('5', 'USD', { kept_first: 'some' })).toBeNull();
});
