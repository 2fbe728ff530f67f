/** What a spreadsheet opens is what we wrote, and nothing that runs. */
import { expect, test } from 'vitest';
import { writeCsv } from './csv.ts';

test('cells with commas, quotes and line breaks stay one cell', () => {
  expect(writeCsv([['a,b', 'say "hi"', 'two\nlines', 7, null]])).toBe(
    '\ufeff"a,b","say ""hi""","two\nlines",7,\r\n'
  );
});

test('moments are written for any zone', () => {
  expect(writeCsv([[new Date('2026-11-22T10:00:00-05:00')]])).toBe('\ufeff2026-11-22T15:00:00.000Z\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\n=1', '|calc', '＝1'])(
  '%j is text, not a formula',
  (evil) => {
    expect(writeCsv([[evil]]).slice(1)).toMatch(/^"?'/);
  }
);
