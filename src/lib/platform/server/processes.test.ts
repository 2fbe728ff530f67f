/** Processes that are kept running: ready when they say so, and given up with their own words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { keepRunning } from './processes.ts';

const folder = throwAwayFolder();
afterAll(() => folder.remove());

test('one that cannot begin is given up at once, in its own words, and is never ready', async () => {
  const onGivenUp = vi.fn<(sentence: string) => void>();
  const kept = run(`process.send({ givenUp: 'The port is taken.' }, () => process.exit(1))`, onGivenUp);
  let ready = false;
  void kept.ready.then(() => (ready = true));
  await vi.waitFor(() => expect(onGivenUp).toHaveBeenCalledWith('The port is taken.'), { timeout: 10_000 });
  expect(onGivenUp).toHaveBeenCalledTimes(1);
  expect(ready).toBe(false);
});

test('one that was ready, and finds its place taken when it comes back, goes on trying', async () => {
  const tries = join(folder.path, 'tries');
  writeFileSync(tries, '');
  const script = `
    const { appendFileSync, readFileSync } = await import('node:fs');
    const tries = ${JSON.stringify(tries)};
    const isFirst = readFileSync(tries, 'utf8') === '';
    appendFileSync(tries, '|');
    process.send(isFirst ? 'ready' : { givenUp: 'The port is taken.' }, () => process.exit(1));`;
  const onGivenUp = vi.fn<(sentence: string) => void>();
  const kept = run(script, onGivenUp);
  await kept.ready;
  await vi.waitFor(() => expect(readFileSync(tries, 'utf8')).toBe('||||'), { timeout: 20_000 });
  expect(onGivenUp).not.toHaveBeenCalled();
  await kept.stop();
});

function run(script: string, onGivenUp: (sentence: string) => void) {
  const file = join(folder.path, `${Math.random()}.mjs`);
  writeFileSync(file, script);
  return keepRunning('test', file, { env: process.env, stopWithin: 1000, onGivenUp });
}
