/** Telephone numbers as people type them, and which of them can be texted. */
import { expect, test } from 'vitest';
import { textable } from './phone.ts';

test.each([
  ['(207) 555-0134', 'US', '+12075550134'],
  ['1 207 555 0134', 'US', '+12075550134'],
  ['+1 207-555-0134', 'US', '+12075550134'],
  ['07700 900123', 'UK', '+447700900123'],
  ['0044 7700 900123', 'UK', '+447700900123'],
  ['98765 43210', 'IN', '+919876543210'],
  ['+91 98765 43210', 'IN', '+919876543210']
] as const)('%s in %s is dialled as %s', (typed, where, number) => {
  expect(textable(typed, where)).toBe(number);
});

test.each([
  ['555 0134', 'US', 'too short'],
  ['900 555 0134', 'US', 'one that costs extra'],
  ['+44 7700 900123', 'US', 'of another country'],
  ['207 555 0134 ext. 12', 'US', 'an extension'],
  ['020 7946 0000', 'UK', 'no mobile'],
  ['07012 345678', 'UK', 'one that costs extra'],
  ['011 2345 6789', 'IN', 'no mobile'],
  ['call me', 'US', 'no number'],
  ['', 'US', 'nothing']
] as const)('%j in %s cannot be texted: %s', (typed, where, _why) => {
  expect(textable(typed, where)).toBeNull();
});
