/** The screen hears everything that comes in, keeps no text, and works when nothing else does. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { noteVerdict, screenText } from './screening.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

async function screenInbound(db: Db, texts: string[], channel: string) {
  const verdict = await screenText(texts.join('\n'));
  await noteVerdict(db, texts, channel, verdict);
  return verdict;
}

test('a verdict is written down with a digest, and without a word of the text', async () => {
  const verdict = await screenInbound(
    web.as(nobody),
    ['My name is Ada.', 'I smell gas in the kitchen'],
    'form'
  );
  expect(verdict).toMatchObject({ level: 'emergency', hazard: 'gas' });

  const rows = await sql('select level, hazard, channel, digest, why from screen_verdict');
  expect(rows).toMatchObject([{ level: 'emergency', hazard: 'gas', channel: 'form' }]);
  expect(JSON.stringify(rows)).not.toMatch(/Ada|kitchen/);
});

test('nothing typed is nothing to write down', async () => {
  const [before] = await sql<{ n: string }>('select count(*) as n from screen_verdict');
  expect(await screenInbound(web.as(nobody), ['', '  '], 'form')).toMatchObject({ level: 'clear' });
  expect(await sql('select count(*) as n from screen_verdict')).toEqual([before]);
});

test('a flood of harmless texts fills no table, and danger among them is written down', async () => {
  for (let many = 0; many < 1_010; many += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, nth) => screenInbound(web.as(nobody), [`bill ${many + nth}`], 'search'))
    );
  await screenInbound(web.as(nobody), ['I smell gas in the cellar'], 'search');
  // On a busy machine an answer does not wait for its verdict to be written.
  const written = () =>
    sql(
      `select level, count(*)::int as n from screen_verdict where channel = 'search' group by level order by n`
    );
  await expect.poll(written, { timeout: 20_000 }).toEqual([
    { level: 'emergency', n: 1 },
    { level: 'clear', n: 1_000 }
  ]);
});

test('with a database that is gone, or that takes a call and says nothing, the verdict is there in time', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  for (const url of [`postgres://x@127.0.0.1:1/x`, `postgres://x@127.0.0.1:${port}/x`]) {
    const gone = openDatabase(url, 'hearth_web');
    expect(await screenInbound(gone.as(nobody), ['there is a smell of gas'], 'form')).toMatchObject({
      level: 'emergency'
    });
    await gone.close();
  }
  // In time: long before whoever asks the silent one gives up.
  const waiting = openDatabase(`postgres://x@127.0.0.1:${port}/x`, 'hearth_web');
  const asked = waiting.as(nobody).selectFrom('screen_verdict').select('level').execute();
  const first = await Promise.race([
    asked.catch(() => 'gave up'),
    screenInbound(waiting.as(nobody), ['there is a smell of gas'], 'form')
  ]);
  expect(first).toMatchObject({ level: 'emergency' });
  await asked.catch(() => {});
  await waiting.close();
  silent.close();
});
