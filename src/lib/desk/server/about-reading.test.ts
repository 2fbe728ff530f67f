/** A request about a reading, as the desk opens it: the photo of the dial that came with the reading stands beside it. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { readForDesk } from './request.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

test('the photo of a reading stands with the request that is about it, and with no other', async () => {
  const [ada, sam] = [await aPerson(), await aPerson('admin')];
  const [about, other] = [await aRequest(ada), await aRequest(ada)];
  const [reading] = await sql<{ id: string }>(
    `with a as (insert into account (number, holder) values ('40997001', 'Ada Brook') returning id),
       p as (insert into premises (account_id, line, town, postcode) select id, '12 Canal St', 'Elmford', '10001' from a returning id),
       m as (insert into meter (premises_id, serial, digits, installed_on) select id, 'M-997001', 5, '2020-01-01' from p returning id)
     insert into reading (meter_id, read_on, digits, source, taken_by) select id, '2026-01-31', '01234', 'customer', $1 from m
     returning id`,
    [ada.id]
  );
  await sql('insert into request_about (request_id, reading_id) values ($1, $2)', [about.id, reading?.id]);
  await sql(
    `insert into attachment (form_key, person_id, reading_id, name, size, state, type, sha256, scan, received_at)
     values (gen_random_uuid(), $1, $2, 'dial.png', 10, 'ready', 'image/png', repeat('a', 64), 'clean', now())`,
    [ada.id, reading?.id]
  );

  const opened = await readForDesk(web.as(sam), sam, about.reference, '2026-02-01');
  expect(opened.subject).toMatchObject({ kind: 'reading', id: reading?.id, digits: '01234' });
  expect(opened.photos.map(({ name }) => name)).toEqual(['dial.png']);
  expect((await readForDesk(web.as(sam), sam, other.reference, '2026-02-01')).photos).toEqual([]);
});
