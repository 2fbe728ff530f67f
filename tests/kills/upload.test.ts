/** A web process is killed while a film is coming in: the film goes on where it was, and arrives as it was sent. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '#lib/platform/server/port.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { freshStorage, origin } from '../support/senders.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const actor = await make.aPerson();
const storage = freshStorage();
const port = await freePort();
let server: ChildProcess | null = null;
afterAll(() => server?.kill('SIGKILL'));

test('five kills during one upload cost nothing but time', async () => {
  const head = Buffer.from('\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom', 'latin1');
  const film = Buffer.concat([head, randomBytes(40_000_000)]);
  const killAt = [3, 9, 16, 24, 33].map((megabytes) => megabytes * 1_000_000);
  await start();

  const id = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(film, {
      endpoint: `http://127.0.0.1:${port}/uploads`,
      chunkSize: 2_000_000,
      headers: { origin },
      metadata: { name: 'film.mp4', type: 'video/mp4', form_key: randomUUID() },
      retryDelays: Array<number>(40).fill(250),
      onProgress(sent) {
        if (sent < (killAt[0] ?? Infinity)) return;
        killAt.shift();
        server?.kill('SIGKILL');
        void start();
      },
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      onError: reject
    });
    upload.start();
  });

  expect(killAt).toEqual([]);
  const rows = await make.sql('select * from attachment');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ id, state: 'received', size: film.length });
  expect(rows[0]?.['sha256']).toBe(createHash('sha256').update(film).digest('hex'));
  expect(await storage.size(id, 'original')).toBe(film.length);
  expect(await make.sql(`select 1 from outbox where job = 'attachments.process'`)).toHaveLength(1);
}, 120_000);

async function start() {
  const task = JSON.stringify({ url: urls.web, folder: storage.directory, port, origin, actor });
  const program = join(import.meta.dirname, '../support/upload-server.ts');
  const child = spawn(process.execPath, [program, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  server = child;
  await once(child.stdout, 'data');
}
