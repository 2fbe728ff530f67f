/** A pledge is said in the units people think in: working days where they come out whole, hours where not. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import type { Pledge } from './promise.ts';
import { sayPledge } from './pledge-text.ts';

const en = (pledge: Pledge) => sayPledge(wordsFor('en'), pledge);

test.each([
  [10, 100, 'working', 'We answer within one working day, and settle it within 10 working days.'],
  [4, 10, 'working', 'We answer within 4 hours of office time, and settle it within one working day.'],
  [1, 4, 'clock', 'We answer within one hour, and settle it within 4 hours.'],
  [0.5, 24, 'clock', 'We answer within 30 minutes, and settle it within one day.'],
  [10, 10, 'working', 'We settle it within one working day.'],
  [20, undefined, 'working', 'We answer within 2 working days.']
] as const)('%s and %s hours (%s): %s', (first_response_hours, resolution_hours, hours, said) => {
  expect(en({ first_response_hours, resolution_hours, hours })).toBe(said);
});

test('Spanish says the same', () => {
  expect(
    sayPledge(wordsFor('es'), { first_response_hours: 10, resolution_hours: 100, hours: 'working' })
  ).toBe('Respondemos en un día laborable y lo resolvemos en 10 días laborables.');
});
