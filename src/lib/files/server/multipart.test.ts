/** Forms with files as a browser without scripts sends them, over raw HTTP. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { freshStorage, origin, serve } from '../../../../tests/support/senders.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { personLimits, visitorLimits } from '../limits.ts';
import { unpackMultipart } from './multipart.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await make.aPerson();
const visitor = { kind: 'visitor', visitor: 'digest-of-a-cookie' } as const;
const storage = freshStorage();

/** Stands for the pages: says what they were handed. */
const server = await serve(database, { ada, visitor }, async (req, res, sender) => {
  try {
    const seen = await unpackMultipart(req, storage, sender);
    const pieces = [];
    for await (const piece of seen) pieces.push(piece);
    res
      .setHeader('x-type', seen.headers['content-type'] ?? '')
      .setHeader('x-length', seen.headers['content-length'] ?? '');
    res.end(Buffer.concat(pieces));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    res.writeHead(422).end(error.words);
  }
});

let photo: Buffer<ArrayBuffer>;
beforeAll(async () => {
  photo = Buffer.from(
    await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a3b' } })
      .jpeg()
      .toBuffer()
  );
});

test('the pages see a plain form with the ids of its files', async () => {
  const key = randomUUID();
  const { form, headers } = await post({ key, text: 'Zähler & “quotes”\r\nनमस्ते', choice: ['a', 'b'] }, [
    { name: 'Zähler 📷.jpg', content: photo },
    { name: 'bill.jpg', content: photo }
  ]);

  expect(headers.get('x-type')).toBe('application/x-www-form-urlencoded');
  expect(form.get('text')).toBe('Zähler & “quotes”\r\nनमस्ते');
  expect(form.getAll('choice')).toEqual(['a', 'b']);
  expect(form.has('file')).toBe(false);
  const rows = await rowsOf(key);
  expect(form.getAll('attachment')).toEqual(rows.map(({ id }) => id));
  expect(rows).toMatchObject([
    { name: 'Zähler 📷.jpg', state: 'received', size: photo.length, type: 'image/jpeg' },
    { name: 'bill.jpg', state: 'received' }
  ]);
});

test('an input without a file is as if it were not there', async () => {
  const { form } = await post({ key: randomUUID() }, [{ name: '', content: Buffer.alloc(0) }]);
  expect([...form.keys()]).toEqual(['key']);
});

test('a file that cannot be taken is named with the reason, and the others are taken', async () => {
  const key = randomUUID();
  const { form } = await post({ key }, [
    { name: 'virus.jpg', content: Buffer.from('<script>alert(1)</script>') },
    { name: 'empty.jpg', content: Buffer.alloc(0) },
    { name: 'good.jpg', content: photo }
  ]);
  expect(form.getAll('attachment')).toHaveLength(1);
  const [first, second] = form.getAll('attachment_problem');
  expect(first).toMatch(/^virus\.jpg: We cannot take this kind of file/);
  expect(second).toBe('empty.jpg: This file is empty.');
});

test('a file that is too large is read to its end but not kept', async () => {
  const key = randomUUID();
  const { form } = await post({ key }, [
    { name: 'huge.jpg', content: Buffer.concat([photo, randomBytes(personLimits.bytes.image)]) },
    { name: 'good.jpg', content: photo }
  ]);
  expect(form.getAll('attachment_problem')).toEqual([
    'huge.jpg: This file is too large. It can be at most 25 MB.'
  ]);
  expect(form.getAll('attachment')).toHaveLength(1);
  const [huge] = await rowsOf(key);
  expect(huge).toMatchObject({ state: 'rejected' });
  expect(await storage.size(String(huge?.['id']), 'original')).toBeNull();
});

test('a visitor may bring three', async () => {
  const files = Array.from({ length: 5 }, (_, nth) => ({ name: `${nth}.jpg`, content: photo }));
  const { form } = await post({ key: randomUUID() }, files, 'visitor');
  expect(form.getAll('attachment')).toHaveLength(visitorLimits.files);
  expect(form.getAll('attachment_problem')).toHaveLength(2);
});

test('files of a form without a key belong to nothing and are not kept', async () => {
  const { form } = await post({}, [{ name: 'good.jpg', content: photo }]);
  expect(form.getAll('attachment_problem')[0]).toContain('open the page again');
});

test('a form from another website is read for its words, and keeps nothing', async () => {
  const key = randomUUID();
  const body = formOf({ key }, [{ name: 'good.jpg', content: photo }]);
  const answer = await fetch(`${server}/requests/new/X`, {
    method: 'POST',
    headers: { 'x-sender': 'ada', origin: 'https://evil.example' },
    body
  });
  const form = new URLSearchParams(await answer.text());
  expect([...form.keys()]).toEqual(['key', 'attachment_name', 'attachment_problem']);
  expect(await rowsOf(key)).toEqual([]);
});

test('a form that breaks off in the middle of a file leaves nothing behind', async () => {
  const key = randomUUID();
  const before = await count();
  const { port } = new URL(server);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const part = (head: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
  socket.write(
    `POST /requests/new/X HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nX-Sender: ada\r\n` +
      'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n' +
      `${part('name="key"')}${key}\r\n${part('name="file"; filename="p.jpg"')}`
  );
  socket.write(Buffer.concat([photo, randomBytes(100_000)]));
  await vi.waitFor(async () => expect(await rowsOf(key)).toHaveLength(1));
  await new Promise((later) => setTimeout(later, 200));
  socket.destroy();

  await vi.waitFor(async () => expect(await rowsOf(key)).toEqual([]), 5000);
  expect(await count()).toBe(before);
});

test.each([
  ['without an end', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
  ['of rubbish', 'rubbish']
])('a form %s is refused in words', async (_what, body) => {
  const answer = await fetch(`${server}/requests/new/X`, {
    method: 'POST',
    headers: { 'x-sender': 'ada', origin, 'content-type': 'multipart/form-data; boundary=x' },
    body
  });
  expect([answer.status, await answer.text()]).toEqual([422, 'uploads.form_broken']);
});

test('a form with too much text is refused in words', async () => {
  const long = await send(formOf({ key: randomUUID(), text: 'x'.repeat(300_000) }, []));
  expect([long.status, await long.text()]).toEqual([422, 'uploads.form_too_long']);
  const many = await send(formOf({ field: Array.from({ length: 500 }, String) }, []));
  expect(many.status).toBe(422);
});

test('many fields that are not long are too long together', async () => {
  const key = randomUUID();
  const field = Array.from({ length: 300 }, () => '<'.repeat(80_000));
  const answer = await send(formOf({ key, field }, []));
  expect([answer.status, await answer.text()]).toEqual([422, 'uploads.form_too_long']);
  const before = await count();
  const late = formOf({ key }, [{ name: 'good.jpg', content: photo }]);
  for (const text of field.slice(0, 5)) late.append('field', text);
  expect((await send(late)).status).toBe(422);
  expect(await count()).toBe(before);
});

test('text that says it is something else counts as text', async () => {
  const part = (name: string, type: string, text: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"\r\ncontent-type: ${type}\r\n\r\n${text}\r\n`;
  const fields = Array.from({ length: 300 }, () => part('field', 'text/html', '<'.repeat(80_000)));
  const body = `${part('key', 'text/plain', randomUUID())}${fields.join('')}--x--\r\n`;
  const headers = { 'x-sender': 'ada', origin, 'content-type': 'multipart/form-data; boundary=x' };
  const answer = await fetch(`${server}/requests/new/X`, { method: 'POST', headers, body });
  expect([answer.status, await answer.text()]).toEqual([422, 'uploads.form_too_long']);
});

test('a form that does not say where its parts end is refused in words', async () => {
  const headers = { 'x-sender': 'ada', origin, 'content-type': 'multipart/form-data' };
  const answer = await fetch(`${server}/requests/new/X`, { method: 'POST', headers, body: '--x--' });
  expect([answer.status, await answer.text()]).toEqual([422, 'uploads.form_broken']);
});

test('fifty megabytes pass through without piling up in memory', async () => {
  const film = Buffer.concat([await mp4Head(), Buffer.alloc(50_000_000)]);
  const before = process.memoryUsage().arrayBuffers;
  const { form } = await post({ key: randomUUID() }, [
    { name: 'film.mp4', content: film, type: 'video/mp4' }
  ]);
  expect(form.getAll('attachment')).toHaveLength(1);
  // The client of this test holds the film itself, and its copy in the form.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(130_000_000);
});

interface File {
  name: string;
  content: Buffer<ArrayBuffer>;
  type?: string;
}

async function post(fields: Record<string, string | string[]>, files: File[], sender = 'ada') {
  const answer = await send(formOf(fields, files), sender);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(answer.headers.get('x-length')).toBe(String(text.length));
  return { form: new URLSearchParams(text), headers: answer.headers };
}

const send = (body: FormData, sender = 'ada') =>
  fetch(`${server}/requests/new/METER?/review`, {
    method: 'POST',
    headers: { 'x-sender': sender, origin },
    body
  });

function formOf(fields: Record<string, string | string[]>, files: File[]) {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) form.append(name, value);
  for (const { name, content, type = 'image/jpeg' } of files)
    form.append('file', new Blob([content], { type }), name);
  return form;
}

const rowsOf = (key: string) =>
  make.sql('select * from attachment where form_key = $1 order by created_at', [key]);

async function count() {
  let files = 0;
  for await (const _id of storage.ids()) files++;
  return files;
}

async function mp4Head(): Promise<Buffer<ArrayBuffer>> {
  return Buffer.from('\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom', 'latin1');
}
