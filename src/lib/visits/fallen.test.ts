/** A visit that fell away is the first thing that is said, until another time is chosen or it is over. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { fallenIn, fallenStates, tellFallen } from './fallen.ts';

const event = (state: string, visit_on: string | null = '2026-12-03') => ({
  kind: 'visit',
  payload: { state, ...(visit_on && { visit_on }) } as Record<string, unknown>
});

test('the last that was said of a visit counts, and only while a time can be chosen', () => {
  const closed = [event('booked'), event('closed'), { kind: 'message', payload: {} }];
  expect(fallenIn('open', closed)).toEqual({ state: 'closed', on_day: '2026-12-03' });
  expect(fallenIn('scheduled', closed)).toBeNull();
  expect(fallenIn('resolved', closed)).toBeNull();
  expect(fallenIn('open', [...closed, event('booked')])).toBeNull();
  expect(fallenIn('open', [...closed, event('called_off')])).toBeNull();
  // That money is owed again tells nothing of the visit.
  expect(fallenIn('open', [event('missed'), event('owed_again', null)])).toMatchObject({ state: 'missed' });
});

test.each(['en', 'es'] as const)('each is told in %s with its day and what to do', (locale) => {
  for (const state of fallenStates) {
    const said = tellFallen({ state, on_day: '2026-12-03' }, wordsFor(locale));
    expect(said).toMatch(
      locale === 'en' ? /December 3.*Choose another time\.$/ : /3 de diciembre.*Elija otra hora\.$/
    );
  }
});
