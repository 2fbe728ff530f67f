/** Windows to be called in: only what we can keep, on days when somebody works. */
import { expect, test } from 'vitest';
import type { Calendar } from '#lib/sla/calendar.ts';
import { numberOf, wantsCall, windowsFrom } from './call-back.ts';

const day = [{ from: '08:00', to: '18:00' }];
const calendar: Calendar = {
  zone: 'America/New_York',
  week: [day, day, day, day, day, [], []],
  holidays: new Set(['2026-11-26'])
};
const offered = (now: string) => windowsFrom(calendar, new Date(now)).map(({ id }) => id);

test('what is left of today, and the next working day', () => {
  expect(offered('2026-11-30T15:31:00-05:00')).toEqual([
    '2026-11-30T16:00',
    '2026-12-01T08:00',
    '2026-12-01T10:00',
    '2026-12-01T12:00',
    '2026-12-01T14:00',
    '2026-12-01T16:00'
  ]);
  expect(offered('2026-11-30T15:30:00-05:00')[0]).toBe('2026-11-30T14:00');
});

test('at night, on a Sunday and on a holiday the next days are offered', () => {
  expect(offered('2026-11-29T12:00:00-05:00')[0]).toBe('2026-11-30T08:00');
  expect(offered('2026-11-25T20:00:00-05:00')[0]).toBe('2026-11-27T08:00');
});

test('a window is two hours of the clock on the wall, also when the clocks change', () => {
  const [first] = windowsFrom(calendar, new Date('2026-11-01T12:00:00-05:00'));
  expect(first?.from.toISOString()).toBe('2026-11-02T13:00:00.000Z');
  expect(first?.to.toISOString()).toBe('2026-11-02T15:00:00.000Z');
});

test.each(['Please call me back', 'can you ring me?', 'Llámeme por favor', 'quiero que me llamen'])(
  '%s: wants a call',
  (text) => expect(wantsCall(text)).toBe(true)
);
test.each([
  ...['You called me yesterday', 'How do I call you?', 'recall notice'],
  ...[
    "Please don't call me",
    'do not call me back',
    'never call me',
    "I don't want you to call me",
    'no me llamen'
  ]
])('%s: does not', (text) => expect(wantsCall(text)).toBe(false));

test('a number is one, however it is written', () => {
  expect(numberOf('(207) 555-0134')).toBe(numberOf('207 555 0134'));
  expect(numberOf('+34 600 111 222 ext. 7')).toBe('+34600111222;ext=7');
});
