/** What one person may write in an hour: enough for anybody, and an end for whoever floods. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { homesOn } from '../../../../tests/support/homes.ts';
import { giveReading, metersOf } from '#lib/accounts/server/readings.ts';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { keepDraft } from '#lib/forms/server/drafts.ts';
import { movePlace, takePlace } from '#lib/slots/server/slots.ts';
import { speak } from './timeline.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { sql, aPerson, aRequest } = make;
const aHome = homesOn(make);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, eve, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const { id } = await aRequest(ada);
const spent = { kind: 'too_many', words: 'errors.too_many_writes' };

const say = (who: typeof ada) =>
  database
    .as(who)
    .transaction()
    .execute((tx) => speak(tx, id, { text: 'And another thing.', visibility: 'public', attachments: [] }));

test('a hundred and fifty replies of one person in a burst are not all taken', async () => {
  const taken = await Promise.allSettled(Array.from({ length: 150 }, () => say(ada)));
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(90);
  await expect(say(ada)).rejects.toMatchObject(spent);
  const [row] = await sql('select count(*)::int as there from message where request_id = $1', [id]);
  expect(row).toEqual({ there: 90 });
});

test('danger is heard all the same, and so is what staff say', async () => {
  const emergency = await openEmergency(database.as(ada), {
    ...{ verdict: 'emergency', hazard: 'gas', channel: 'reply' },
    ...{ text: 'I smell gas', locale: 'en', form: crypto.randomUUID() }
  });
  expect(emergency.reference).toMatch(/^E-/);
  await expect(say(grace)).resolves.toBeGreaterThan(90);
});

test('after an hour one may go on', async () => {
  await sql("update budget set window_ends_at = now() - interval '1 second' where person_id = $1", [ada.id]);
  await expect(say(ada)).resolves.toBeGreaterThan(90);
});

test('typing on in one draft is one draft, however long; new ones without an end are not', async () => {
  const key = crypto.randomUUID();
  const keep = (under: string) =>
    keepDraft(database.as(eve), eve, { key: under, form: 'request:GENERAL', typed: {} });
  for (let times = 0; times < 250; times += 1) await keep(key);
  const [row] = await sql("select count from budget where person_id = $1 and kind = 'draft'", [eve.id]);
  expect(row).toEqual({ count: 1 });
  await sql("update budget set count = 200 where person_id = $1 and kind = 'draft'", [eve.id]);
  await expect(keep(crypto.randomUUID())).rejects.toMatchObject(spent);
  expect(await keep(key)).toBe(true);
});

test('a visitor is counted by the network, whatever cookie they come with', async () => {
  const keep = () => {
    const visitor = { kind: 'visitor', visitor: crypto.randomUUID(), source: 'one network' } as const;
    const draft = { key: crypto.randomUUID(), form: 'request:GENERAL', typed: {} };
    return keepDraft(database.as(visitor), visitor, draft);
  };
  expect(await keep()).toBe(true);
  await sql("update source_budget set count = 1000 where source = 'one network' and kind = 'draft'");
  await expect(keep()).rejects.toMatchObject(spent);
  await sql("update source_budget set window_ends_at = now() where source = 'one network'");
  expect(await keep()).toBe(true);
});

test('those of one network who write much are counted together, and whoever writes little is not', async () => {
  const keep = (who: typeof ada, source: string) =>
    keepDraft(database.as({ ...who, source }), who, {
      ...{ key: crypto.randomUUID(), form: 'request:GENERAL', typed: {} }
    });
  const [one, other] = [await aPerson(), await aPerson()];
  for (let nth = 0; nth < 9; nth++) await keep(one, 'a town');
  expect(await sql("select 1 from source_budget where source = 'a town'")).toEqual([]);
  await keep(one, 'a town');
  expect(await sql("select kind, count from source_budget where source = 'a town'")).toEqual([
    { kind: 'draft, signed in', count: 10 }
  ]);

  await sql("update source_budget set count = 4000 where source = 'a town'");
  for (let nth = 0; nth < 9; nth++) await keep(other, 'a town');
  await expect(keep(other, 'a town')).rejects.toMatchObject(spent);
  await expect(keep(other, 'another town')).resolves.toBe(true);
});

test('readings have an end, given anew or again; a landlord reads three hundred meters, and staff as many as they like', async () => {
  const landlord = await aPerson();
  const [home] = await aHome(landlord, ['meter']);
  const [{ account_id } = { account_id: '' }] = await sql<{ account_id: string }>(
    'select account_id from premises where id = $1',
    [home]
  );
  const [meter] = await metersOf(database.as(landlord), account_id);
  if (!meter) throw new Error('no meter');
  const give = (who: typeof ada, digits: string) =>
    giveReading(database.as(who), who, { meter, digits, read_on: '2026-06-01' });
  await give(landlord, '00100');
  await give(landlord, '00101');
  expect(await spentBy(landlord, 'reading')).toBe(2);
  await sql("update budget set count = 300 where person_id = $1 and kind = 'reading'", [landlord.id]);
  await expect(give(landlord, '00102')).rejects.toMatchObject(spent);
  await expect(give(grace, '00103')).resolves.toMatchObject({ why: null });
});

test('a visit is moved sixty times in an hour, and no more', async () => {
  await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);
  const slots = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     select 'visit', 'mill', 'meter', current_date + nth, '08:00', '10:00', 'America/New_York', 9
     from generate_series(5, 6) as nth returning id`
  );
  const subject = { kind: 'request' as const, id: (await aRequest(eve)).id };
  const inOne = (act: (tx: ReturnType<typeof database.as>) => Promise<unknown>) =>
    database.as(eve).transaction().execute(act);
  const slot = (nth: number) => slots[nth % 2]?.id ?? '';
  await inOne((tx) => takePlace(tx, { slot: slot(0), subject }));
  for (let nth = 1; nth < 60; nth++) await inOne((tx) => movePlace(tx, { slot: slot(nth), subject }));
  await expect(inOne((tx) => movePlace(tx, { slot: slot(60), subject }))).rejects.toMatchObject(spent);
  expect(await spentBy(eve, 'place')).toBe(60);
});

const spentBy = async (who: typeof ada, kind: string) =>
  (
    await sql<{ count: number }>('select count from budget where person_id = $1 and kind = $2', [
      who.id,
      kind
    ])
  )[0]?.count;

test('what is kept of one person has an end', async () => {
  const big = 500 * 1024 * 1024;
  const add = (form: string) => ({
    form_key: form,
    person_id: eve.id,
    name: 'a.mp4',
    size: big,
    expires_at: new Date(Date.now() + 1e7)
  });
  await sql(
    `insert into attachment (form_key, person_id, name, size, request_id, state, type, sha256, received_at)
     select gen_random_uuid(), $1, 'a.mp4', $2, $3, 'ready', 'video/mp4', repeat('0', 64), now()
     from generate_series(1, 20)`,
    [eve.id, big, (await aRequest(eve)).id]
  );
  const sending = database.as(eve).insertInto('attachment').values(add(crypto.randomUUID())).execute();
  await expect(sending).rejects.toMatchObject({ constraint: 'attachment_kept' });
});
