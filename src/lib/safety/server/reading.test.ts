/** Long texts are read on a thread of their own, and whatever becomes of it something safe is said. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { mostAtOnce, openReader, type Reader } from './reading.ts';
import { glanceAt, readHere } from './reading-here.ts';

const folder = throwAwayFolder();
const open: Reader[] = [];
afterEach(() => Promise.all(open.splice(0).map((reader) => reader.close())));
afterAll(() => folder.remove());

const harmless = 'Please change my billing date to the fifth of the month. '.repeat(60);
const danger = 'I smell gas in the kitchen.';
const inTheMiddle = `${harmless}${danger} ${harmless}`;

test('what the thread says is what is said here', async () => {
  const reader = opened({ patience: 60_000 });
  for (const text of [harmless, inTheMiddle, `${danger} ${harmless}`, 'hiss '.repeat(500)])
    expect(await reader.read(text)).toEqual(readHere(text));
});

test('a long text is read on the thread, a short one here', async () => {
  const program = aProgram(`({ id }) => parentPort.postMessage({ id, reading: 'by the thread' })`);
  const reader = opened({ program });
  expect(await reader.read('x'.repeat(mostAtOnce + 1))).toBe('by the thread');
  expect(await reader.read(danger)).toEqual(readHere(danger));
});

test.each([
  ['dies', aProgram('() => process.exit(1)'), {}],
  ['throws', aProgram(`() => { throw new Error('broken'); }`), {}],
  ['is not there', join(folder.path, 'none.mjs'), {}],
  ['hangs', aProgram('() => { for (;;); }'), { patience: 100 }],
  ['says nothing', aProgram('() => {}'), { patience: 100 }]
])(
  'where the thread %s, outright danger is heard and of the rest a person is asked',
  async (_, program, how) => {
    const reader = opened({ program, ...how });
    const readings = [`${danger} ${harmless}`, `${harmless} ${danger}`, inTheMiddle, harmless].map((text) =>
      reader.read(text)
    );
    const levels = (await Promise.all(readings)).map(({ level }) => level);
    expect(levels).toEqual(['emergency', 'emergency', 'possible', 'possible']);
    expect((await reader.read(harmless)).level).toBe('possible');
  }
);

test('after it has died, the next text is read by a new one', async () => {
  const program = aProgram(
    `({ id, text }) => text.startsWith('die') ? process.exit(1) : parentPort.postMessage({ id, reading: 'alive' })`
  );
  const reader = opened({ program });
  expect(await reader.read(`die ${harmless}`)).toEqual(glanceAt(`die ${harmless}`));
  expect(await reader.read(harmless)).toBe('alive');
});

test('a flood of long texts waits in no endless line', async () => {
  const reader = opened({ program: aProgram('() => {}'), patience: 200, mostWaiting: 2 });
  const waiting = [reader.read(harmless), reader.read(harmless)];
  expect(await reader.read(`${danger} ${harmless}`)).toMatchObject({ level: 'emergency' });
  await Promise.all(waiting);
});

function opened(how: Parameters<typeof openReader>[0]) {
  const reader = openReader(how);
  open.push(reader);
  return reader;
}

function aProgram(answer: string) {
  const file = join(folder.path, `${Math.random()}.mjs`);
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ${answer});\n`
  );
  return file;
}
