/** What time alone does to visits: who is visited tomorrow is reminded, and where nobody came we say so and pay for it. */
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { dayFromToday } from '#lib/forms/day.ts';
import type { Jurisdiction } from '#lib/safety/wording.ts';
import { compensationIn, graceHours } from '../compensation.ts';
import { giveBack } from '#lib/slots/server/slots.ts';
import type { Status } from '#lib/requests/status.ts';
import { record, recordAndTell } from '#lib/requests/server/timeline.ts';
import { move } from '#lib/requests/server/transitions.ts';

export interface Place {
  timeZone: string;
  jurisdiction: Jurisdiction;
}

const armful = 200;

/** Asks for the letters of the day before, once for each visit and day, from nine in the morning on. */
export async function remindVisits(db: Db, { timeZone }: Place) {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ request_id: string; number: number }>`
      with soon as (
        update visit v set reminded_for = v.on_day
        where v.ended_at is null and v.reminded_for is distinct from v.on_day
          and v.on_day = (now() at time zone coalesce(v.zone, ${timeZone}))::date + 1
          and (now() at time zone coalesce(v.zone, ${timeZone}))::time >= '09:00'
          -- Whoever has just booked has just been written to.
          and v.changed_at < now() - interval '6 hours'
        returning v.request_id)
      select s.request_id, e.number from soon s cross join lateral (
        select e.number from request_event e
        where e.request_id = s.request_id and e.kind = 'visit' order by e.number desc limit 1) e`.execute(tx);
    for (const { request_id, number } of rows)
      await later(tx, 'requests.tell_customer', { requestId: request_id, number, kind: 'visit_soon' });
  });
}

/** Visits whose hours went by some time ago, of which nobody has said anything. */
export async function missVisits(db: Db, place: Place) {
  for (;;) {
    const { rows } = await sql<{ id: string; request_id: string }>`
      select id, request_id from visit
      where ended_at is null and on_day <= current_date + 1
        and (on_day + case when to_time <= from_time then 1 else 0 end + to_time)
              at time zone coalesce(zone, ${place.timeZone})
            < now() - make_interval(hours => ${graceHours})
      order by on_day limit ${armful}`.execute(db);
    for (const { id, request_id } of rows)
      await db.transaction().execute((tx) => missVisit(tx, id, request_id, place));
    if (rows.length < armful) break;
  }
  await db.transaction().execute((tx) => oweAgain(tx, place));
}

async function missVisit(tx: Db, id: string, requestId: string, place: Place) {
  const request = await tx
    .selectFrom('request')
    .select(['id', 'account_id', sql<Status>`status`.as('status')])
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
  const visit = await tx
    .updateTable('visit')
    .set({ state: 'missed', ended_at: sql<Date>`now()`, changed_at: sql<Date>`now()` })
    .set('sequence', (visit) => visit('sequence', '+', 1))
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['on_day', 'from_time', 'to_time'])
    .executeTakeFirst();
  if (!request || !visit) return;

  if (request.status === 'scheduled') await move(tx, system, request, 'open', { occasion: null });
  await giveBack(tx, { kind: 'request', id: requestId }, 'over');
  const rule = compensationIn(place.jurisdiction);
  if (rule)
    await tx
      .insertInto('compensation')
      .values({
        ...{ visit_id: id, request_id: requestId, account_id: request.account_id, reason: 'missed' },
        ...{ rule: rule.rule, amount: rule.amount, currency: rule.currency },
        due_on: dayFromToday({ working_days: rule.within }, { today: await localDay(tx, place) })
      })
      .onConflict((twice) => twice.doNothing())
      .execute();
  const { on_day: visit_on, from_time: visit_from, to_time: visit_to } = visit;
  const payload = { visit_on, visit_from, visit_to, state: 'missed' };
  await recordAndTell(tx, requestId, { kind: 'visit', payload }, 'visit_missed');
}

/** Where the rule says so, what was not paid in time is owed a second time. */
async function oweAgain(tx: Db, place: Place) {
  const rule = compensationIn(place.jurisdiction);
  if (!rule?.again) return;
  const today = await localDay(tx, place);
  const { rows } = await sql<{ request_id: string }>`
    insert into compensation (visit_id, request_id, account_id, rule, reason, amount, currency, due_on)
    select visit_id, request_id, account_id, rule, 'paid_late', ${rule.amount}::integer, ${rule.currency},
           ${dayFromToday({ working_days: rule.within }, { today })}::date
    from compensation where state = 'owed' and reason = 'missed' and due_on < ${today}::date
    on conflict do nothing
    returning request_id`.execute(tx);
  for (const { request_id } of rows)
    await record(tx, request_id, { kind: 'visit', payload: { state: 'owed_again' } });
}

async function localDay(tx: Db, { timeZone }: Place) {
  const { rows } = await sql<{
    day: string;
  }>`select (now() at time zone ${timeZone})::date::text as day`.execute(tx);
  return rows[0]?.day ?? '';
}
