/** What strangers send in is read in a time that grows with its length, and not with the square of it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Every cleaner of outside text: module, and the call on `text`. */
const cleaners = [
  ['platform/filename.ts', 'cleanName(text)'],
  ['platform/filename.ts', "contentDisposition('inline', text)"],
  ['platform/cleaning.ts', 'clean(text)'],
  ['platform/way-back.ts', 'wayBack(text)'],
  ['platform/cookie.ts', "cookieIn(text, 'hearth.session_token')"],
  ['platform/language.ts', 'languageOf(undefined, undefined, text)'],
  ['platform/client-address.ts', 'clientAddress(text, text, true)'],
  ['platform/posted.ts', 'keyOf(text)'],
  ['platform/csv.ts', 'writeCsv([[text]])'],
  ['platform/cleaning.ts', 'oneLine(text)'],
  ['platform/cleaning.ts', 'isBlank(text)'],
  ['people/form.ts', 'tidyEmail(text)'],
  ['people/landing.ts', 'safePath(text)'],
  ['platform/reference.ts', 'readReference(text)'],
  ['requests/excerpt.ts', 'beginning(text, 80)']
] as const;

const hostile = [
  "' '",
  "'.'",
  "'/'",
  "'a.'",
  "'\\n'",
  "'%'",
  "'\\u202e'",
  "';'",
  "'-'",
  "'a@'",
  "','",
  "' x'",
  "'\"'",
  "'0'"
];

// A quadratic expression takes minutes for this; the child is killed long before, and the test says which it was.
test.each(cleaners)(
  '%s: %s reads 100 KB and more of anything',
  async (module, call) => {
    const name = /^\w+/.exec(call)?.[0] ?? '';
    const path = JSON.stringify(join(import.meta.dirname, '..', module));
    const script = `const { ${name} } = await import(${path});
    for (const piece of [${hostile.join(',')}]) for (const end of ['', '!', 'x']) {
      const text = piece.repeat(1_000_000 / piece.length) + end; ${call};
    }`;
    const run = promisify(execFile);
    await expect(
      run(process.execPath, ['--input-type=module', '-e', script], { timeout: 100_000, cwd: process.cwd() })
    ).resolves.toMatchObject({ stderr: '' });
  },
  120_000
);
