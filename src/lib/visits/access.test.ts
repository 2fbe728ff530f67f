/** Post codes are found in whatever an address is written with. */
import { expect, test } from 'vitest';
import { postcodesIn } from './access.ts';

test.each([
  ['12 Mill Lane, Millbrook 01001', ['01001']],
  ['１２ Mill Lane, ０１００１', ['01001']],
  ['12 Mill Lane, 01001\u20131234', ['01001-1234']],
  ['10 High St, sw1a\u00a01aa', ['SW1A 1AA']],
  ['MG Road, ५६०००१', ['560001']],
  ['Mill Lane', []]
])('%s', (text, found) => expect(postcodesIn(text)).toEqual(found));
