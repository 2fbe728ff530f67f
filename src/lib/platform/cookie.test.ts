import { expect, test } from 'vitest';
import { cookieIn } from './cookie.ts';

test.each([
  ['a=1; b=2', 'b', '2'],
  ['a=1;b=2', 'b', '2'],
  ['a=x%20y', 'a', 'x y'],
  ['a="quoted"', 'a', 'quoted'],
  ['a=1=2', 'a', '1=2'],
  ['ab=1', 'a', undefined],
  ['a=1; a=2', 'a', '1'],
  ['; ;=;a', 'a', undefined],
  [undefined, 'a', undefined]
])('of %s, the cookie %s is %s', (header, name, value) => expect(cookieIn(header, name)).toBe(value));

test('a cookie that cannot be decoded is read as it stands', () => {
  expect(cookieIn('a=%E0%A4%A; b=2', 'a')).toBe('%E0%A4%A');
  expect(cookieIn('a=%E0%A4%A; b=2', 'b')).toBe('2');
});
