/** Cells are taken as they are meant, or refused in words. */
import { expect, test } from 'vitest';
import { date, money, rate, unfit, words, Wrong } from './cells.ts';
import { kindOf } from './kinds.ts';
import { delimiterOf, readerFor } from './rows.ts';

const refused = (value: unknown) => value instanceof Wrong;

test('only days that the calendar has are taken', () => {
  expect(date('2024-02-29', '')).toBe('2024-02-29');
  for (const day of ['2026-02-29', '2026-02-30', '2026-13-01', '28.11.2026', '0000-01-01', '2026-1-1'])
    expect(date(day, ''), day).toSatisfy(refused);
});

test('amounts are plain decimals of the currency, to its last coin', () => {
  expect(money('-12.50', 'USD')).toBe('-1250');
  expect(money('12', 'JPY')).toBe('12');
  expect(money('0.1', 'KWD')).toBe('100');
  for (const [amount, currency] of [
    ['12.505', 'USD'],
    ['1,250.00', 'USD'],
    ['1e3', 'USD'],
    ['12.5', 'JPY'],
    ['12.50', 'XQQ']
  ] as const)
    expect(money(amount, currency), amount).toSatisfy(refused);
});

test('a price may be a fraction of the smallest coin', () => {
  expect(rate('0.0356', 'USD')).toBe('003.56');
  expect(rate('7', 'JPY')).toBe('7.0');
  expect(rate('-1.5', 'USD')).toBe('-150.0');
  expect(rate('0.123456789', 'USD')).toSatisfy(refused);
});

test('what a spreadsheet would run is refused, and taken as text behind an apostrophe', () => {
  for (const text of ['=1+1', '+44', '-2', '@SUM(A1)', '|cmd', '\u00a0=1', '＝1'])
    expect(words(40)(text, ''), text).toSatisfy(refused);
  expect(words(40)("'=1+1", '')).toBe('=1+1');
  expect(words(40)("O'Neill", '')).toBe("O'Neill");
});

test('what is not UTF-8, and what cannot be seen, is refused anywhere', () => {
  expect(unfit('Mu\ufffdoz')?.reason).toMatch('UTF-8');
  for (const sign of ['\u0000', '\u0085', '\u2028', '\u009b'])
    expect(unfit(`a${sign}b`)?.reason).toMatch('control');
  expect(unfit('Muñoz')).toBeNull();
});

test('what cannot be seen does not come in: marks that turn or hide letters, and spaces of other widths', () => {
  const read = readerFor('premises', ['reference', 'account', 'line', 'town', 'postcode']);
  const cells = (line: string) =>
    typeof read === 'function' ? read(['R1', '40010001', line, 'Mu\u0303ller', '01\u200b001'], 2) : [];
  expect(cells('12\u202e Mill\u00a0Lane\u2069')).toEqual([
    'R1',
    '40010001',
    '12 Mill Lane',
    'M\u0169ller',
    '01001'
  ]);
  expect(cells(' \u200b')).toMatchObject([{ column: 'line', reason: 'Must not be empty.' }]);
  expect(cells('\u200b=1+1')).toMatchObject([{ column: 'line', reason: expect.stringContaining('formula') }]);
});

test('a file is known by its name, its delimiter by its header', () => {
  expect(kindOf('in/Bill-Lines.CSV')).toBe('bill-lines');
  expect(kindOf('other.csv')).toBeNull();
  expect(delimiterOf('number;holder')).toBe(';');
  expect(delimiterOf('number,holder')).toBe(',');
});

test('columns may stand in any order, but none may be missing, doubled or unknown', () => {
  const read = readerFor('accounts', ['Holder', ' number ']);
  expect(typeof read === 'function' && read(['Ada Brook', '40010001'], 2)).toEqual(['40010001', 'Ada Brook']);
  expect(readerFor('accounts', ['number', 'number', 'name'])).toEqual({
    reasons: [
      'The column “holder” is missing.',
      'The column “number” stands there twice.',
      'No column is called “name”.'
    ]
  });
});
