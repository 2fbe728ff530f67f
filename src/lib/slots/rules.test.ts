/** Notice and cut-offs, also on the days when the clocks change. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { cutOffValues, isBefore, offeredSpan, slotRules } from './rules.ts';

const zone = 'America/New_York';

test('a cut-off is a local moment, in summer and in winter', () => {
  const cutOff = { days: 1, at: '16:00' };
  for (const [on_day, last] of [
    ['2026-07-10', '2026-07-09T20:00:00Z'],
    ['2026-12-10', '2026-12-09T21:00:00Z'],
    // The clocks go forward in the night between.
    ['2026-03-08', '2026-03-07T21:00:00Z'],
    ['2026-03-09', '2026-03-08T20:00:00Z']
  ] as const) {
    const at = new Date(last);
    expect(isBefore(cutOff, { on_day, zone }, new Date(at.getTime() - 1))).toBe(true);
    expect(isBefore(cutOff, { on_day, zone }, at)).toBe(false);
  }
});

test('nothing is offered sooner than the notice, or further ahead than planned', () => {
  const now = new Date('2026-11-29T12:00:00Z');
  const { after, before } = offeredSpan({ ...slotRules.visit, notice: 18, ahead: 2 }, now);
  expect([after.toISOString(), before.toISOString()]).toEqual([
    '2026-11-30T06:00:00.000Z',
    '2026-12-01T12:00:00.000Z'
  ]);
});

test('a refusal says the hour as its reader writes it', () => {
  const said = (locale: 'en' | 'es', days: number, at: string) =>
    wordsFor(locale)('visits.too_late_to_move', cutOffValues({ days, at }));
  expect(said('en', 1, '16:00')).toMatch(/until 4:00\sPM the day before/);
  expect(said('es', 2, '16:00')).toContain('hasta las 16:00, 2 días antes');
  expect(said('en', 0, '00:00')).toContain('until midnight the night before');
});
