/** What visitors asked is forgotten once it has been over long enough; what is open, younger or of an account stays. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { originalFile, openStorage } from '#lib/files/server/storage.ts';
import { forgetVisitors } from './forgetting.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, aServiceType, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
const folder = throwAwayFolder();
const files = openStorage(`${folder.path}/files`);
afterAll(async () => {
  await worker.close();
  folder.remove();
});

let ada: Somebody, grace: Somebody;
beforeAll(async () => {
  ada = await aPerson();
  grace = await aPerson('agent');
  await aServiceType('COMPLAINT');
});

const one = async (text: string, values: unknown[]) =>
  (await sql<{ id: string }>(`${text} returning id`, values))[0]!.id;

/** A visitor's request that ended so many days ago, with `mark` wherever they and we wrote. */
async function ofVisitor(mark: string, days: number | null, { about = 'BILL-QUESTION', account = '' } = {}) {
  const { id } = await aRequest(ada, { status: days === null ? 'open' : 'closed' });
  await sql('set session_replication_role = replica');
  await sql(
    `update request set requester_id = null, channel = 'chat', service_type = $2, description = $3, answers = $4,
       contact = $5, account_id = nullif($6, '')::uuid, closed_at = now() - make_interval(days => $7) where id = $1`,
    [
      ...[id, about, `${mark} leaks`, JSON.stringify({ subject: mark })],
      ...[JSON.stringify({ caller_name: mark, caller_email: `${mark}@visitor.example` }), account, days]
    ]
  );
  await sql(
    `insert into message (request_id, author_role, visibility, text) values ($1, 'customer', 'public', $2)`,
    [id, `${mark} says`]
  );
  await sql('set session_replication_role = origin');
  await sql(`insert into request_visitor (request_id, visitor) values ($1, $2)`, [id, mark]);
  await sql(`insert into opening (person_id, request_id, reason) values ($1, $2, $3)`, [
    grace.id,
    id,
    `of ${mark}`
  ]);
  const talk = await one(`insert into conversation (visitor, request_id, ended_at) values ($1, $2, now())`, [
    mark,
    id
  ]);
  await sql(
    `insert into conversation_line (conversation_id, number, key, spoken_by, text) values ($1, 1, gen_random_uuid(), 'customer', $2)`,
    [talk, mark]
  );
  const file = await one(
    `insert into attachment (form_key, visitor, address, request_id, name, size, state, type, sha256, scan, received_at)
     values (gen_random_uuid(), $1, '192.0.2.1', $2, $1 || '.jpg', 9, 'ready', 'image/jpeg', repeat('a', 64), 'clean', now())`,
    [mark, id]
  );
  mkdirSync(dirname(files.path(file, originalFile)), { recursive: true });
  writeFileSync(files.path(file, originalFile), mark);
  while (Number((await sql<{ n: number }>('select gather_request_words(100) as n'))[0]?.n) > 0);
  return { id, file };
}

/** The tables in which a word is left. */
async function traces(mark: string) {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await sql(`select from "${name}" t where to_jsonb(t)::text like $1`, [`%${mark}%`])).length > 0)
      found.push(name);
  return found.sort();
}

test('two weeks after it was over no word, name, number or file of a visitor is left, only that it was', async () => {
  const [due, young, open] = [
    await ofVisitor('zqdue', 15),
    await ofVisitor('zqyoung', 13),
    await ofVisitor('zqopen', null)
  ];
  expect(await traces('zqdue')).toContain('request');
  await Promise.all([forgetVisitors(db, folder.path, 1), forgetVisitors(db, folder.path, 1)]);
  expect(await traces('zqdue')).toEqual([]);
  expect(existsSync(files.path(due.file, originalFile))).toBe(false);
  expect(await sql(`select status from request where id = $1`, [due.id])).toEqual([{ status: 'closed' }]);
  for (const { id, file } of [young, open]) {
    expect(existsSync(files.path(file, originalFile))).toBe(true);
    expect(await sql(`select from request where id = $1 and contact ? 'caller_email'`, [id])).toHaveLength(1);
  }
});

test('a complaint stays for a year, and what was joined to an open request as long as that is open', async () => {
  await ofVisitor('zqcomplaint', 364, { about: 'COMPLAINT' });
  await ofVisitor('zqformer', 366, { about: 'COMPLAINT' });
  const into = (await aRequest(ada, { status: 'open' })).id;
  const joined = await ofVisitor('zqjoined', 20);
  await sql('set session_replication_role = replica');
  await sql(`update request set status = 'merged', merged_into = $2 where id = $1`, [joined.id, into]);
  await forgetVisitors(db, folder.path);
  expect(await traces('zqformer')).toEqual([]);
  expect(await traces('zqcomplaint')).toContain('request');
  expect(await traces('zqjoined')).toContain('request');
  await sql(`update request set status = 'closed', closed_at = now() where id = $1`, [into]);
  await sql('set session_replication_role = origin');
  await forgetVisitors(db, folder.path);
  expect(await traces('zqjoined')).toEqual([]);
});

test('what is about an account stays with it, and goes when nobody holds it any more', async () => {
  const account = await one(`insert into account (number, holder) values ('31000077', 'Ada Brook')`, []);
  await aMember(account, ada, 'holder', 'act');
  await ofVisitor('zqaccount', 400, { account });
  await forgetVisitors(db, folder.path);
  expect(await traces('zqaccount')).toContain('request');
  await sql(
    `insert into closing (person_id, asked_by, asked_at, due_at) values ($1, $1, now() - interval '15 days', now() - interval '1 day')`,
    [ada.id]
  );
  await sql(`select close_customer($1, 'Former customer')`, [ada.id]);
  expect(await traces('zqaccount')).toEqual([]);
});
