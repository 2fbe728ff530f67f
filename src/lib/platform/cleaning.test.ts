/** What is taken away from text that comes in, and what has to stay. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, isBlank, lengthOf, oneLine, plain } from './cleaning.ts';

test.each([
  ['direction marks', '\u202d+1 (555)\u202c \u2068x\u2069 \u200e\u200f\u061c', '+1 (555) x '],
  ['marks without a width', 'in\u200bvis\u00adi\ufeffble\u2060', 'invisible'],
  ['control characters', 'Ada\u0007\u001b[31m Bell', 'Ada[31m Bell'],
  ['look-alike spaces', '12\u00a0000\u202f\u2009\u3000kWh', '12 000   kWh'],
  [
    'other ends of lines',
    'one\r\ntwo\rthree\u2028four\u0085five\u000bsix',
    'one\ntwo\nthree\nfour\nfive\nsix'
  ],
  ['letters in pieces', 'Jose\u0301', 'José'],
  ['halves of letters', 'a\ud800b', 'a\ufffdb'],
  ['joiners that join nothing', 'g\u200da\u200cs \u200d', 'gas ']
])('%s', (_what, text, cleaned) => expect(clean(text)).toBe(cleaned));

test.each([
  'Zähler & “quotes” — and a dash…',
  '👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽',
  'क्‍ष का नाम',
  'می‌خواهم',
  '½ inch, 20 m², 5′',
  'a\tb\n\nc'
])('what can be seen stays: %s', (text) => expect(clean(text)).toBe(text));

test.each([
  ['555\u2013010\u20130199', '555-010-0199'],
  ['O\u2019Brien, O´Brien, O`Brien', "O'Brien, O'Brien, O'Brien"],
  ['１２３ Ａｄａ', '123 Ada'],
  ['٤١٢ ०४१२ ৪১২ 𝟒𝟏𝟐', '412 0412 412 412'],
  ['12½ Mill Lane', '12½ Mill Lane']
])('what is counted or looked up is written plainly: %s', (text, written) =>
  expect(plain(text)).toBe(written)
);

test('a letter under a hundred thousand marks is cleaned like any other text', () => {
  const heap = `a${'\u0315\u0300'.repeat(50_000)}`;
  expect(clean(heap).length).toBeLessThan(40);
  expect(plain(heap)).toBe(clean(heap));
  expect(isBlank(heap)).toBe(false);
});

test('a length is what people count', () => {
  expect([lengthOf('👍🏽'.slice(0, 2)), lengthOf('😀😀😀'), lengthOf('José')]).toEqual([1, 3, 4]);
});

test('a name is on one line', () => expect(oneLine('  Ada \n\t \u00a0 Bell\u2028')).toBe('Ada Bell'));

test.each(['', ' ', '\u200b\u200d', '\u3164', '\u0301', '\u2800', '\ufe0f\n\t', '\u202e'])(
  'nothing can be seen of %j',
  (text) => expect(isBlank(text)).toBe(true)
);
test.each(['.', '👍', 'क', '０'])('something can be seen of %s', (text) => expect(isBlank(text)).toBe(false));

test('what is clean stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(clean(clean(text))).toBe(clean(text));
      expect(plain(plain(text))).toBe(plain(text));
    })
  );
});
