/** A technician's report is taken in its hours, or when they say that they are early; what is done, as somebody confirmed it. */
import { afterAll, expect, test } from 'vitest';
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

/** Of a visit of Tom's, so many days from now. */
async function aVisit(days: number) {
  const { id: request } = await aRequest(ada, { status: 'scheduled' });
  const [visit = { id: '' }] = await sql<{ id: string }>(
    'update visit set on_day = current_date + $2::int where request_id = $1 returning id',
    [request, days]
  );
  await giveVisit(database.as(sam), sam, visit.id, tom.id);
  return visit.id;
}
const send = (visit: string, also: object) =>
  sendReport(
    database.as(tom),
    tom,
    visit,
    {
      ...{ key: crypto.randomUUID(), outcome: 'done' as const, note: 'New valve.', met: '', digits: '' },
      ...{ happened_at: new Date(), locale: 'en' as const, zone: 'America/New_York', code: '' },
      ...{ terms: { jurisdiction: 'US' as const, currency: 'USD' }, signature: '', attachment: [] },
      early: false,
      ...also
    },
    storage
  );

test('before its hours a report is asked about once', async () => {
  for (const outcome of ['done', 'no_access', 'parts_missing'] as const) {
    const [visit, key] = [await aVisit(3), crypto.randomUUID()];
    await expect(send(visit, { key, outcome })).rejects.toMatchObject({ words: 'visits.report_too_early' });
    await send(visit, { key, outcome, early: true });
    await send(visit, { key, outcome });
    expect(await sql('select state from visit where id = $1', [visit])).toEqual([{ state: outcome }]);
  }
  await send(await aVisit(-1), {});
});

test('what is done is confirmed by somebody, or by a note that says why nobody could', async () => {
  const visit = await aVisit(-1);
  await expect(send(visit, { note: '' })).rejects.toMatchObject({ words: 'visits.confirm_needed' });
  await send(visit, { note: 'Nobody was at home; the meter is outside.' });
  expect(await sql('select state from visit where id = $1', [visit])).toEqual([{ state: 'done' }]);
});
