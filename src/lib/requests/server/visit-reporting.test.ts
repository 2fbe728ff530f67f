/** A technician's report is taken also when the disk of the files fails. */
import { afterAll, expect, test } from 'vitest';
import { brokenDisks } from '../../../../tests/support/broken-disk.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/platform/server/files/storage.ts';
import { sendReport } from './visit-reporting.ts';
import { giveVisit } from './visit-work.ts';

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
    ...{ terms: { jurisdiction: 'US' as const, currency: 'USD' }, signature: `data:image/png;base64,${dot}` }
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
