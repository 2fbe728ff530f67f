/** A PDF is told by its bytes, never by its name. */
import { expect, test } from 'vitest';
import { mostBytes, wrongWithPaper } from './paper-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const end = bytes('…\nstartxref\n9\n%%EOF\n');

test('a whole PDF is taken', () => {
  expect(wrongWithPaper(9_000, bytes('%PDF-1.7\n%âã'), end)).toBeNull();
  expect(wrongWithPaper(9_000, bytes('\n\n%PDF-2.0'), end)).toBeNull();
});

test('what is empty, too large, something else or broken off is refused in words', () => {
  expect(wrongWithPaper(0, bytes(''), bytes(''))).toMatch('empty');
  expect(wrongWithPaper(mostBytes + 1, bytes('%PDF-1.7'), end)).toMatch('25 MB');
  expect(wrongWithPaper(99, bytes('<html>'), end)).toMatch('not a PDF');
  expect(wrongWithPaper(99, bytes('%PDF-1.7'), bytes('endobj'))).toMatch('in the middle');
});
