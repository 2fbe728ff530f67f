/** An expression that looks everywhere for a repeated tail takes the square of its text: outside text is cut before. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

/** Where one stands all the same, and why its text is short. */
const short: Record<string, string> = {
  'src/lib/platform/filename.ts': 'cut to a thousand signs first',
  'src/lib/requests/excerpt.ts': 'cut to the length of a line first',
  'src/lib/people/server/teams.ts': 'the name of a team, which an admin writes'
};

const literal = /(?<=[(,=:?&|!\s])\/(?![/*])((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/[a-z]*/g;
const isTail = (alternative: string) => !alternative.startsWith('^') && /[^\\][+*]\)*\$$/.test(alternative);

function alternatives(source: string) {
  let plain = source.replace(/\[(?:[^\]\\]|\\.)*\]/g, '[]').replace(/\\[()|]/g, 'x');
  for (let before = ''; before !== plain; plain = plain.replace(/\([^()]*\)/g, 'g')) before = plain;
  return plain.split('|');
}

test('no expression looks everywhere for a repeated tail, but where the text is short', () => {
  const found = filesOf('{src,bin}/**/*.{ts,svelte}').filter((file) =>
    [...read(file).matchAll(literal)].some(([, source = '']) => alternatives(source).some(isTail))
  );
  expect(found.filter((file) => !(file in short))).toEqual([]);
  expect(Object.keys(short).filter((file) => !found.includes(file))).toEqual([]);
});
