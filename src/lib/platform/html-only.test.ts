/** What is marked as drawn only is passed over when a page's facts are written out for scripts. */
import { expect, test } from 'vitest';
import { transport } from '../../hooks.ts';
import { htmlOnly } from './html-only.ts';

test('marked facts stay as they are, and are not written out', () => {
  const facts = { rows: [1, 2, 3] };
  expect(htmlOnly(facts)).toBe(facts);
  expect(transport['htmlOnly']?.encode(facts)).toBe(true);
});

test('everything else is', () => {
  for (const other of [{ rows: [1, 2, 3] }, null, undefined, 'words', 7]) {
    expect(transport['htmlOnly']?.encode(other)).toBe(false);
  }
});
