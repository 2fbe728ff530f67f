/** Closing on a real database and disk: it waits, can be called off and held, and then no word of them is left. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { originalFile, openStorage } from '#lib/files/server/storage.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { openPress } from '#lib/platform/server/press/press.ts';
import { askToClose, closingOf, holdClosing, liftHold, withdrawClosing } from './closing.ts';
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
const files = openStorage(`${folder.path}/files`);

/** Stands in everything that somebody can write, and nowhere else. */
const mark = 'zyxmarker';
let ada: Somebody, otto: Somebody, grace: Somebody, sam: Somebody;
let account: string, request: string, file: string;

beforeAll(async () => {
  ada = await aPerson('customer', { name: `Ada ${mark}` });
  otto = await aPerson('customer', { name: 'Otto Stays' });
  grace = await aPerson('agent');
  sam = await aPerson('supervisor');
  await fill();
});

/** A customer with words of theirs wherever words can be. */
async function fill() {
  const one = async (text: string, values: unknown[]) =>
    (await sql<{ id: string }>(`${text} returning id`, values))[0]!.id;
  await sql(`update person set email = $2, phone = '+15550001234' where id = $1`, [
    ada.id,
    `${mark}@customer.example`
  ]);
  account = await one(`insert into account (number, holder) values ('31000001', $1)`, [`Ada ${mark}`]);
  await sql(`insert into account_contact (account_id, email, phone) values ($1, $2, '1')`, [
    account,
    `${mark}@x.example`
  ]);
  await aMember(account, ada, 'holder', 'act');
  await aMember(account, otto, 'authorised', 'act');
  const place = await one(
    `insert into premises (account_id, line, town, postcode) values ($1, '7 Canal Street', 'Elmford', '10001')`,
    [account]
  );
  await sql(`insert into priority_service (premises_id, needs) values ($1, '{age}')`, [place]);
  await sql(`insert into contact_wish (person_id, street, town, postcode) values ($1, $2, $2, '1')`, [
    ada.id,
    mark
  ]);
  await sql(
    `insert into account_invitation (account_id, email, kind, scope, locale, digest, invited_by, expires_at)
             values ($1, $2, 'authorised', 'view', 'en', 'd', $3, now() + interval '7 days')`,
    [account, `${mark}@y.example`, ada.id]
  );
  request = (await aRequest(ada)).id;
  await sql(
    `update request set account_id = $2, description = $3, answers = $4, contact = $4 where id = $1`,
    [
      ...[
        request,
        account,
        `${mark} leaks`,
        JSON.stringify({ subject: `${mark} subject`, caller_name: mark })
      ]
    ]
  );
  const theirs = (await aRequest(otto)).id;
  const say = `insert into message (request_id, author_id, author_role, visibility, text) values ($1, $2, $3, $4, $5)`;
  await sql('set session_replication_role = replica');
  await sql(say, [request, ada.id, 'customer', 'public', `${mark} says`]);
  await sql(say, [request, grace.id, 'agent', 'internal', `a note on ${mark}`]);
  await sql(say, [request, grace.id, 'agent', 'public', `dear ${mark}`]);
  await sql(say, [theirs, ada.id, 'customer', 'public', `${mark} on the request of another`]);
  await sql('set session_replication_role = origin');
  await sql(`insert into opening (person_id, request_id, reason) values ($1, $2, $3)`, [
    grace.id,
    request,
    `call of ${mark}`
  ]);
  await sql(`insert into draft (person_id, key, form, typed) values ($1, $2, 'desk', $3)`, [
    grace.id,
    request,
    JSON.stringify({ note: mark })
  ]);
  await sql(
    `insert into call_back (request_id, phone, begins_at, ends_at) values ($1, '5550001234', now(), now() + interval '1 hour')`,
    [request]
  );
  await sql(`insert into draft (key, person_id, form, typed) values (gen_random_uuid(), $1, 'f', $2)`, [
    ada.id,
    JSON.stringify({ a: mark })
  ]);
  const talk = await one(`insert into conversation (person_id) values ($1)`, [ada.id]);
  await sql(
    `insert into conversation_line (conversation_id, number, key, spoken_by, text) values ($1, 1, gen_random_uuid(), 'customer', $2)`,
    [talk, mark]
  );
  await sql(
    `insert into bot_answer (conversation_id, person_id, locale, kind, question, confidence) values ($1, $2, 'en', 'abstain', $3, 0.5)`,
    [talk, ada.id, mark]
  );
  await sql(
    `insert into caught_mail (sender, recipient, subject, text, html) values ('us', $1, 'Hello', $2, '')`,
    [`${mark}@customer.example`, `Dear Ada ${mark}`]
  );
  await sql(
    `insert into sign_in_session (person_id, token, expires_at, user_agent) values ($1, 't', now() + interval '1 day', $2)`,
    [ada.id, mark]
  );
  await sql(
    `insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
             values ($1, 'B-31', 'USD', '2026-01-01', '2026-01-20', '2025-12-01', '2025-12-31', 0)`,
    [account]
  );
  await sql(
    `insert into payment (account_id, reference, amount, currency, method, paid_on) values ($1, 'R-31', 500, 'USD', 'bank', '2026-01-05')`,
    [account]
  );
  file = await one(
    `insert into attachment (form_key, person_id, request_id, name, size, state, type, sha256, scan, received_at)
     values (gen_random_uuid(), $1, $2, $3, 9, 'ready', 'image/jpeg', repeat('a', 64), 'clean', now())`,
    [ada.id, request, `${mark}.jpg`]
  );
  mkdirSync(dirname(files.path(file, originalFile)), { recursive: true });
  writeFileSync(files.path(file, originalFile), mark);
  while (Number((await sql<{ n: number }>('select gather_request_words(100) as n'))[0]?.n) > 0);
}

const passTime = () =>
  sql(
    `update closing set asked_at = asked_at - interval '15 days', due_at = due_at - interval '15 days' where state = 'waiting'`
  );
const run = () => jobs['privacy.close_due'](db, {});
const isClosed = async () =>
  (await sql(`select from person where id = $1 and closed_at is not null`, [ada.id])).length > 0;
const tell = async () => {
  const rows = await sql<{ payload: { closing: string; what: 'asked' | 'withdrawn' } }>(
    `delete from outbox where job = 'privacy.tell_closing' returning payload`
  );
  for (const { payload } of rows) await jobs['privacy.tell_closing'](db, payload);
};

/** Every row of every table as text, in which the mark is still found. */
async function traces() {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
     union all select 'graphile_worker.' || table_name from information_schema.tables
       where table_schema = 'graphile_worker' and table_type = 'BASE TABLE'`
  );
  const found = [];
  for (const { name } of tables)
    if ((await sql(`select from ${name} as x where x::text ilike '%${mark}%' limit 1`)).length > 0)
      found.push(name);
  return found.toSorted();
}

test('the mark is everywhere before: so it would be found', async () => {
  expect(await traces()).toEqual(
    [
      ...[
        'account',
        'account_contact',
        'account_invitation',
        'attachment',
        'bot_answer',
        'caught_mail',
        'contact_wish'
      ],
      ...['conversation_line', 'draft', 'message', 'opening', 'person', 'request', 'request_words'],
      ...['search_word', 'sign_in_session']
    ].toSorted()
  );
});

test('only the owner or a supervisor asks for it; it is told once, and can be called off', async () => {
  await expect(askToClose(web.as(otto), otto, ada.id)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(askToClose(web.as(grace), grace, ada.id)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(askToClose(web.as(sam), sam, sam.id)).rejects.toMatchObject({ kind: 'missing' });
  await Promise.all([askToClose(web.as(ada), ada, ada.id), askToClose(web.as(ada), ada, ada.id)]);
  await tell();
  expect(sent.map(({ to, subject }) => [to, subject.slice(0, 35)])).toEqual([
    [`${mark}@customer.example`, 'Your online account will be closed ']
  ]);
  expect(sent[0]?.text).toContain('https://gas.example/account/close');
  await run();
  expect(await isClosed()).toBe(false);
  await expect(withdrawClosing(web.as(otto), otto, ada.id)).rejects.toMatchObject({ kind: 'forbidden' });
  await withdrawClosing(web.as(ada), ada, ada.id);
  await withdrawClosing(web.as(ada), ada, ada.id);
  await tell();
  expect(sent.at(-1)?.subject).toBe('Your account stays open');
  await passTime();
  await run();
  expect(await isClosed()).toBe(false);
});

test('an emergency that goes on keeps it from being asked for; a hold stops what waits', async () => {
  const [open] = await sql<{ id: string }>(
    `insert into emergency (reference, verdict, channel, person_id, locale, text, place, phone)
     values ('E-1', 'emergency', 'web', $1, 'en', 'smell of gas', 'kitchen', '5551234') returning id`,
    [ada.id]
  );
  expect((await closingOf(web.as(ada), ada.id)).waits).toEqual(['emergency']);
  await expect(askToClose(web.as(ada), ada, ada.id)).rejects.toMatchObject({ kind: 'conflict' });
  await sql('set session_replication_role = replica');
  await sql(`update emergency set status = 'made_safe' where id = $1`, [open!.id]);
  await sql('set session_replication_role = origin');
  await askToClose(web.as(sam), sam, ada.id);
  await passTime();
  await expect(holdClosing(web.as(grace), grace, ada.id, 'Not mine to say')).rejects.toMatchObject({
    kind: 'forbidden'
  });
  await holdClosing(web.as(sam), sam, ada.id, 'Before the court');
  await run();
  expect(await isClosed()).toBe(false);
  expect((await closingOf(web.as(ada), ada.id)).waits).toEqual(['hold']);
  await liftHold(web.as(sam), sam, ada.id);
});

test('then it is done, once: no word, name or file of theirs is left, and figures stay', async () => {
  await Promise.all([run(), run()]);
  expect(await isClosed()).toBe(true);
  expect(await traces()).toEqual([]);
  while (Number((await sql<{ n: number }>('select gather_request_words(100) as n'))[0]?.n) > 0);
  expect(await traces()).toEqual([]);
  expect(existsSync(files.path(file, originalFile))).toBe(false);
  expect(sent.filter(({ subject }) => subject === 'Your online account is closed')).toHaveLength(1);

  const [left] = await sql(
    `select (select count(*)::int from bill) as bills, (select count(*)::int from payment) as payments,
            (select text from emergency) as emergency, (select phone from emergency) as phone,
            (select status from request where id = $1) as status, (select holder from account where id = $2) as holder,
            (select count(*)::int from account_member where account_id = $2) as members,
            (select count(*)::int from premises where account_id = $2) as places,
            (select name from person where id = $3) as name, (select name from person where id = $4) as other`,
    [request, account, ada.id, otto.id]
  );
  expect(left).toEqual({
    ...{
      bills: 1,
      payments: 1,
      emergency: 'smell of gas',
      phone: null,
      status: 'cancelled',
      holder: 'Former customer'
    },
    ...{ members: 0, places: 1, name: 'Former customer', other: 'Otto Stays' }
  });
  const deeds = await sql<{ action: string }>(
    `select action from audit_entry where subject_id = $1 and action like 'person.closing%' order by id`,
    [ada.id]
  );
  expect(deeds.map(({ action }) => action.slice('person.closing_'.length))).toEqual([
    ...['asked', 'withdrawn', 'asked', 'held', 'hold_lifted', 'done']
  ]);
  await expect(askToClose(web.as(sam), sam, ada.id)).rejects.toMatchObject({ kind: 'missing' });
});

test('before the time nobody is forgotten', async () => {
  const eve = await aPerson('customer', { name: 'Eve Early' });
  await askToClose(web.as(eve), eve, eve.id);
  await run();
  expect(await sql(`select name from person where id = $1`, [eve.id])).toEqual([{ name: 'Eve Early' }]);
});
