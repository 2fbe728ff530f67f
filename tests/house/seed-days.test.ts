/** The demo town can be filled on any day of any year. */
import { expect, test } from 'vitest';
import { config } from '#lib/platform/server/config.ts';
import { makeBills } from '../../bin/seed/bills.ts';
import { chance } from '../../bin/seed/chance.ts';

test('on no day two bills of a home bear one number', () => {
  const start = Temporal.PlainDate.from('2027-10-01');
  for (let days = 0; days < 400; days += 1) {
    const day = start.add({ days }).toString();
    const { bills } = makeBills({ homes, now: new Date(`${day}T12:00:00Z`), config }, chance(7));
    const numbers = bills.map(({ number }) => number);
    expect(new Set(numbers).size, day).toBe(numbers.length);
  }
});

const homes = [
  {
    account: { id: 'an account', number: '4100000001' },
    meter: { id: 'a meter', digits: 5, installed_on: '2001-01-01' }
  }
];
