/** Letters go when they are wanted: not at night, not about what was turned off, and at once when somebody comes today. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waysOf, whenToWrite, type LetterWishes } from './letter-kinds.ts';

const usual = {
  muted: [],
  texted: [],
  channel: 'email',
  textable: false,
  quiet_from: null,
  quiet_until: null
};
const nights: LetterWishes = {
  ...usual,
  ...{ muted: ['news'], quiet_from: '22:00:00', quiet_until: '07:00:00' }
};
const zone = 'America/New_York';
const at = (local: string) => new Date(Temporal.ZonedDateTime.from(`${local}[${zone}]`).epochMilliseconds);
const about = { kind: 'request' } as const;

test('whoever said nothing is written to at any hour', () => {
  expect(whenToWrite(null, about, at('2026-01-10T03:00'), zone)).toBe('now');
  expect(whenToWrite(usual, about, at('2026-01-10T03:00'), zone)).toBe('now');
});

test('what was turned off never comes, by day or by night', () => {
  for (const hour of ['03:00', '12:00'])
    expect(whenToWrite(nights, { kind: 'news' }, at(`2026-01-10T${hour}`), zone)).toBe('never');
});

test.each([
  ['2026-01-10T21:59', 'now'],
  ['2026-01-10T22:00', '2026-01-11T07:00'],
  ['2026-01-11T03:00', '2026-01-11T07:00'],
  ['2026-01-11T07:00', 'now']
])('at %s, a letter goes: %s', (moment, goes) => {
  expect(whenToWrite(nights, about, at(moment), zone)).toEqual(goes === 'now' ? 'now' : at(goes));
});

test('quiet hours within one day', () => {
  const noon = { ...nights, quiet_from: '12:00:00', quiet_until: '14:00:00' };
  expect(whenToWrite(noon, about, at('2026-01-10T13:00'), zone)).toEqual(at('2026-01-10T14:00'));
  expect(whenToWrite(noon, about, at('2026-01-10T23:00'), zone)).toBe('now');
});

test('a visit of the same day does not wait; one of another day does', () => {
  const night = at('2026-01-11T05:00');
  expect(whenToWrite(nights, { kind: 'appointment', day: '2026-01-11' }, night, zone)).toBe('now');
  expect(whenToWrite(nights, { kind: 'appointment', day: '2026-01-12' }, night, zone)).toEqual(
    at('2026-01-11T07:00')
  );
});

test('quiet hours that end at an hour the clocks leave out end all the same', () => {
  const until = { ...nights, quiet_until: '02:30:00' };
  expect(whenToWrite(until, about, at('2026-03-08T01:00'), zone)).toEqual(at('2026-03-08T03:30'));
});

test('a letter that waited goes when it is asked about again, and waits for less than a day', () => {
  const hour = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
  fc.assert(
    fc.property(
      hour,
      hour,
      fc.integer({ min: 0, max: 366 * 24 * 60 }),
      (quiet_from, quiet_until, minutes) => {
        fc.pre(quiet_from !== quiet_until);
        const now = new Date(at('2026-01-01T00:00').getTime() + minutes * 60_000);
        const wishes = { ...usual, quiet_from, quiet_until };
        const goes = whenToWrite(wishes, about, now, zone);
        if (!(goes instanceof Date)) return;
        expect(goes.getTime()).toBeGreaterThan(now.getTime());
        expect(goes.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(whenToWrite(wishes, about, goes, zone)).toBe('now');
      }
    )
  );
});

test.each([
  ['whoever said nothing', null, 'bill', { email: true, text: false }],
  ['both', { texted: ['bill'] }, 'bill', { email: true, text: true }],
  ['a text alone', { muted: ['bill'], texted: ['bill'] }, 'bill', { email: false, text: true }],
  ['neither', { muted: ['bill'] }, 'bill', { email: false, text: false }],
  ['what is wanted of another kind', { texted: ['bill'] }, 'request', { email: true, text: false }],
  [
    'a text alone, while none reaches them',
    { muted: ['bill'], texted: ['bill'], textable: false },
    'bill',
    { email: true, text: false }
  ],
  ['what always comes', { muted: ['bill'], texted: ['bill'] }, null, { email: true, text: false }],
  ['what always comes, to who would rather be texted', { channel: 'text' }, null, { email: true, text: true }]
] as const)('by which ways a letter goes: %s', (_who, said, kind, ways) => {
  expect(waysOf(said && { ...usual, textable: true, ...said }, { kind })).toEqual(ways);
});

test('who would rather be texted is asked by text, whatever else they chose', () => {
  const wishes = { ...usual, textable: true, channel: 'text' };
  expect(waysOf(wishes, { kind: 'request', asks: true })).toEqual({ email: true, text: true });
  expect(waysOf(wishes, { kind: 'request' })).toEqual({ email: true, text: false });
  expect(waysOf({ ...wishes, muted: ['request'] }, { kind: 'request', asks: true })).toEqual({
    email: false,
    text: true
  });
});

test('a text waits for the morning as an e-mail does, and what is wanted by text alone still comes', () => {
  const wishes = { ...nights, texted: ['news'], textable: true };
  expect(whenToWrite(wishes, { kind: 'news' }, at('2026-01-10T12:00'), zone)).toBe('now');
  expect(whenToWrite(wishes, { kind: 'news' }, at('2026-01-11T03:00'), zone)).toEqual(at('2026-01-11T07:00'));
});
