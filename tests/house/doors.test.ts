/** Every page lives behind one of the three doors; a page anywhere else would be shut to everybody. */
import { expect, test } from 'vitest';
import { mayEnter } from '../../src/lib/people/doors.ts';
import { nobody } from '../../src/lib/platform/actor.ts';
import { filesOf, read } from './source.ts';

const pages = filesOf('src/routes/**/{+page.svelte,+page.server.ts,+server.ts}');

test.each(pages)('%s has a door', (page) => {
  expect(['(open)', '(home)', '(desk)']).toContain(page.split('/')[2]);
});

test('a door that nobody has heard of stays shut', () => {
  expect(mayEnter('(cellar)', nobody)).toBe(false);
  expect(mayEnter('constructor', nobody)).toBe(false);
});

test.each(filesOf('src/routes/**/*.{ts,svelte}'))(
  '%s asks commands and queries, and writes no SQL',
  (file) => {
    expect(read(file)).not.toMatch(/\bsql`|\.(insertInto|updateTable|deleteFrom|selectFrom)\(/);
  }
);
