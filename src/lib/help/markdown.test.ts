import { expect, test } from 'vitest';
import { htmlOf } from './markdown.ts';

const utility = { name: 'Hearth Gas', phone: '555-0100' };

test('says the utility’s own name and number, and leads to our own pages', () => {
  expect(htmlOf('Call {{utility}} on {{phone}} or [give a reading](/readings).', utility)).toBe(
    '<p>Call Hearth Gas on 555-0100 or <a href="/readings">give a reading</a>.</p>\n'
  );
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[press](javascript:alert(1))',
  '[press](//elsewhere.example/x)',
  '[press](https://elsewhere.example)',
  '![picture](https://elsewhere.example/spy.gif)',
  '[press](data:text/html,hello)',
  '[press](/\\elsewhere.example)'
])('nothing foreign passes: %s', (body) => {
  expect(htmlOf(body, utility)).not.toMatch(/<(script|img|a) /);
  expect(htmlOf(body, utility)).not.toContain('<script>');
});
