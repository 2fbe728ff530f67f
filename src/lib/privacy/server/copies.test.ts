/** A copy of somebody's data on a real database and disk: all of theirs, nothing of others, once, and gone in time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { type Customer, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { originalFile, openStorage } from '#lib/files/server/storage.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { openPress } from '#lib/platform/server/press/press.ts';
import { kindNames } from '../summary.ts';
import { askForCopy, copiesIn, copiesOf, takeCopy } from './copies.ts';
import { privacyJobs } from './jobs.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
const folder = throwAwayFolder();
const press = openPress();
afterAll(async () => {
  press.close();
  await Promise.all([web.close(), worker.close()]);
  folder.remove();
});

const sent: Mail[] = [];
const post = { send: (mail: Mail) => Promise.resolve(void sent.push(mail)), close: () => {} };
const jobs = privacyJobs(post, press, {
  ...{ origin: 'https://gas.example', utilityName: 'Northgate Gas', utilityPhone: '1-800-555-0142' },
  ...{ jurisdiction: 'US', dataDir: folder.path, timeZone: 'America/New_York' }
});
const copies = copiesIn(folder.path);
const files = openStorage(`${folder.path}/files`);

// Whoever asks here is a customer.
const as = (who: Somebody) => who as Customer;
let ada: Somebody, otto: Somebody, grace: Somebody, reference: string;

beforeAll(async () => {
  ada = await aPerson('customer', { name: 'Ada Ownname' });
  otto = await aPerson('customer', { name: 'Otto Hiddenname' });
  grace = await aPerson('agent', { name: 'Grace Agentname' });
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('30000001', 'Ada Ownname') returning id`
  );
  await aMember(account!.id, ada, 'holder', 'act');
  await aMember(account!.id, otto, 'authorised', 'act');
  const [place] = await sql<{ id: string }>(
    `insert into premises (account_id, line, town, postcode) values ($1, '7 Canal Street', 'Elmford', '10001') returning id`,
    [account!.id]
  );
  const [meter] = await sql<{ id: string }>(
    `insert into meter (premises_id, serial, digits, installed_on) values ($1, 'NG-1', 5, '2020-01-01') returning id`,
    [place!.id]
  );
  await sql(
    `insert into reading (meter_id, read_on, digits, source)
     select $1, date '2024-01-01' + n, lpad(n::text, 5, '0'), 'utility' from generate_series(1, 450) n`,
    [meter!.id]
  );
  const request = await aRequest(ada);
  ({ reference } = request);
  await sql('update request set account_id = $2, description = $3 where id = $1', [
    ...[request.id, account!.id, 'The words of Ada']
  ]);
  const said = (author: Somebody, visibility: string, text: string, on = request.id) =>
    sql(
      `insert into message (request_id, author_id, author_role, visibility, text) values ($1, $2, $3, $4, $5)`,
      [on, author.id, author.role, visibility, text]
    );
  await sql(`set session_replication_role = replica`);
  await said(ada, 'public', 'Ada says more');
  await said(grace, 'public', 'The desk answers');
  await said(grace, 'internal', 'SECRETNOTE');
  await said(otto, 'public', 'OTTOWORDS on the shared request');
  await sql(`set session_replication_role = origin`);
  const theirs = await aRequest(otto);
  await sql('update request set account_id = $2, description = $3 where id = $1', [
    ...[theirs.id, account!.id, 'OTTOREQUEST']
  ]);
  await aFile(request.id, ada, 'my dial.jpg', 'ADASFILE');
  await aFile(request.id, otto, 'his dial.jpg', 'OTTOSFILE');
  await aFile(request.id, grace, 'inside.pdf', 'STAFFINSIDE', 'internal');
});

async function aFile(request: string, by: Somebody, name: string, bytes: string, visibility = 'public') {
  const [row] = await sql<{ id: string }>(
    `insert into attachment (form_key, person_id, request_id, visibility, name, size, state, type, sha256, scan,
                             received_at, has_position, preview)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, 'ready', 'image/jpeg', repeat('a', 64), 'clean', now(), false, 'none')
     returning id`,
    [by.id, request, visibility, name, bytes.length]
  );
  const path = files.path(row!.id, originalFile);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

async function queued(job: string) {
  const rows = await sql<{ payload: { copy: string } }>(
    'delete from outbox where job = $1 returning payload',
    [job]
  );
  return rows.map(({ payload }) => payload);
}

async function make() {
  const waiting = await queued('privacy.make_copy');
  for (const payload of waiting) await jobs['privacy.make_copy'](db, payload);
  return waiting[0]?.copy ?? '';
}

async function opened(id: string) {
  const pieces: Buffer[] = [];
  for await (const piece of copies.read(id, originalFile)) pieces.push(piece as Buffer);
  return unzipSync(Buffer.concat(pieces));
}

test('the copy holds all kinds, their words and files, and not a word, name or file of others', async () => {
  await askForCopy(web.as(ada), as(ada), ada.id, 'en');
  // A second click, and one that came at the same time.
  await Promise.all([
    askForCopy(web.as(ada), as(ada), ada.id, 'en'),
    askForCopy(web.as(ada), as(ada), ada.id, 'en')
  ]);
  const id = await make();
  const archive = await opened(id);
  expect(Object.keys(archive).filter((name) => name.endsWith('.json'))).toEqual(
    kindNames.map((kind) => `${kind}.json`)
  );
  const text = Object.entries(archive)
    .filter(([name]) => !name.endsWith('.pdf'))
    .map(([name, bytes]) => name + Buffer.from(bytes).toString())
    .join('\n');
  for (const own of [
    'The words of Ada',
    'Ada says more',
    'The desk answers',
    'ADASFILE',
    ada.email,
    '7 Canal Street'
  ])
    expect(text).toContain(own);
  for (const foreign of [
    'SECRETNOTE',
    'OTTOWORDS',
    'OTTOREQUEST',
    'OTTOSFILE',
    'STAFFINSIDE',
    'his dial',
    'Hiddenname',
    'Agentname',
    otto.email
  ])
    expect(text).not.toContain(foreign);
  const json = (kind: string) =>
    JSON.parse(Buffer.from(archive[`${kind}.json`] ?? []).toString()) as Record<string, unknown>[];
  for (const kind of kindNames) expect(json(kind)).toBeInstanceOf(Array);
  expect(json('readings')).toHaveLength(450);
  expect(json('requests')[0]).toMatchObject({
    reference,
    messages: [{ by: 'self' }, { by: 'utility' }, { by: 'another_member', text: null }]
  });
  expect(json('accounts')[0]).toMatchObject({
    kind: 'holder',
    others: [{ kind: 'authorised', scope: 'act' }]
  });

  const paper = await getDocumentProxy(new Uint8Array(archive['summary.pdf'] ?? []));
  const { text: printed } = await extractText(paper, { mergePages: true });
  expect(printed).toContain('What we hold about you');
  expect(printed).toContain('The words of Ada');
  expect(printed).toContain('390 older entries are in readings.json.');
  expect(printed).not.toMatch(/Hiddenname|OTTO|SECRETNOTE/);
});

test('whoever has it told by letter takes it, and that stands in their history; nobody else can', async () => {
  for (const payload of await queued('privacy.tell_copy')) {
    await jobs['privacy.tell_copy'](db, payload);
    await jobs['privacy.tell_copy'](db, payload);
  }
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ to: ada.email, subject: 'The copy of your data is ready' });
  expect(sent[0]?.text).toContain('https://gas.example/account/data');
  const [copy] = await copiesOf(web.as(ada), ada.id);
  expect(copy).toMatchObject({ state: 'ready' });
  for (const stranger of [otto, grace])
    await expect(takeCopy(web.as(stranger), as(stranger), copy!.id)).rejects.toMatchObject({
      kind: 'missing'
    });
  expect(await copiesOf(web.as(otto), ada.id)).toEqual([]);
  await takeCopy(web.as(ada), as(ada), copy!.id);
  expect(
    await sql(
      `select action from audit_entry where subject_id = $1 and action like 'person.data%' order by id`,
      [ada.id]
    )
  ).toEqual([{ action: 'person.data_asked' }, { action: 'person.data_taken' }]);
});

test('a worker that was killed in the middle begins anew, and what is done is not done again', async () => {
  await askForCopy(web.as(ada), as(ada), ada.id, 'es');
  const [{ copy } = { copy: '' }] = await queued('privacy.make_copy');
  await copies.create(copy, originalFile);
  writeFileSync(copies.path(copy, originalFile), 'half of a');
  await jobs['privacy.make_copy'](db, { copy });
  const archive = await opened(copy);
  expect(Buffer.from(archive['README.txt'] ?? []).toString()).toContain('Este archivo es una copia');
  writeFileSync(copies.path(copy, originalFile), 'untouched');
  await jobs['privacy.make_copy'](db, { copy });
  expect(await copies.size(copy, originalFile)).toBe('untouched'.length);
});

test('two in a day are enough, and after their time the files go', async () => {
  await expect(askForCopy(web.as(ada), as(ada), ada.id, 'en')).rejects.toMatchObject({ kind: 'too_many' });
  const [newest, older] = await copiesOf(web.as(ada), ada.id);
  await sql(`update data_copy set expires_at = now() - interval '1 minute' where id = $1`, [older!.id]);
  await expect(takeCopy(web.as(ada), as(ada), older!.id)).rejects.toMatchObject({ kind: 'missing' });
  await jobs['privacy.sweep_copies'](db, {});
  expect(await copies.size(older!.id, originalFile)).toBeNull();
  expect(await copies.size(newest!.id, originalFile)).not.toBeNull();
  await sql(`update data_copy set state = 'asked', asked_at = now() - interval '25 hours' where id = $1`, [
    newest!.id
  ]);
  await jobs['privacy.sweep_copies'](db, {});
  expect((await copiesOf(web.as(ada), ada.id)).map(({ state }) => state)).toContain('failed');
});

test('the desk asks for one in somebody’s name, which their history says, and never gets to take it', async () => {
  await expect(askForCopy(web.as(ada), as(ada), otto.id, 'en')).rejects.toMatchObject({ kind: 'forbidden' });
  const stolen = web.as(ada).insertInto('data_copy').values({ person_id: otto.id, locale: 'en' });
  await expect(stolen.execute()).rejects.toThrow(/row-level/);
  await expect(askForCopy(web.as(grace), grace, grace.id, 'en')).rejects.toThrow(/row-level/);

  await askForCopy(web.as(grace), grace, otto.id, 'es');
  const [copy] = await copiesOf(web.as(grace), otto.id);
  expect(copy).toMatchObject({ state: 'asked' });
  expect(await sql('select actor_id, action from audit_entry where subject_id = $1', [otto.id])).toEqual([
    { actor_id: grace.id, action: 'person.data_asked' }
  ]);
  await jobs['privacy.make_copy'](db, { copy: copy!.id });
  expect((await copiesOf(web.as(otto), otto.id))[0]).toMatchObject({ state: 'ready' });
  await expect(takeCopy(web.as(grace), as(grace), copy!.id)).rejects.toMatchObject({ kind: 'missing' });
  await takeCopy(web.as(otto), as(otto), copy!.id);
});
