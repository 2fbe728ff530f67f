/** Data folders are named by people: a comma, a quote or a space in a name is no reason not to start. */
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { refuseUnusableDataDir } from '#lib/platform/server/data-dir.ts';
import { runEmbedded } from './supervisor.ts';

const folder = throwAwayFolder();

test('Hearth starts in a folder with a comma, quotes and a space', async () => {
  onTestFinished(() => folder.remove());
  const dataDir = join(folder.path, `data, "it's"`);
  const embedded = await runEmbedded(dataDir);
  onTestFinished(() => embedded.stop());
  const client = new pg.Client({ connectionString: embedded.urls.owner });
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test('one with a line break in its name is refused with a sentence', () => {
  const dataDir = join(folder.path, 'two\nlines');
  expect(() => refuseUnusableDataDir(dataDir)).toThrow('set DATA_DIR to a folder without line breaks');
});
