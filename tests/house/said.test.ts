/** Every word with places to fill is said with what fills them: types do not check that, and one forgotten breaks a page. */
import { parse as parseMessage } from '@formatjs/icu-messageformat-parser';
import { expect, test } from 'vitest';
import { catalogue, type WordKey } from '#lib/platform/words/catalogue.ts';
import { placesIn } from './places.ts';
import { sayingsIn, type Saying } from './sayings.ts';
import { filesOf } from './source.ts';

const keys = Object.keys(catalogue.en) as WordKey[];
const places = new Map(
  keys.map((key) => [key, placesIn(parseMessage(catalogue.en[key] ?? '', { ignoreTag: true }))])
);
const sayings = filesOf('src/**/*.{ts,svelte}')
  .filter((file) => !file.includes('/words/'))
  .flatMap((file) => sayingsIn(file, keys));

/** Whether all that a word has places for is given there. */
const fills = ({ given }: Saying, key: WordKey) =>
  given !== null && (places.get(key) ?? []).every((place) => given.includes(place));

/** A key that is begun only may be meant elsewhere alone: `orders.price_${unit}` says no `orders.price_from`. */
const meantElsewhere = (here: Saying, key: WordKey) =>
  sayings.some(
    (other) =>
      other.keys.includes(key) && (other.given === null || (other.said !== here.said && fills(other, key)))
  );

test('what is said is given all that it has places for', () => {
  const lacking = sayings.flatMap((here) => {
    if (here.given === null) return [];
    const open = here.keys.filter((key) => !fills(here, key) && !(here.begun && meantElsewhere(here, key)));
    return open.map((key) => `${here.at} ${key} has places for ${places.get(key)?.join(', ')}`);
  });
  expect(lacking).toEqual([]);
});

test('nothing is given that no word there has a place for', () => {
  const idle = sayings.flatMap(({ at, keys: said, given, alone }) =>
    (alone ? (given ?? []) : [])
      .filter((name) => !said.some((key) => places.get(key)?.includes(name)))
      .map((name) => `${at} ${name}`)
  );
  expect(idle).toEqual([]);
});

test('what is given can be read from the source, but for a few', () => {
  expect(sayings.length).toBeGreaterThan(3000);
  const unread = sayings.filter(({ given }) => given === null).map(({ at }) => at);
  expect(unread.length, unread.join('\n')).toBeLessThanOrEqual(24);
});
