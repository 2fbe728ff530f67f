/** Every word of the product stands in every language, is used, and can be parsed with the same places. */
import { parse, type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, read, root } from './source.ts';

const folder = 'src/lib/platform/words';
const parts = readdirSync(join(root, folder, 'en')).map((file) => file.replace('.json', ''));
const messagesOf = (locale: string, part: string): Record<string, string> =>
  JSON.parse(read(`${folder}/${locale}/${part}.json`));

const sources = filesOf('{src,bin}/**/*.{ts,svelte}')
  .filter((file) => !file.startsWith(folder))
  .map(read)
  .join('\n');
/** `t(`part.begins_${…}`)` stands for every key that begins so. */
const begun = [...sources.matchAll(/`(\w+\.\w*)\$\{/g)].map(([, beginning = '']) => beginning);

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
