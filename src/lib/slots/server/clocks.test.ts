/** A slot is a window on a local clock: also on the two days on which the clocks change, and past midnight. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);
const zone = 'America/New_York';

/** In 2027 the clocks go forward on March 14 at two, and back on November 7 at two. */
const days = ['2027-03-13', '2027-03-14', '2027-03-15', '2027-11-06', '2027-11-07', '2027-11-08'];
const minute = fc.integer({ min: 0, max: 1439 });
const written = (at: number) => Temporal.PlainTime.from('00:00').add({ minutes: at }).toString();
const instant = (day: Temporal.PlainDate, time: string) =>
  day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'later' })
    .epochMilliseconds;

test('it begins and ends when the clocks of the place say so, or is refused where nothing lies between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...days), minute, minute, async (on, from, to) => {
      const day = Temporal.PlainDate.from(on);
      const begins = instant(day, written(from));
      const ends = instant(to <= from ? day.add({ days: 1 }) : day, written(to));
      const made = sql<{ begins_at: Date; ends_at: Date }>(
        `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
         values ('visit', 'mill', 'meter', $1, $2, $3, $4, 1) on conflict do nothing returning begins_at, ends_at`,
        [on, written(from), written(to), zone]
      );
      if (ends <= begins) await expect(made).rejects.toMatchObject({ constraint: 'slot_has_a_length' });
      else
        for (const row of await made)
          expect([row.begins_at.getTime(), row.ends_at.getTime()]).toEqual([begins, ends]);
    }),
    {
      numRuns: 150,
      examples: [
        ['2027-03-14', 120, 150],
        ['2027-03-14', 60, 180],
        ['2027-03-13', 1410, 150],
        ['2027-11-07', 60, 120],
        ['2027-11-06', 1380, 90],
        ['2027-11-07', 1410, 30]
      ]
    }
  );
}, 60_000);

test('a pattern is planned for every day ahead, but for an hour that the clocks skip', async () => {
  await sql(
    `insert into slot_pattern (kind, area, skill, weekday, from_time, to_time, capacity)
     select 'visit', 'mill', 'works', d, w.f, w.t, 2 from generate_series(1, 7) d,
       (values (time '02:00', time '02:30'), (time '23:30', time '00:30'), (time '08:00', time '12:00')) w (f, t)`
  );
  await sql(`select set_config('app.role', 'system', false)`);
  await sql('select plan_slots($1, 120)', [zone]);
  const planned = await sql<{
    on_day: string;
    from_time: string;
    to_time: string;
    begins_at: Date;
    ends_at: Date;
  }>(
    `select on_day::text, from_time::text, to_time::text, begins_at, ends_at from slot where skill = 'works'`
  );
  const today = Temporal.Now.plainDateISO(zone);
  const expected = Array.from({ length: 121 }, (_, n) => today.add({ days: n })).flatMap((day) =>
    [
      ['02:00:00', '02:30:00'],
      ['23:30:00', '00:30:00'],
      ['08:00:00', '12:00:00']
    ].flatMap(([from = '', to = '']) => {
      const [begins, ends] = [instant(day, from), instant(to <= from ? day.add({ days: 1 }) : day, to)];
      return ends > begins ? [`${day.toString()} ${from} ${begins} ${ends}`] : [];
    })
  );
  expect(
    planned
      .map((one) => `${one.on_day} ${one.from_time} ${one.begins_at.getTime()} ${one.ends_at.getTime()}`)
      .toSorted()
  ).toEqual(expected.toSorted());
  // Planned again, nothing is there twice.
  await sql('select plan_slots($1, 120)', [zone]);
  expect(await sql(`select count(*)::int as n from slot where skill = 'works'`)).toEqual([
    { n: planned.length }
  ]);
});
