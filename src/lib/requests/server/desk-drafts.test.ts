/** Drafts of the desk: kept for their writer alone, found again, and gone when they are sent. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { keepDeskDraft, readDeskDrafts } from './desk-drafts.ts';
import { keepDraft } from '#lib/forms/server/drafts.ts';
import { setPriority } from './transitions.ts';
import { addNote, replyToRequest } from './messages.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const grace = await aPerson('agent', { name: 'Grace Lind' });
const omar = await aPerson('agent', { name: 'Omar Reed' });

const keep = (by: Somebody, reference: string, name: 'reply' | 'note', text: string) =>
  keepDeskDraft(database.as(by), by, reference, { name, text });
const draftsOf = (by: Somebody, id: string) => readDeskDrafts(database.as(by), id);

test('a reply and a note are kept side by side, the latest words of each', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  await keep(grace, reference, 'reply', 'We');
  await keep(grace, reference, 'reply', 'We look');
  await keep(grace, reference, 'note', 'Ask Omar');
  expect(await draftsOf(grace, id)).toEqual({ reply: 'We look', note: 'Ask Omar' });
});

test('nobody reads what another is writing, and customers keep none', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  await keep(grace, reference, 'reply', 'Not yet');
  expect(await draftsOf(omar, id)).toEqual({});
  expect(await database.as(omar).selectFrom('draft').selectAll().execute()).toEqual([]);
  await expect(keep(ada, reference, 'reply', 'Hello')).rejects.toMatchObject({ kind: 'missing' });
});

test('what an agent may not see takes no draft', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  await sql(`insert into team (code, name) values ('far', 'Far')`);
  await sql(`update request set team_id = (select id from team where code = 'far') where id = $1`, [id]);
  await expect(keep(grace, reference, 'note', 'Hello')).rejects.toMatchObject({ kind: 'missing' });
});

test('it survives what others do, leaves no event and no letter, and is gone when it is sent or emptied', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  await keep(grace, reference, 'reply', 'We look');
  await keep(grace, reference, 'note', 'Ask Omar');
  await keep(omar, reference, 'reply', 'Mine');
  expect(await sql('select * from request_event where request_id = $1', [id])).toEqual([]);
  expect(await sql(`select * from outbox where payload->>'requestId' = $1`, [id])).toEqual([]);

  await setPriority(database.as(omar), omar, reference, { priority: 1, seen: 0 });
  expect(await draftsOf(grace, id)).toEqual({ reply: 'We look', note: 'Ask Omar' });

  const said = { key: randomUUID(), text: 'We look', attachments: [] };
  await replyToRequest(database.as(grace), grace, reference, { ...said, seen: 9 });
  expect(await draftsOf(grace, id)).toEqual({ note: 'Ask Omar' });
  await addNote(database.as(grace), grace, reference, { ...said, key: randomUUID() });
  expect(await draftsOf(grace, id)).toEqual({});

  await keep(omar, reference, 'reply', '  ');
  expect(await draftsOf(omar, id)).toEqual({});
});

test('the database takes them of staff alone, on what they may see, and erases them with the request', async () => {
  const { id } = await aRequest(ada, { status: 'open' });
  const form = { key: id, form: 'desk', typed: { note: 'Ask' }, beside: true };
  await expect(keepDraft(database.as(ada), ada, form)).rejects.toThrow('row-level security');
  await expect(keepDraft(database.as(grace), grace, { ...form, key: randomUUID() })).rejects.toThrow(
    'row-level security'
  );

  await keepDraft(database.as(grace), grace, form);
  await sql('select forget_requests(array[$1]::uuid[])', [id]);
  expect(await draftsOf(grace, id)).toEqual({});
});
