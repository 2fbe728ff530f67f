/** A reading is believed, or doubted for a reason that can be told. */
import { expect, test } from 'vitest';
import { doubtOf, impliedBy, likelyMeant, readDigits, used } from './reading.ts';

const before = [
  { read_on: '2026-01-01', digits: '00100' },
  { read_on: '2026-02-01', digits: '00200' },
  { read_on: '2026-03-01', digits: '00300' }
];
const on = (read_on: string, digits: string) => ({ read_on, digits });

test.each([
  ['412', '00412'],
  ['00412', '00412'],
  [' 0 0 4 1 2 ', '00412'],
  ['000000412', '00412'],
  ['00.412', '00412'],
  ['４１２', '00412'],
  ['٤١٢', '00412'],
  ['\u202d00412\u202c', '00412']
])('%s on a register of five places is %s', (typed, digits) => {
  expect(readDigits(typed, 5)).toEqual({ digits });
});

test.each([
  ['', 'not_digits'],
  ['41x', 'not_digits'],
  ['-412', 'not_digits'],
  ['123456', 'too_long']
])('“%s” is refused: %s', (typed, problem) => {
  expect(readDigits(typed, 5)).toEqual({ problem });
});

test('the first reading of a meter is believed', () =>
  expect(doubtOf(on('2026-01-01', '54321'), [])).toBe(null));

test.each([
  ['2026-04-01', '00400', null],
  ['2026-04-01', '00290', 'lower'],
  ['2026-04-01', '04000', 'too_high'],
  ['2026-04-01', '99999', 'too_high'],
  ['2026-04-01', '00301', 'too_low'],
  ['2026-03-01', '00310', 'same_day'],
  ['2026-03-01', '00300', null]
])('on %s a register that says %s is judged: %s', (day, digits, doubt) => {
  expect(doubtOf(on(day, digits), before)).toBe(doubt);
});

test('a register that has gone past its end is believed', () => {
  const full = [on('2026-01-01', '99800'), on('2026-02-01', '99900')];
  expect(doubtOf(on('2026-03-01', '00010'), full)).toBe(null);
  expect(used(on('2026-02-01', '99900'), on('2026-03-01', '00010'))).toBe(110);
});

test('who slipped by one place is asked whether they meant the other', () => {
  expect(likelyMeant(on('2026-04-01', '04120'), before)).toBe('00412');
  expect(likelyMeant(on('2026-04-01', '00400'), before)).toBe(null);
});

test('what is more than the last reading is never called lower, and what is less is', () => {
  const far = [on('2026-01-01', '42410'), on('2026-02-01', '42510'), on('2026-03-01', '42610')];
  expect(doubtOf(on('2026-04-01', '99999'), far)).toBe('too_high');
  expect(doubtOf(on('2026-04-01', '42000'), far)).toBe('lower');
  const high = [on('2026-01-01', '89800'), on('2026-02-01', '89900'), on('2026-03-01', '90000')];
  expect(doubtOf(on('2026-04-01', '09000'), high)).toBe('lower');
});

test('a reading implies what was used since the last, and more than anybody uses is absurd', () => {
  const last = { read_on: '2026-03-01', digits: '00300' };
  expect(impliedBy(on('2026-04-01', '00900'), before)).toEqual({ last, used: 600, days: 31, absurd: false });
  expect(impliedBy(on('2026-04-01', '99999'), before)).toEqual({
    last,
    used: 99_699,
    days: 31,
    absurd: true
  });
  expect(impliedBy(on('2026-04-01', '00290'), before)).toMatchObject({ used: 99_990, absurd: true });
  expect(impliedBy(on('2026-04-01', '00290'), [])).toBe(null);
});

test('a reading that puts a high estimate right is judged by the one before it', () => {
  const estimated = [...before, { ...on('2026-04-01', '00600'), source: 'estimate' as const }];
  expect(doubtOf(on('2026-05-01', '00500'), estimated)).toBe(null);
  expect(doubtOf(on('2026-05-01', '00700'), estimated)).toBe(null);
  expect(doubtOf(on('2026-05-01', '00290'), estimated)).toBe('lower');
  expect(doubtOf(on('2026-05-01', '05000'), estimated)).toBe('too_high');
  expect(impliedBy(on('2026-05-01', '00500'), estimated)).toMatchObject({ used: 200, absurd: false });
  // What was read is never passed over, whatever was estimated after it.
  const first = [{ ...on('2026-04-01', '00600'), source: 'estimate' as const }];
  expect(doubtOf(on('2026-05-01', '00500'), first)).toBe('lower');
});
