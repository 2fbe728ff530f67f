import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { classifierOf } from '../intent/classifier.ts';
import { learnedOnce } from './kept-learning.ts';

const folder = throwAwayFolder();
afterAll(() => folder.remove());

const examples = [
  { text: 'how do I pay my bill', category: 'pay' },
  { text: 'pay by card', category: 'pay' },
  { text: 'send a meter reading', category: 'reading' },
  { text: 'read my meter', category: 'reading' }
];
const learn = (from = examples, place = folder.path) => learnedOnce(place, from);
const kept = () => readdirSync(folder.path).map((name) => join(folder.path, name));

test('what was learned is kept, and says the same when it is read again', async () => {
  const first = classifierOf(await learn());
  const [file, ...others] = kept();
  expect(others).toEqual([]);
  const before = readFileSync(file!);
  const again = classifierOf(await learn());
  expect(again.classify('I want to pay the meter')).toEqual(first.classify('I want to pay the meter'));
  expect(readFileSync(file!).equals(before)).toBe(true);
});

test('a torn file is learned anew, and other examples are kept beside it', async () => {
  const [file] = kept();
  writeFileSync(file!, 'torn');
  expect(classifierOf(await learn()).classify('pay by card')[0]?.category).toBe('pay');
  expect(readFileSync(file!).length).toBeGreaterThan(100);
  await learn([...examples, { text: 'I am moving', category: 'moving' }]);
  expect(kept()).toHaveLength(2);
});

test('nobody waits for a process that died over it, and a folder that cannot be written costs nobody an answer', async () => {
  const from = [...examples, { text: 'my request', category: 'request' }];
  await learn(from);
  const file = kept().find((name) => name.endsWith('.model') && readFileSync(name).includes('request'))!;
  writeFileSync(file, 'torn');
  // No process has this number.
  writeFileSync(`${file}.claim`, String(2 ** 30));
  expect((await learn(from)).categories).toContain('request');
  expect(existsSync(`${file}.claim`)).toBe(false);
  expect((await learn(examples, '/dev/null/nowhere')).categories).toEqual(['pay', 'reading']);
});
