/** Days on which nobody works: public holidays, held to the published lists, and what a utility adds or works on. */
import { expect, test } from 'vitest';
import { closedBetween, closedDays } from './holidays.ts';

const region = (name: string) => ({ region: name, also: [], not: [] });
const of = (name: string, year: number) => closedBetween(region(name), year, year);

test('the federal holidays of 2026, with the Fourth of July kept on Friday and free on Saturday too', () => {
  expect(of('US', 2026)).toEqual([
    ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-07-04'],
    ...['2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25']
  ]);
});

test("New Year's Day of 2028 is a Saturday, so it is kept in 2027", () => {
  expect(of('US', 2027)).toContain('2027-12-31');
});

test('a Boxing Day on a Saturday is free, and made up for on the Monday', () => {
  expect(of('GB-ENG', 2026).slice(-3)).toEqual(['2026-12-25', '2026-12-26', '2026-12-28']);
});

test('the bank holidays of England and Wales, with Easter, and a whole Christmas on a weekend', () => {
  expect(of('GB-ENG', 2027)).toEqual([
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30'],
    ...['2027-12-25', '2027-12-26', '2027-12-27', '2027-12-28']
  ]);
});

test('Scotland keeps days of its own', () => {
  expect(of('GB-SCT', 2026)).toContain('2026-01-02');
  expect(of('GB-SCT', 2026)).not.toContain('2026-04-06');
});

test('India has more than its three national holidays, and its states have more', () => {
  expect(of('IN', 2026)).toEqual(
    expect.arrayContaining(['2026-01-26', '2026-08-15', '2026-10-02', '2026-12-25'])
  );
  expect(of('IN', 2026).length).toBeGreaterThan(3);
  expect(of('IN-MH', 2026)).toContain('2026-05-01');
});

test('a utility closes on days of its own, every year or once, and works on others', () => {
  const own = { region: 'US', also: ['12-24', '2026-05-15'], not: ['10-12', '2026-11-11'] };
  const days = closedDays(own);
  expect(['2026-12-24', '2029-12-24', '2026-05-15', '2026-07-03'].every((day) => days.has(day))).toBe(true);
  expect(['2026-10-12', '2026-11-11', '2027-05-15'].some((day) => days.has(day))).toBe(false);
  expect(days.has('2027-11-11')).toBe(true);
});
