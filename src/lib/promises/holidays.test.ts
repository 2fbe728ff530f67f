/** Public holidays, held to the published lists. */
import { expect, test } from 'vitest';
import { holidays } from './holidays.ts';

test('the federal holidays of 2026, with the Fourth of July kept on Friday and free on Saturday too', () => {
  expect([...holidays('US', 2026, 2026)].sort()).toEqual([
    ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-07-04'],
    ...['2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25', '2027-01-01']
  ]);
});

test("New Year's Day of 2028 is a Saturday, so it is kept in 2027", () => {
  expect(holidays('US', 2027, 2027)).toContain('2027-12-31');
});

test('the bank holidays of England and Wales, with Easter and a Christmas on a weekend', () => {
  expect([...holidays('UK', 2027, 2027)].sort()).toEqual([
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30'],
    ...['2027-12-27', '2027-12-28']
  ]);
});

test('the national holidays of India', () => {
  expect([...holidays('IN', 2026, 2026)]).toEqual(['2026-01-26', '2026-08-15', '2026-10-02']);
});
