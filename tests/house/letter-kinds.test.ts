/** What customers can turn off is what something asks before it writes: a tick that nobody reads promises what is not so. */
import { expect, test } from 'vitest';
import { letterKinds } from '#lib/people/letter-kinds.ts';
import { filesOf, read } from './source.ts';

const senders = filesOf('src/lib/**/*.ts')
  .filter((file) => !file.startsWith('src/lib/people/'))
  .map(read)
  .filter((source) => /\b(?:waysNow|letterGoes|LetterAbout)\b/.test(source));

test.each(letterKinds)('some letter asks whether letters of the kind %s are wanted', (kind) => {
  expect(senders.some((source) => source.includes(`kind: '${kind}'`))).toBe(true);
});
