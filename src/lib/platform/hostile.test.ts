/** What strangers send in is read in a time that grows with its length, and not with the square of it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cleaners } from '../../../tests/support/cleaners.ts';

const hostile = [
  ...[
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
  ],
  ...[
    "'\\u0301'",
    "'<!--'",
    "'<p '",
    "'&amp'",
    "'a  '",
    "'\\u0967'",
    "'https://'",
    "'Version/1 '",
    "'\\uff11'"
  ]
];

/** In milliseconds: what grows with the length takes a tenth of it, even on a machine that does much else. */
const longest = 5000;

// A quadratic expression takes minutes for this; the child is killed long before, and what it wrote says which it was.
test.each(Object.entries(cleaners))(
  '%s reads 250 KB of anything',
  async (module, calls) => {
    const names = [...new Set(calls.map((call) => /^\w+/.exec(call)?.[0] ?? ''))];
    const path = JSON.stringify(join(import.meta.dirname, '..', module));
    const trials = calls.map((call) => `tried(() => ${call});`).join('\n');
    const script = `const tried = (read) => {
      console.log(String(read));
      const began = performance.now();
      read();
      if (performance.now() - began > ${longest}) throw new Error('it took too long');
    };
    const { ${names.join(', ')} } = await import(${path});
    for (const piece of [${hostile.join(',')}]) for (const end of ['', '!', 'x']) {
      console.log(JSON.stringify(piece));
      const text = piece.repeat(250_000 / piece.length) + end;
      ${trials}
    }`;
    const run = promisify(execFile);
    const ending = run(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 100_000,
      cwd: process.cwd()
    });
    const told = await ending.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => ({
      stdout,
      stderr: `${stderr} it hung or broke at ${stdout.slice(-200)}`
    }));
    expect(told.stderr).toBe('');
  },
  120_000
);
