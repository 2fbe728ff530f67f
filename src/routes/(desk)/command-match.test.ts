import { expect, test } from 'vitest';
import { matching } from './command-match.ts';

const commands = ['Book a visit', 'Reply', 'Show all keys', 'All open', 'Añadir nota'].map((label) => ({
  label
}));
const found = (typed: string) => matching(commands, typed, 'en').map(({ label }) => label);

test('nothing typed shows everything, in its order', () => {
  expect(found('')).toEqual(commands.map(({ label }) => label));
});

test('beginnings of words are enough, and what begins the label comes first', () => {
  expect(found('all')).toEqual(['All open', 'Show all keys']);
  expect(found('vis boo')).toEqual(['Book a visit']);
});

test('accents and capitals need not be typed', () => {
  expect(found('anadir')).toEqual(['Añadir nota']);
});

test('the middle of a word is not meant', () => {
  expect(found('eply')).toEqual([]);
});
