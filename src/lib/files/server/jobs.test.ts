/** From a file that has come to what customers and staff get of it. */
import { readFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { signature, startClamd } from '../../../../tests/support/clamd.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { freshStorage, serve } from '../../../../tests/support/senders.ts';
import { system, type PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { prepareFile } from './previews.ts';
import { carriesPosition } from './position.ts';
import { attachFiles } from './attach.ts';
import { beginFile, finishFile } from './commands.ts';
import { requestFiles } from '#lib/requests/server/files.ts';
import { attachmentJobs } from './jobs.ts';
import { listAttachments } from './queries.ts';
import { serveFile } from './serve.ts';
import { orphans, sweep } from './sweep.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));

const db = worker.as(system);
const ada = await make.aPerson();
const ben = await make.aPerson();
const grace = await make.aPerson('agent');
const storage = freshStorage();
const server = await serve(web, { ada, ben, grace }, (req, res, asking) =>
  serveFile(req, res, storage, asking)
);

const gps = {
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 31/1 12/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 24/1 18/1'
  }
};
const photo = (width = 640) => sharp({ create: { width, height: 480, channels: 3, background: '#a3b' } });
const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../../../tests/fixtures', name));

test('a phone picture that says where it was taken reaches customers without it, and staff as it was', async () => {
  const { id, requestId } = await sent(await photo().withExif(gps).jpeg().toBuffer());
  await process(id);

  expect(await views(ada, requestId)).toMatchObject([
    { state: 'ready', has_position: true, preview: 'made' }
  ]);
  for (const variant of ['shown', 'thumb']) {
    const answer = await get(id, variant);
    expect(answer.status).toBe(200);
    expect(carriesPosition(await answer.bytes())).toBe(false);
    expect((await sharp(await (await get(id, variant)).bytes()).metadata()).exif).toBeUndefined();
  }
  expect((await get(id, 'original')).status).toBe(404);
  expect(carriesPosition(await (await get(id, 'original', 'grace')).bytes())).toBe(true);
});

test('a picture without a position can be had as it was', async () => {
  const content = await photo().jpeg().toBuffer();
  const { id } = await sent(content);
  await process(id);
  const answer = await get(id, 'original');
  expect(Buffer.from(await answer.bytes()).equals(content)).toBe(true);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('a picture is shown upright, and no larger than a screen', async () => {
  const { id } = await sent(await photo(4000).withMetadata({ orientation: 6 }).jpeg().toBuffer());
  await process(id);
  const { width = 0, height = 0, format } = await sharp(await (await get(id, 'shown')).bytes()).metadata();
  expect(format).toBe('webp');
  expect([width < height, height]).toEqual([true, 1600]);
});

test.each([
  ['phone.heic', 'shown'],
  ['film.mp4', 'poster'],
  ['film.webm', 'poster']
])('%s from a phone can be looked at', async (name, picture) => {
  const { id } = await sent(fixture(name));
  await process(id);
  expect((await sharp(await (await get(id, picture)).bytes()).metadata()).format).toBe('webp');
});

test.each(['android.mp4', 'iphone.mov'])('%s plays for customers without its position', async (name) => {
  const { id } = await sent(fixture(name));
  await process(id);
  const shown = Buffer.from(await (await get(id, 'shown')).bytes());
  expect(shown.length).toBe(fixture(name).length);
  expect(shown.includes('+52.5')).toBe(false);
  expect((await get(id, 'original')).status).toBe(404);
  expect((await get(id, 'original', 'grace')).status).toBe(200);
});

test('a film that asks for more than it may have says that it is too large for a picture', async () => {
  const { id } = await sent(fixture('film.mp4'));
  const prepared = await prepareFile(storage, id, 'video/mp4', { seconds: 0.05, megabytes: 1000 });
  expect(prepared).toMatchObject({ preview: 'too_large', has_position: null });
});

test('a picture of more pixels than fit is not opened', async () => {
  const raw = { width: 16_000, height: 16_000, channels: 1 } as const;
  const bomb = await sharp(Buffer.alloc(raw.width * raw.height), { raw })
    .png()
    .toBuffer();
  const { id } = await sent(bomb);
  await process(id);
  expect(await rowOf(id)).toMatchObject({ state: 'ready', preview: 'failed' });
});

test('what is broken inside is kept for staff, without a preview', async () => {
  const { id } = await sent(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(5000)]));
  await process(id);
  expect(await rowOf(id)).toMatchObject({ state: 'ready', preview: 'failed' });
  expect((await get(id, 'shown')).status).toBe(404);
  expect((await get(id, 'original', 'grace')).status).toBe(200);
});

test('nothing is served before it was looked through', async () => {
  const { id } = await sent(await photo().jpeg().toBuffer());
  for (const variant of ['thumb', 'shown', 'original'])
    expect((await get(id, variant, 'grace')).status).toBe(404);
});

test('an infected file is turned away, says so on the timeline, and is gone', async () => {
  const clamd = await startClamd();
  const infected = Buffer.concat([await photo().jpeg().toBuffer(), Buffer.from(signature)]);
  const { id, requestId } = await sent(infected);
  await process(id, clamd.address);

  expect(await rowOf(id)).toMatchObject({ state: 'rejected', scan: 'infected' });
  expect(await storage.size(id, 'original')).toBeNull();
  expect((await get(id, 'original', 'grace')).status).toBe(404);
  expect(await events(requestId)).toEqual([
    { payload: { attachment: id, state: 'rejected' }, visibility: 'public' }
  ]);
});

test('while the scanner is away a file waits, and is clean once it is back', async () => {
  const clamd = await startClamd();
  const { id } = await sent(await photo().jpeg().toBuffer());
  await expect(process(id, '127.0.0.1:1')).rejects.toThrow();
  expect(await rowOf(id)).toMatchObject({ state: 'received', scan: 'pending' });
  await process(id, clamd.address);
  expect(await rowOf(id)).toMatchObject({ state: 'ready', scan: 'clean' });
});

test('a job that runs twice, or twice at once, tells the timeline once', async () => {
  const { id, requestId } = await sent(await photo().jpeg().toBuffer());
  await Promise.all([process(id), process(id)]);
  await process(id);
  expect(await events(requestId)).toEqual([
    { payload: { attachment: id, state: 'ready' }, visibility: 'public' }
  ]);
});

test('a file of an internal note stays with staff, and so does the word that it is ready', async () => {
  const { id, requestId } = await sent(await photo().jpeg().toBuffer(), grace, 'internal');
  await process(id);
  expect(await events(requestId)).toMatchObject([{ visibility: 'internal' }]);
  expect((await get(id, 'shown')).status).toBe(404);
  expect((await get(id, 'shown', 'grace')).status).toBe(200);
  expect(await views(ada, requestId)).toEqual([]);
});

test('what is somebody else’s and what does not exist get the same answer', async () => {
  const { id } = await sent(await photo().jpeg().toBuffer());
  await process(id);
  const answers = await Promise.all([
    get(id, 'shown', 'ben'),
    get(id, 'shown', 'nobody'),
    get(randomUUID(), 'shown', 'ben'),
    get(id, 'nonsense'),
    get('..%2f..%2fetc', 'passwd')
  ]);
  const seen = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
  expect(new Set(seen.map(String)).size).toBe(1);
  expect(seen[0]?.[0]).toBe(404);
});

test('files go out in parts, with headers that leave a browser nothing to run', async () => {
  const content = await photo().jpeg().toBuffer();
  const { id } = await sent(content, ada, 'public', 'evil.html');
  await process(id);

  const whole = await get(id, 'original');
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'content-disposition': expect.stringContaining('filename="evil.html.jpg"')
  });

  const part = await get(id, 'original', 'ada', { range: 'bytes=10-19' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${content.length}`]);
  expect(Buffer.from(await part.bytes()).equals(content.subarray(10, 20))).toBe(true);
  const end = await get(id, 'original', 'ada', { range: 'bytes=-5' });
  expect(Buffer.from(await end.bytes()).equals(content.subarray(-5))).toBe(true);
  expect((await get(id, 'original', 'ada', { range: `bytes=${content.length}-` })).status).toBe(416);

  const etag = whole.headers.get('etag') ?? '';
  expect((await get(id, 'original', 'ada', { 'if-none-match': etag })).status).toBe(304);
  expect((await get(id, 'original', 'ada', { range: 'bytes=0-1', 'if-range': '"old"' })).status).toBe(200);
});

test('sweeping takes what was never sent and what belongs to nothing, and leaves what was sent', async () => {
  const { id: kept } = await sent(await photo().jpeg().toBuffer());
  const late = await received(await photo().jpeg().toBuffer(), ada, randomUUID());
  const fresh = await received(await photo().jpeg().toBuffer(), ada, randomUUID());
  const stray = randomUUID();
  await storage.create(stray, 'original');
  await make.sql(`update attachment set expires_at = now() - interval '1 second' where id = $1`, [late]);
  expect((await orphans(db, storage)).files).toEqual([stray]);

  await sweep(db, storage);
  const left = await Promise.all([kept, late, fresh, stray].map((id) => storage.size(id, 'original')));
  expect(left.map((size) => size !== null)).toEqual([true, false, true, false]);
  expect(await rowOf(late)).toBeUndefined();
  expect(await orphans(db, storage)).toEqual({ files: [], rows: [] });
});

const process = (id: string, scanner: string | null = null) =>
  attachmentJobs(requestFiles, storage, scanner)['attachments.process'](db, { attachmentId: id });

async function received(content: Buffer, actor: PersonActor, form_key: string, name = 'file') {
  const sender = { db: web.as(actor), actor, address: '' };
  const begun = await beginFile(sender, { form_key, name, type: '', size: content.length });
  if ('reason' in begun) throw new Error(begun.reason);
  await storage.create(begun.id, 'original');
  await new Promise<void>((done) => storage.write(begun.id, 'original', 0).end(content, () => done()));
  expect(await finishFile(sender, storage, begun.id)).toBeNull();
  return begun.id;
}

async function sent(
  content: Buffer,
  actor: PersonActor = ada,
  visibility: 'public' | 'internal' = 'public',
  name?: string
) {
  const formKey = randomUUID();
  const { id: requestId } = await make.aRequest(ada);
  const id = await received(content, actor, formKey, name);
  await web
    .as(actor)
    .transaction()
    .execute((tx) =>
      attachFiles(tx, { formKey, attachments: [id] }, { request_id: requestId }, { visibility })
    );
  return { id, requestId };
}

const get = (id: string, variant: string, sender = 'ada', headers: Record<string, string> = {}) =>
  fetch(`${server}/files/${id}/${variant}`, { headers: { 'x-sender': sender, ...headers } });

const views = (actor: PersonActor, requestId: string) => listAttachments(web.as(actor), actor, requestId);

const events = (requestId: string) =>
  make.sql(`select payload, visibility from request_event where request_id = $1 and kind = 'attachment'`, [
    requestId
  ]);

const rowOf = async (id: string) => (await make.sql('select * from attachment where id = $1', [id]))[0];
