/** A line can die without a word, and a browser has six for us: whatever a page asks is given up after a while. */
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from './source.ts';

const files = globSync(['src/lib/*/ui/**/*.ts', 'src/**/*.svelte']).filter(
  (file) => !file.endsWith('.test.ts') && /\bfetch\(/.test(read(file))
);

/** So many lines around the call may say until when it is waited for. */
const near = 8;

test.each(files)('%s waits for no answer for ever', (file) => {
  const lines = read(file).split('\n');
  const asks = lines.flatMap((line, at) => (/(?<!\w)(?:window\.)?fetch\((?!input)/.test(line) ? [at] : []));
  for (const at of asks)
    expect(lines.slice(Math.max(0, at - near), at + near).join('\n'), `${file}:${at + 1}`).toContain(
      'AbortSignal.timeout('
    );
});

test('there is something to hold to it', () => {
  expect(files.length).toBeGreaterThan(6);
});
