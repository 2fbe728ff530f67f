/** What has changed is seen line by line. */
import { expect, test } from 'vitest';
import { difference } from './difference.ts';

const plainly = (before: string, after: string) =>
  difference(before, after).map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+' }[kind]}${text}`);

test.each([
  ['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
  ['a', 'a\nb', [' a', '+b']],
  ['a\nb', 'x\nb', ['-a', '+x', ' b']],
  ['', 'a', ['+a']],
  ['a', 'a', [' a']]
])('%j to %j', (before, after, lines) => expect(plainly(before, after)).toEqual(lines));
