/** A form can only send people back to a place of ours. */
import { expect, test } from 'vitest';
import { wayBack } from './way-back.ts';

test.each(['/', '/requests?page=2', '/requests/new/meter-read#date', '/a//b'])(
  '%s is a place of ours',
  (path) => {
    expect(wayBack(path)).toBe(path);
  }
);

test.each([
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '\\/elsewhere.example',
  'javascript:alert(1)',
  'requests',
  '',
  null,
  undefined,
  7
])('%j leads home', (path) => {
  expect(wayBack(path)).toBe('/');
});

test('what no header can bear is written as addresses write it', () => {
  expect(wayBack('/requests?q=東京')).toBe('/requests?q=%E6%9D%B1%E4%BA%AC');
  expect(wayBack('/./')).toBe('/');
  expect(wayBack(`/${'a'.repeat(100_000)}`)).toBe('/');
});
