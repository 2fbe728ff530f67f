/** Somebody else moves in: the place and its meter are theirs, what was known of the household before is not. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { giveReading, metersOf, readingsOf } from './readings.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

test('readings of before, and priority services, are not seen by who moves in, nor lost to the desk', async () => {
  const [ada, eve, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
  const [first, second] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('40010001', 'Ada Brook'), ('40010002', 'Eve Lane') returning id`
  );
  if (!first || !second) throw new Error('no accounts');
  await aMember(first.id, ada, 'holder', 'act');
  await aMember(second.id, eve, 'holder', 'act');
  await sql(
    `with p as (insert into premises (account_id, line, town, postcode) values ($1, '1 Mill Lane', 'Millbrook', '01001')
                returning id),
          m as (insert into meter (premises_id, serial, digits, installed_on)
                select id, 'G4-9', 5, '2020-05-01' from p returning id),
          s as (insert into priority_service (premises_id, needs, since) select id, '{equipment}', '2026-01-01' from p)
     insert into reading (meter_id, read_on, digits, source) select id, current_date - 30, '00100', 'utility' from m`,
    [first.id]
  );
  const [meter] = await metersOf(database.as(ada), first.id);
  if (!meter) throw new Error('Ada has a meter');
  const seenBy = async (who: typeof ada) =>
    (await readingsOf(database.as(who), meter.id)).map(({ digits }) => digits);
  const priority = (who: typeof ada) => database.as(who).selectFrom('priority_service').selectAll().execute();
  expect([await seenBy(ada), await priority(ada)]).toMatchObject([['00100'], [{ needs: ['equipment'] }]]);

  await sql('update premises set account_id = $1', [second.id]);
  expect([await seenBy(ada), await priority(ada)]).toEqual([[], []]);
  expect([await seenBy(eve), await priority(eve), await priority(grace)]).toEqual([[], [], []]);
  expect(await seenBy(grace)).toEqual(['00100']);

  // Read on the day of moving in, and noted here the day after the place changed hands.
  const yesterday = Temporal.Now.plainDateISO().subtract({ days: 1 }).toString();
  await giveReading(database.as(eve), eve, { meter, digits: '00130', read_on: yesterday });
  await sql(
    `insert into reading (meter_id, read_on, digits, source) values ($1, current_date, '00131', 'utility')`,
    [meter.id]
  );
  expect(await seenBy(eve)).toEqual(['00131', '00130']);

  await sql(`update premises set line = '1b Mill Lane'`);
  expect(await seenBy(eve)).toEqual(['00131', '00130']);
});
