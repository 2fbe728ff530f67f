/** After signing in nobody is led to another website. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { homeOf, safePath, withNext } from './landing.ts';

test('a page of ours is where one goes on', () => {
  expect(safePath('/requests/new/leak?draft=1#photos')).toBe('/requests/new/leak?draft=1#photos');
  expect(withNext('/sign-in', '/requests?q=a&b')).toBe('/sign-in?next=%2Frequests%3Fq%3Da%26b');
  expect(withNext('/sign-in', null)).toBe('/sign-in');
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  ' /requests',
  '',
  null,
  undefined
])('%j is not a page of ours', (next) => expect(safePath(next)).toBeNull());

test('whatever is asked for, the browser stays on this site', () => {
  const tricky = fc.string({
    unit: fc.constantFrom('/', '\\', '.', ':', '@', '?', '#', '%', '\t', '\n', 'a', 'é')
  });
  fc.assert(
    fc.property(tricky, (next) => {
      const path = safePath(next);
      if (path) expect(new URL(path, 'https://hearth.example/sign-in').origin).toBe('https://hearth.example');
    })
  );
});

test('staff go to the desk, customers home', () => {
  expect(homeOf({ kind: 'person', id: '', role: 'agent', team: null })).toBe('/desk');
  expect(homeOf({ kind: 'person', id: '', role: 'customer', team: null })).toBe('/');
});
