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
