/** Messages are put together by us where they only have names to fill in, and by their grammar otherwise. */
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { localeOf, locales } from './language.ts';
import { wordsFor, type WordKey } from './words.ts';
import { catalogue } from './words/catalogue.ts';

test.each(locales)('every message in %s says what its grammar says', (locale) => {
  const say = wordsFor(locale);
  // The keys of the catalogue are those of the words.
  for (const [key, message] of Object.entries(catalogue[locale]) as [WordKey, string][]) {
    const places = [...message.matchAll(/\{(\w+)/g)].map(([, place]) => place ?? '');
    const values = Object.fromEntries(places.map((place, nth) => [place, nth + 7]));
    const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
    expect(say(key, values), key).toBe(String(format.format(values)));
  }
});

test('whoever chose no language of ours is spoken to in the first', () => {
  expect([localeOf('es'), localeOf('xx'), localeOf(null), localeOf(undefined)]).toEqual([
    'es',
    'en',
    'en',
    'en'
  ]);
});

test('a forgotten value is noticed and not left out', () => {
  expect(() => wordsFor('en')('letters.greeting')).toThrow('name');
});
