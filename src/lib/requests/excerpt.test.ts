/** The beginning of a text, as lists show it. */
import { expect, test } from 'vitest';
import { beginning } from './excerpt.ts';

test.each([
  ['short enough', 12, 'short enough'],
  ['We are a family of five. Please come', 26, 'We are a family of five…'],
  ['We are a family of five', 13, 'We are a…'],
  ['Donaudampfschifffahrtsgesellschaft', 10, 'Donaudamp…'],
  ['I Donaudampfschifffahrtsgesellschaft', 10, 'I Donauda…']
])('of %j, at most %i characters are %j', (text, most, expected) => {
  expect(beginning(text, most)).toBe(expected);
  expect(expected.length).toBeLessThanOrEqual(most);
});
