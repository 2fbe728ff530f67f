/** Whoever writes of danger is answered in the language they wrote in. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { spokenIn } from './spoken.ts';

test.each([
  ['I smell gas in the kitchen', 'en'],
  ['there is a hissing noise from the meter', 'en'],
  ['huele a gas en la cocina', 'es'],
  ['hay una fuga de gas en mi casa', 'es'],
  ['ça sent le gaz dans la cuisine', 'fr'],
  ['il y a une fuite de gaz chez moi', 'fr'],
  ['रसोई में गैस की गंध आ रही है', 'hi'],
  ['rasoi mein gas ki smell aa rahi hai', 'hi'],
  ['My bill is too high. गैस की गंध आ रही है, बच्चे घर में हैं', 'hi']
])('"%s" is %s', (text, language) => expect(spokenIn(text)).toBe(language));

test.each(['', '!!!', '555 0101', 'gas'])('"%s" tells no language', (text) =>
  expect(spokenIn(text)).toBeNull()
);

test('nine in ten calls for help that it was not made for are told right, and few are told wrong', () => {
  const phrases = readFileSync(new URL('./held-out.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const told = phrases
    .map((line) => line.split('\t'))
    .filter(([, label]) => label === 'emergency')
    .map(([, , lang = '', , text = '']) => ({ right: lang.slice(0, 2), told: spokenIn(text) }));
  expect(told.filter(({ right, told }) => right === told).length / told.length).toBeGreaterThan(0.9);
  expect(told.filter(({ right, told }) => told && right !== told).length / told.length).toBeLessThan(0.05);
});
