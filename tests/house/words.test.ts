/** Every word of the product stands in every language, is used, and can be parsed with the same places. */
import { parse } from '@formatjs/icu-messageformat-parser';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gathered } from '../../bin/words.ts';
import { placesIn } from './places.ts';
import { filesOf, read } from './source.ts';

const words = filesOf('src/lib/*/words/*/*.json');
const parts = words.filter((file) => file.includes('/en/')).map((file) => basename(file, '.json'));
const messagesOf = (locale: string, part: string): Record<string, string> =>
  JSON.parse(read(words.find((file) => file.endsWith(`/${locale}/${part}.json`)) ?? ''));

const sources = filesOf('{src,bin}/**/*.{ts,svelte}')
  .filter((file) => !file.includes('/words/'))
  .map(read)
  .join('\n');
/** `t(`part.begins_${…}`)` stands for every key that begins so. */
const begun = [...sources.matchAll(/`(\w+\.\w*)\$\{/g)].map(([, beginning = '']) => beginning);

const begunAlone = [...sources.matchAll(/`(\w+_)\$\{/g)].map(([, beginning = '']) => beginning);

/** Keys that stand somewhere as they are. */
const written = new Set([...sources.matchAll(/['"](\w+\.\w+)['"]/g)].map(([, key = '']) => key));
const quoted = new Set([...sources.matchAll(/'(\w+)'/g)].map(([, name = '']) => name));
const tails = new Set([...sources.matchAll(/`\w+\.\$\{[^`]*\}(\w*)`/g)].map(([, tail = '']) => tail));

/** Where the part alone is written (`dunning.${…}`), the name stands somewhere by itself, or what it begins with. */
function isMeant(key: string, beginning: string) {
  if (!beginning.endsWith('.')) return true;
  const name = key.slice(beginning.length);
  const stems = [...tails]
    .filter((tail) => name.endsWith(tail))
    .map((tail) => name.slice(0, name.length - tail.length));
  return stems.some((stem) => quoted.has(stem)) || begunAlone.some((start) => name.startsWith(start));
}

test('no part is said by two modules', () => {
  expect(parts.filter((part, nth) => parts.indexOf(part) !== nth)).toEqual([]);
});

test.each(['en', 'es'])(
  'the words of every module are there in %s, as `npm run words` gathers them',
  (locale) => {
    expect(read(`src/lib/platform/words/${locale}.ts`)).toBe(gathered(locale));
  }
);

describe.each(parts)('%s', (part) => {
  const english = messagesOf('en', part);
  const spanish = messagesOf('es', part);

  test('says the same things in Spanish as in English', () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  });

  test('leaves the same places to be filled', () => {
    for (const key of Object.keys(english)) {
      expect(placesOf(spanish[key] ?? ''), `${part}.${key}`).toEqual(placesOf(english[key] ?? ''));
    }
  });

  test('holds nothing that is not said anywhere', () => {
    const unused = Object.keys(english)
      .map((key) => `${part}.${key}`)
      .filter((key) => !written.has(key))
      .filter((key) => !begun.some((beginning) => key.startsWith(beginning) && isMeant(key, beginning)));
    expect(unused).toEqual([]);
  });
});

test('nothing is said that no catalogue holds', () => {
  const known = new Set(
    parts.flatMap((part) => Object.keys(messagesOf('en', part)).map((key) => `${part}.${key}`))
  );
  const said = [...sources.matchAll(/\bt\(\s*'([a-z_]+\.[a-z0-9_]+)'/g)].map(([, key = '']) => key);
  expect(said.filter((key) => !known.has(key))).toEqual([]);
});

const placesOf = (message: string) => placesIn(parse(message, { ignoreTag: true }));
