/** A technician's report, with its photos and what the meter shows; and taken also when the disk of the files fails. */
import { afterAll, expect, test } from 'vitest';
import { brokenDisks } from '../../../../tests/support/broken-disk.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { sendReport } from './reporting.ts';
import { giveVisit } from './work.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const folder = throwAwayFolder();
afterAll(() => database.close());
afterAll(() => folder.remove());

const [ada, tom, sam] = [await aPerson(), await aPerson('agent'), await aPerson('supervisor')];
const storage = openStorage(folder.path);
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function reported(wrote: string, disk: typeof storage) {
  const { id: request } = await aRequest(ada, { status: 'scheduled' });
  const [visit = { id: '' }] = await sql<{ id: string }>(
    'update visit set on_day = current_date + 3 where request_id = $1 returning id',
    [request]
  );
  await giveVisit(database.as(sam), sam, visit.id, tom.id);
  const report = {
    ...{ key: crypto.randomUUID(), outcome: 'done' as const, note: wrote, met: 'Ada', digits: '' },
    ...{ happened_at: new Date(), locale: 'en' as const, zone: 'America/New_York', code: '', attachment: [] },
    ...{
      terms: { jurisdiction: 'US' as const, currency: 'USD' },
      early: true,
      signature: `data:image/png;base64,${dot}`
    }
  };
  await sendReport(database.as(tom), tom, visit.id, report, disk);
  expect(await sql('select state from visit where id = $1', [visit.id])).toEqual([{ state: 'done' }]);
  return sql('select note, met, signed_how, signature from visit_report where visit_id = $1', [visit.id]);
}

test.each(Object.entries(brokenDisks))(
  'a disk that is %s keeps no report from being taken, and the report says what is missing',
  async (_how, breaking) => {
    const note = 'It was signed by hand, but our file storage could not keep the signature.';
    expect(await reported('New valve.', breaking(storage))).toEqual([
      { note: `New valve.\n${note}`, met: 'Ada', signed_how: 'name', signature: null }
    ]);
  }
);

test('a report as long as one may be is taken as well, with all its words', async () => {
  const wrote = 'x'.repeat(2000);
  expect(await reported(wrote, brokenDisks.gone(storage))).toMatchObject([
    { note: wrote, signed_how: 'name' }
  ]);
});

/** A visit to a home with a meter, and a photo that came with the form of this key. */
async function withMeter(key: string) {
  const number = String(40_030_000 + made++);
  const [home] = await sql<{ account: string; premises: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id),
          m as (insert into account_member (account_id, person_id, kind, scope) select id, $2, 'holder', 'act' from a),
          p as (insert into premises (account_id, line, town, postcode)
                select id, '1 Mill Lane', 'Millbrook', '01001' from a returning id, account_id),
          e as (insert into meter (premises_id, serial, digits, installed_on) select id, 'G4-' || $1, 5, '2020-05-01' from p)
     select account_id as account, id as premises from p`,
    [number, ada.id]
  );
  const { id: request } = await aRequest(ada, { status: 'scheduled' });
  await sql('update request set account_id = $2, premises_id = $3 where id = $1', [
    ...[request, home?.account, home?.premises]
  ]);
  const [visit = { id: '' }] = await sql<{ id: string }>('select id from visit where request_id = $1', [
    request
  ]);
  await giveVisit(database.as(sam), sam, visit.id, tom.id);
  const photo = async (of: string) =>
    (
      await sql<{ id: string }>(
        `insert into attachment (form_key, person_id, name, size, state, type, sha256, received_at, expires_at)
         values ($1, $2, 'boiler.png', 1, 'received', 'image/png', repeat('a', 64), now(), now() + interval '1 day')
         returning id`,
        [of, tom.id]
      )
    )[0]?.id ?? '';
  const send = (also: object) =>
    sendReport(
      database.as(tom),
      tom,
      visit.id,
      {
        ...{
          key,
          outcome: 'done' as const,
          note: 'New valve.',
          met: 'Ada',
          digits: '',
          code: '',
          signature: ''
        },
        ...{ happened_at: new Date(), locale: 'en' as const, zone: 'America/New_York', attachment: [] },
        ...{ terms: { jurisdiction: 'US' as const, currency: 'USD' }, early: true },
        ...also
      },
      storage
    );
  const readings = () =>
    sql(
      `select r.digits, r.state, r.taken_by from reading r join meter m on m.id = r.meter_id where m.premises_id = $1`,
      [home?.premises]
    );
  return { request, visit: visit.id, photo, send, readings };
}
let made = 1;

test('photos go with it to the desk alone, and what the meter shows is a reading: once, however often it is sent', async () => {
  const key = crypto.randomUUID();
  const { request, photo, send, readings } = await withMeter(key);
  const [boiler, another] = [await photo(key), await photo(crypto.randomUUID())];
  for (const _ of ['once', 'and again']) await send({ digits: '00512', attachment: [boiler, another] });
  expect(await sql('select id, visibility from attachment where request_id = $1', [request])).toEqual([
    { id: boiler, visibility: 'internal' }
  ]);
  const seen = (who: typeof ada) =>
    database.as(who).selectFrom('attachment').select('id').where('request_id', '=', request).execute();
  expect([await seen(ada), await seen(sam)]).toEqual([[], [{ id: boiler }]]);
  expect(await readings()).toEqual([{ digits: '00512', state: 'accepted', taken_by: tom.id }]);
});

test('what no meter can show is asked again, and nothing of the report is taken before', async () => {
  const { visit, send, readings } = await withMeter(crypto.randomUUID());
  await expect(send({ digits: '5x12' })).rejects.toMatchObject({ kind: 'invalid' });
  await expect(send({ digits: '1234567' })).rejects.toMatchObject({ kind: 'invalid' });
  expect(await sql('select state from visit where id = $1', [visit])).toEqual([{ state: 'booked' }]);
  expect(await readings()).toEqual([]);
});
