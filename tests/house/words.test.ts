/** Every word of the product stands in every language, is used, and can be parsed with the same places. */
import { parse, type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gathered } from '../../bin/words.ts';
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

test('no part is said by two modules', () => {
  expect(parts.filter((part, nth) => parts.indexOf(part) !== nth)).toEqual([]);
});

test('the catalogue holds the words of every module, as `npm run words` gathers them', () => {
  expect(read('src/lib/platform/words/catalogue.ts')).toBe(gathered());
});

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
      .filter((key) => !sources.includes(`'${key}'`) && !sources.includes(`"${key}"`))
      .filter((key) => !begun.some((beginning) => key.startsWith(beginning)));
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

function placesOf(message: string) {
  return [...new Set(places(parse(message, { ignoreTag: true })))].sort();
}

function places(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => places(value))];
    }
    return 'value' in element ? [element.value] : [];
  });
}
