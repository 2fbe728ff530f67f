/** Titles of requests: what somebody wrote, never only what kind it is. */
import { expect, test } from 'vitest';
import { saysMore, titleOf } from './title.ts';

test.each([
  ['Wrong name on my bill', 'Wrong name on my bill'],
  ['Is the office open on Saturday? I work all week.', 'Is the office open on Saturday?'],
  ['The estimate is 300 units too high. Photo attached.', 'The estimate is 300 units too high'],
  ['Hello. My boiler makes a noise at night', 'Hello. My boiler makes a noise at night'],
  ['  First line\nand a second', 'First line'],
  ['¿Puedo pagar una semana más tarde? Gracias.', '¿Puedo pagar una semana más tarde?'],
  [`${'word '.repeat(40)}.`, `${'word '.repeat(14).trim()}…`],
  ['', 'Ask something else'],
  [null, 'Ask something else']
])('%j is called %j', (written, title) => {
  expect(titleOf(written, 'Ask something else')).toBe(title);
});

test('a row does not say its title twice', () => {
  expect(saysMore('My bill is too high.', titleOf('My bill is too high.', ''))).toBe(false);
  expect(saysMore('My bill is too high. Photo attached.', 'My bill is too high')).toBe(true);
  expect(saysMore(null, 'My bill is too high')).toBe(false);
});
