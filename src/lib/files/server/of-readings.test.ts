/** A photo of the dial goes along with a reading: seen by whoever sees the meter, and nobody's to take back. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { freshStorage, serve } from '../../../../tests/support/senders.ts';
import { givenReading, giveReading, metersOf } from '#lib/accounts/server/readings.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { originalFile } from './storage.ts';
import { mostPhotos } from '../limits.ts';
import { beginFile, finishFile, takeBackFile } from './commands.ts';
import { attachFiles } from './attach.ts';
import { photosOf, problemWithPhotos } from './of-readings.ts';
import { listUnsent } from './queries.ts';
import { serveFile } from './serve.ts';
import { sweep } from './sweep.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));

const [ada, ben, eve, grace] = [
  await make.aPerson(),
  await make.aPerson(),
  await make.aPerson(),
  await make.aPerson('agent')
];
const storage = freshStorage();
const server = await serve(web, { ada, ben, eve, grace }, (req, res, asking) =>
  serveFile(req, res, storage, asking)
);
const [{ account = '' } = {}] = await make.sql<{ account: string }>(
  `with a as (insert into account (number, holder) values ('40010001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a union all select id, $2::uuid, 'authorised', 'view' from a),
        p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001'
              from a returning id),
        e as (insert into meter (premises_id, serial, digits, installed_on)
              select id, 'G4-7', 5, '2020-05-01' from p returning id)
   select id as account from a`,
  [ada.id, ben.id]
);
const [meter] = await metersOf(web.as(ada), account);
if (!meter) throw new Error('Ada has a meter');

const dial = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#a3b' } })
  .jpeg()
  .toBuffer();

test('whoever sees the meter sees the photo, and nobody else', async () => {
  const { reading, photo } = await givenWithPhoto('2026-03-01');
  await make.sql(
    `update attachment set state = 'ready', scan = 'not_scanned', preview = 'none', has_position = false where id = $1`,
    [photo]
  );

  for (const who of [ada, ben, grace]) {
    expect(await photosOf(web.as(who), who, [reading])).toMatchObject({
      [reading]: [{ id: photo, state: 'ready' }]
    });
  }
  expect(await photosOf(web.as(eve), eve, [reading])).toEqual({});
  const statusOf = async (name: string) =>
    (await fetch(`${server}/files/${photo}/original`, { headers: { 'x-sender': name } })).status;
  expect([await statusOf('ada'), await statusOf('ben'), await statusOf('grace')]).toEqual([200, 200, 200]);
  expect(await statusOf('eve')).toBe(404);
});

test('what has gone along is chosen no more, is not taken back, and no sweep takes it', async () => {
  const { photo, key } = await givenWithPhoto('2026-03-02');
  expect(await listUnsent(web.as(ada), ada, key)).toEqual([]);
  expect(await takeBackFile({ db: web.as(ada) }, storage, photo)).toBe(false);
  await sweep(worker.as(system), storage);
  expect(await storage.size(photo, originalFile)).toBe(dial.length);
});

test('somebody else’s file, and one of another form, stay where they are', async () => {
  const key = randomUUID();
  const theirs = await chosen(ben, key);
  const other = await chosen(ada, randomUUID());
  const reading = await give('2026-03-03', { formKey: key, attachments: [theirs, other] });
  expect(await photosOf(web.as(grace), grace, [reading])).toEqual({});
  expect(await listUnsent(web.as(ben), ben, key)).toMatchObject([{ id: theirs }]);
});

test('whoever may only look binds no photo to a reading of another', async () => {
  const { reading } = await givenWithPhoto('2026-03-04');
  const key = randomUUID();
  const attachments = [await chosen(ben, key)];
  const bound = attachFiles(web.as(ben), { formKey: key, attachments }, { reading_id: reading });
  await expect(bound).rejects.toThrow(/row-level security/);
});

test('a file that is no photo is refused by its name, and so are too many', async () => {
  const key = randomUUID();
  const film = readFileSync(join(import.meta.dirname, '../../../../tests/fixtures/film.mp4'));
  const attachments = [await chosen(ada, key, film, 'film.mp4')];
  expect(await problemWithPhotos(web.as(ada), { formKey: key, attachments })).toEqual({
    reason: 'no_photo',
    name: 'film.mp4'
  });
  const reading = await give('2026-03-06', { formKey: key, attachments });
  expect(await photosOf(web.as(ada), ada, [reading])).toEqual({});
  const many = Array.from({ length: mostPhotos + 1 }, () => randomUUID());
  expect(await problemWithPhotos(web.as(ada), { formKey: key, attachments: many })).toMatchObject({
    reason: 'too_many',
    limit: mostPhotos
  });
  const photo = [await chosen(ada, key)];
  expect(await problemWithPhotos(web.as(ada), { formKey: key, attachments: photo })).toBeNull();
});

test('a photo sent later joins the reading of its day, which is not replaced by that', async () => {
  const first = await givenWithPhoto('2026-03-05');
  const again = await givenWithPhoto('2026-03-05');
  expect(again.reading).toBe(first.reading);
  const { [first.reading]: photos } = await photosOf(web.as(ada), ada, [first.reading]);
  expect(photos?.map(({ id }) => id)).toEqual([first.photo, again.photo]);
  expect(await givenReading(web.as(ada), meter.id, first.reading)).toMatchObject({ replaced: [] });
});

async function givenWithPhoto(read_on: string, key = randomUUID()) {
  const photo = await chosen(ada, key);
  return { key, photo, reading: await give(read_on, { formKey: key, attachments: [photo] }) };
}

async function give(read_on: string, photos: { formKey: string; attachments: string[] }) {
  const along = (tx: Parameters<typeof attachFiles>[0], id: string) =>
    attachFiles(tx, photos, { reading_id: id }, { kind: 'image' });
  return (await giveReading(web.as(ada), ada, { meter: meter!, digits: '00300', read_on, along })).id;
}

async function chosen(actor: Somebody, form_key: string, content = dial, name = 'dial.jpg') {
  const sender = { db: web.as(actor), actor, address: '' };
  const begun = await beginFile(sender, { form_key, name, size: content.length, type: '' });
  if (!('id' in begun)) throw new Error(begun.reason);
  await storage.create(begun.id, originalFile);
  const writing = storage.write(begun.id, originalFile, 0);
  await new Promise<void>((done, failed) => writing.on('error', failed).end(content, done));
  expect(await finishFile(sender, storage, begun.id)).toBeNull();
  return begun.id;
}
