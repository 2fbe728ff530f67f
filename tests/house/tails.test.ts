/** An expression that looks everywhere for a repeated tail takes the square of its text: outside text is cut before. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

/** Where one stands all the same, and why its text is short. */
const short: Record<string, string> = {
  'src/lib/platform/filename.ts': 'cut to a thousand signs first',
  'src/lib/files/view.ts': 'the name of a kept file, which was cut when it came',
  'src/lib/requests/excerpt.ts': 'cut to the length of a line first',
  'src/lib/people/server/teams.ts': 'the name of a team, which an admin writes'
};

const literal = /(?<=[(,=:?&|!\s])\/(?![/*])((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/[a-z]*/g;
/** What is put together when the program runs. What stands for something else in it counts as a sign. */
const assembled = /new RegExp\(\s*(`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

const expressionsIn = (text: string) => [
  ...[...text.matchAll(literal)].map(([, source = '']) => source),
  ...[...text.matchAll(assembled)].map(([, source = '']) =>
    source
      .slice(1, -1)
      .replace(/\$\{[^}]*\}/g, 'x')
      .replaceAll('\\\\', '\\')
  )
];
const hasTail = (text: string) => expressionsIn(text).some((source) => alternatives(source).some(isTail));

const isTail = (alternative: string) => !alternative.startsWith('^') && /[^\\][+*]\)*\$$/.test(alternative);

function alternatives(source: string) {
  let plain = source.replace(/\[(?:[^\]\\]|\\.)*\]/g, '[]').replace(/\\[()|]/g, 'x');
  // A group that may end in a repetition is one itself.
  const asOne = (_: string, inside: string) =>
    inside.split('|').some((one) => /[^\\][+*]$/.test(one)) ? 'g+' : 'g';
  for (let before = ''; before !== plain; plain = plain.replace(/\(([^()]*)\)/g, asOne)) before = plain;
  return plain.split('|');
}

test('no expression looks everywhere for a repeated tail, but where the text is short', () => {
  const found = filesOf('{src,bin}/**/*.{ts,svelte}').filter((file) => hasTail(read(file)));
  expect(found.filter((file) => !(file in short))).toEqual([]);
  expect(Object.keys(short).filter((file) => !found.includes(file))).toEqual([]);
});

test('one is seen however it is written', () => {
  for (const seen of [
    "x.replace(/-+$/, '')",
    "new RegExp('-+$')",
    'new RegExp(`(${some}|\\\\s+)$`)',
    'new RegExp("a|b*$", "u")'
  ])
    expect([seen, hasTail(seen)]).toEqual([seen, true]);
  for (const fine of [
    "new RegExp('^-+$')",
    'new RegExp(`-{1,9}$`)',
    'new RegExp(`x\\\\+$`)',
    'new RegExp(given)'
  ])
    expect([fine, hasTail(fine)]).toEqual([fine, false]);
});
