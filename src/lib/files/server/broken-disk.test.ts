/** The disk of the files is full, broken, read-only or gone: words pass, the file is refused with a sentence. */
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { brokenDisks } from '../../../../tests/support/broken-disk.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { freshStorage, origin, serve } from '../../../../tests/support/senders.ts';
import { idIn, uploader } from '../../../../tests/support/uploader.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { unpackMultipart } from './multipart.ts';
import { uploadsEndpoint } from './uploads.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await make.aPerson();
const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a3b' } })
  .jpeg()
  .toBuffer();
/** More than any buffer on the way holds. */
const film = Buffer.concat([photo, randomBytes(3_000_000)]);
const healthy = freshStorage();
const sentence = /We could not keep this file just now\. You can send the form without it/;

describe.each(Object.entries(brokenDisks))('with a disk that is %s', (_how, breaking) => {
  const disk = breaking(healthy);

  test('the words of a form with files pass whole, and every file is named with the reason', async () => {
    const pages = await serve(database, { ada }, async (req, res, sender) => {
      const pieces = [];
      for await (const piece of await unpackMultipart(req, disk, sender)) pieces.push(piece);
      res.end(Buffer.concat(pieces));
    });
    const key = randomUUID();
    const form = new FormData();
    form.append('key', key);
    form.append('before', 'I smell gas');
    for (const name of ['a.jpg', 'b.jpg'])
      form.append('file', new Blob([new Uint8Array(film)], { type: 'image/jpeg' }), name);
    form.append('after', 'and so does my neighbour');

    const answer = await fetch(`${pages}/requests/new/METER`, {
      method: 'POST',
      headers: { 'x-sender': 'ada', origin },
      body: form
    });
    expect(answer.status).toBe(200);
    const seen = new URLSearchParams(await answer.text());
    expect([seen.get('before'), seen.get('after')]).toEqual(['I smell gas', 'and so does my neighbour']);
    expect(seen.getAll('attachment')).toEqual([]);
    const [first, second] = seen.getAll('attachment_problem');
    expect(first).toMatch(/^a\.jpg: /);
    expect(first).toMatch(sentence);
    expect(second).toMatch(/^b\.jpg: /);
    // Nothing waits to be sent that is not there.
    const rows = await make.sql(`select state from attachment where form_key = $1`, [key]);
    expect(rows.filter(({ state }) => state !== 'removed')).toEqual([]);
  });

  test('a file that is sent while the form is typed is refused with that sentence', async () => {
    const server = await serve(database, { ada }, uploadsEndpoint(disk));
    const { begin, patch } = uploader(server);
    const begun = await begin(film.length);
    const answer =
      begun.status === 201
        ? await patch(new URL(begun.headers.get('location') ?? '', server).href, 0, film)
        : begun;
    expect([answer.status, await answer.text()]).toEqual([507, expect.stringMatching(sentence)]);
  });
});

test('once there is room again, the upload goes on where it stopped', async () => {
  let full = false;
  const disk = {
    ...healthy,
    write: (id: string, file: string, start: number) =>
      full ? healthy.write(id, '../../none', start) : healthy.write(id, file, start)
  };
  const server = await serve(database, { ada }, uploadsEndpoint(disk));
  const { create, patch, call } = uploader(server);
  const location = await create(film.length);
  await patch(location, 0, film.subarray(0, 1_000_000));
  full = true;
  expect((await patch(location, 1_000_000, film.subarray(1_000_000))).status).not.toBe(204);
  full = false;
  expect((await call('HEAD', location)).headers.get('upload-offset')).toBe('1000000');
  expect((await patch(location, 1_000_000, film.subarray(1_000_000))).status).toBe(204);
  expect(await healthy.size(idIn(location), 'original')).toBe(film.length);
});
