/** Uploading as a browser does it: whole, in pieces, broken off, with the wrong content, by the wrong person. */
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { freshStorage, serve } from '../../../../tests/support/senders.ts';
import { idIn, uploader } from '../../../../tests/support/uploader.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addressLimits, personLimits, visitorLimits } from '../limits.ts';
import { attachFiles, type FilesOfForm } from './attach.ts';
import { uploadsEndpoint } from './uploads.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await make.aPerson();
const ben = await make.aPerson();
const visitor = { kind: 'visitor', visitor: 'digest-of-a-cookie' } as const;
const storage = freshStorage();
const endpoint = uploadsEndpoint(storage);
const server = await serve(database, { ada, ben, visitor }, endpoint);
const { upload, begin, create, patch, call } = uploader(server);

test('the database keeps to the same numbers', async () => {
  const { rows } =
    await sql`select file_most_bytes() as bytes, extract(day from file_kept_for())::int as days`.execute(
      database.as(ada)
    );

  expect(rows).toEqual([{ bytes: visitorLimits.bytes.video, days: personLimits.daysKept }]);
  expect(personLimits.bytes).toMatchObject({
    image: visitorLimits.bytes.video,
    pdf: visitorLimits.bytes.video
  });
});

let photo: Buffer;
beforeAll(async () => {
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#a3b' } })
    .jpeg()
    .toBuffer();
});

test('a photo arrives, is known by its content and its checksum, and is queued for preparation', async () => {
  const id = await upload(photo, { name: 'meter.exe', type: 'text/plain' });

  const row = await rowOf(id);
  expect(row).toMatchObject({ state: 'received', type: 'image/jpeg', kind: 'image', name: 'meter.exe' });
  expect(row?.sha256).toHaveLength(64);
  expect(await storage.size(id, 'original')).toBe(photo.length);
  const jobs = await make.sql(
    `select 1 from outbox where job = 'attachments.process' and payload->>'attachmentId' = $1`,
    [id]
  );
  expect(jobs).toHaveLength(1);
});

test('an upload that breaks off goes on where it broke', async () => {
  const big = Buffer.concat([photo, randomBytes(3_000_000)]);
  const location = await create(big.length);
  const half = await patch(location, 0, big.subarray(0, 1_000_000));
  expect(half.headers.get('upload-offset')).toBe('1000000');

  const head = await call('HEAD', location);
  expect(head.headers.get('upload-offset')).toBe('1000000');
  expect((await patch(location, 1_000_000, big.subarray(1_000_000))).status).toBe(204);
  expect((await rowOf(idIn(location)))?.state).toBe('received');
});

test('a file whose last byte came but was never confirmed is finished by the next question', async () => {
  const location = await create(photo.length);
  const id = idIn(location);
  await new Promise<void>((done) => storage.write(id, 'original', 0).end(photo, () => done()));

  expect((await call('HEAD', location)).headers.get('upload-offset')).toBe(String(photo.length));
  expect((await rowOf(id))?.state).toBe('received');
});

test('nobody else can ask for, continue, finish or remove an upload', async () => {
  const location = await create(1000);
  for (const sender of ['ben', 'visitor', 'a stranger']) {
    expect((await call('HEAD', location, { sender })).status).toBe(404);
    expect((await patch(location, 0, Buffer.alloc(10), sender)).status).toBe(404);
    expect((await call('DELETE', location, { sender })).status).toBe(404);
  }
  expect((await call('HEAD', location)).headers.get('upload-offset')).toBe('0');
});

test('an upload cannot be read back through the endpoint, nor begun from another website', async () => {
  const location = await create(1000);
  expect((await call('GET', location)).status).toBe(405);
  const strange = await fetch(`${server}/uploads`, {
    method: 'POST',
    headers: {
      'x-sender': 'ada',
      'tus-resumable': '1.0.0',
      'upload-length': '5',
      origin: 'https://evil.example'
    }
  });
  expect(strange.status).toBe(403);
});

test('an upload that was taken back leaves nothing behind', async () => {
  const location = await create(1000);
  expect((await call('DELETE', location)).status).toBe(204);
  expect((await call('HEAD', location)).status).toBe(404);
  expect(await rowOf(idIn(location))).toBeUndefined();
  expect(await storage.size(idIn(location), 'original')).toBeNull();
});

test.each([
  ['a web page named photo.jpg', Buffer.from('<!doctype html><script>alert(1)</script>')],
  [
    'a drawing that carries scripts',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  ],
  ['a program', Buffer.concat([Buffer.from('MZ'), randomBytes(5000)])],
  ['a zip archive', Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(5000)])]
])('%s is turned away with a sentence, and its file is gone', async (_what, content) => {
  const location = await create(content.length, { type: 'image/jpeg', name: 'photo.jpg' });
  const answer = await patch(location, 0, content);

  expect(answer.status).toBe(422);
  expect(await answer.text()).toMatch(/^We cannot take this kind of file/);
  expect(await rowOf(idIn(location))).toMatchObject({ state: 'rejected', why_rejected: 'type_refused' });
  expect(await storage.size(idIn(location), 'original')).toBeNull();
});

test('a long file of the wrong kind is turned away after its first piece', async () => {
  const location = await create(400_000_000, { type: 'video/mp4' });
  const answer = await patch(location, 0, Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(100_000)]));
  expect(answer.status).toBe(422);
});

test('size is checked before, while and after a file comes', async () => {
  const { image, video } = personLimits.bytes;
  expect((await begin(video + 1, { type: 'video/mp4' })).status).toBe(422);
  expect(await (await begin(image + 1, { type: 'image/jpeg' })).text()).toContain('25 MB');
  expect((await begin(0)).status).toBe(422);

  const called = await create(image + 5_000_000, { type: 'video/mp4' });
  const whole = Buffer.concat([photo, Buffer.alloc(image + 5_000_000 - photo.length)]);
  expect((await patch(called, 0, whole)).status).toBe(422);
  expect((await rowOf(idIn(called)))?.why_rejected).toBe('too_large');

  const short = await create(10);
  expect((await patch(short, 0, Buffer.alloc(11))).status).toBe(413);
});

test('one form takes ten files of a person, also when they are chosen all at once', async () => {
  const form_key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 14 }, () => begin(1000, { form_key })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(personLimits.files);
  const refused = answers.find(({ status }) => status !== 201);
  expect(await refused?.text()).toContain('10 files');
});

test('a visitor sends three files to a form and no more than their address may in a day', async () => {
  const from = { sender: 'visitor', address: 'a busy café' };
  expect((await begin(visitorLimits.bytes.video + 1, { type: 'video/mp4', ...from })).status).toBe(422);

  const form_key = randomUUID();
  for (let nth = 0; nth < visitorLimits.files; nth++)
    expect((await begin(1000, { form_key, ...from })).status).toBe(201);
  expect(await (await begin(1000, { form_key, ...from })).text()).toContain('3 files');

  const statuses = [];
  for (let nth = visitorLimits.files; nth <= addressLimits.files; nth++)
    statuses.push((await begin(1000, { form_key: randomUUID(), ...from })).status);
  expect(statuses.pop()).toBe(422);
  expect(new Set(statuses)).toEqual(new Set([201]));
  expect((await begin(1000, { ...from, address: 'elsewhere' })).status).toBe(201);
});

test('the bytes of an address are counted, too', async () => {
  const from = { sender: 'visitor', address: 'a thirsty one' };
  const most = addressLimits.bytes / visitorLimits.bytes.image;
  for (let nth = 0; nth < most; nth++)
    expect((await begin(visitorLimits.bytes.image, from)).status).toBe(201);
  expect(await (await begin(1, from)).text()).toContain('today');
});

test('somebody without a cookie, or without a form, is told to open the page again', async () => {
  expect(await (await begin(1000, { sender: 'nobody' })).text()).toContain('open the page again');
  expect(await (await begin(1000, { form_key: 'x' })).text()).toContain('open the page again');
});

test('sending binds a person’s own received files of that form, once, and nothing else', async () => {
  const form_key = randomUUID();
  const mine = await upload(photo, { form_key });
  const unfinished = idIn(await create(1000, { form_key }));
  const elsewhere = await upload(photo, { form_key: randomUUID() });
  const bens = await upload(photo, { form_key, sender: 'ben' });
  const request = await make.aRequest(ada);
  const sending = {
    formKey: form_key,
    attachments: [mine, mine, unfinished, elsewhere, bens, 'nonsense', randomUUID()],
    requestId: request.id,
    visibility: 'public'
  } as const;

  expect(await attach(ada, sending)).toEqual([mine]);
  expect(await attach(ada, sending)).toEqual([mine]);
  expect((await rowOf(mine))?.request_id).toBe(request.id);
  expect((await call('DELETE', `${server}/uploads/${mine}`)).status).toBe(404);

  const another = await make.aRequest(ada);
  expect(await attach(ada, { ...sending, requestId: another.id })).toEqual([]);
});

test('a customer cannot hang a file on somebody else’s request, nor mark it for staff only', async () => {
  const form_key = randomUUID();
  const mine = await upload(photo, { form_key });
  const sending = { formKey: form_key, attachments: [mine], visibility: 'public' } as const;
  const bens = await make.aRequest(ben);
  await expect(attach(ada, { ...sending, requestId: bens.id })).rejects.toThrow(/row-level security/);
  const own = await make.aRequest(ada);
  await expect(attach(ada, { ...sending, requestId: own.id, visibility: 'internal' })).rejects.toThrow(
    /row-level security/
  );
});

test('a file is either sent or taken back, never both', async () => {
  for (let round = 0; round < 10; round++) {
    const form_key = randomUUID();
    const mine = await upload(photo, { form_key });
    const { id: requestId } = await make.aRequest(ada);
    const [sent] = await Promise.all([
      attach(ada, { formKey: form_key, attachments: [mine], requestId, visibility: 'public' }),
      call('DELETE', `${server}/uploads/${mine}`)
    ]);
    const there = (await storage.size(mine, 'original')) !== null;
    expect(there).toBe(sent.length === 1);
  }
});

interface Sending extends FilesOfForm {
  requestId: string;
  visibility: 'public' | 'internal';
}

const attach = (actor: PersonActor, { requestId, visibility, ...files }: Sending) =>
  database
    .as(actor)
    .transaction()
    .execute((tx) => attachFiles(tx, files, { request_id: requestId }, { visibility }));

async function rowOf(id: string) {
  const [row] = await make.sql('select * from attachment where id = $1', [id]);
  return row;
}
