/** Text messages: how many parts they have, and that none has more than three. */
import { expect, test } from 'vitest';
import { asTextLine, fitted, mostParts, ownLink, partsOfText } from './texting.ts';

test.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['Señor, ¿ñ é ü?', 1],
  ['á'.repeat(70), 1],
  ['á'.repeat(71), 2],
  ['á'.repeat(135), 3]
])('%s has %i parts', (text, parts) => expect(partsOfText(text)).toBe(parts));

test('signs of printers do not double what a text costs', () => {
  expect(asTextLine('“It’s here” –\n now…')).toBe('"It\'s here" - now...');
});

test('what is too long is cut at a word, and the link stays whole', () => {
  const link = 'https://service.northgate.example/requests/7KQ4-M2XR';
  const text = fitted('Una solicitud más que larguísima '.repeat(30), link);
  expect(partsOfText(text)).toBeLessThanOrEqual(mostParts);
  expect(text).toMatch(/ \S+\.\.\. https:\S+7KQ4-M2XR$/);
  expect(fitted('Short.', link, 'Stop: x')).toBe(`Short. ${link} Stop: x`);
});

test('of a letter the first link of our own is taken, without the place on the page', () => {
  const letter =
    'See https://evil.example/x or:\n\nhttps://hearth.example/requests/7KQ4#new.\n\nhttps://hearth.example/b';
  expect(ownLink(letter, 'https://hearth.example')).toBe('https://hearth.example/requests/7KQ4');
  expect(ownLink('nothing', 'https://hearth.example')).toBeNull();
});
