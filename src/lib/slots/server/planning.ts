/** Planning slots: areas, a week's pattern, what it comes to in a week, and the days on which nobody comes. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { SlotKind } from '../rules.ts';
import { codeFrom, type NewPattern } from '../planning-form.ts';

/** So many days ahead there are slots: a week more than is offered. */
export const plannedDays = 42;

export const mayPlan = (actor: PersonActor) => isStaff(actor) && actor.role !== 'agent';

export const listAreas = async (db: Db) => {
  const { rows } = await sql<{ code: string; name: string; prefixes: string[] }>`
    select a.code, a.name, array(select p.prefix from area_postcode p where p.area = a.code order by p.prefix) as prefixes
    from area a where a.retired_at is null order by a.name`.execute(db);
  return rows;
};

export const patternOf = (db: Db, area: string, kind: SlotKind) =>
  db
    .selectFrom('slot_pattern')
    .select(['id', 'skill', 'weekday', 'from_time', 'to_time', 'capacity', 'kept_first', 'charge'])
    .where('area', '=', area)
    .where('kind', '=', kind)
    .orderBy('skill')
    .orderBy('from_time')
    .orderBy('weekday')
    .execute();

/** The slots of seven days, from this one on. */
export const weekOf = (db: Db, { area, kind, from }: { area: string; kind: SlotKind; from: string }) =>
  db
    .selectFrom('slot')
    .select(['id', 'skill', 'on_day', 'from_time', 'to_time', 'capacity', 'taken', 'closed_reason'])
    .select([sql<boolean>`made_by is not null`.as('extra'), sql<boolean>`begins_at <= now()`.as('begun')])
    .where('on_day', '>=', from)
    .where('on_day', '<', sql<string>`${from}::date + 7`)
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('arranged', '=', false)
    .orderBy('skill')
    .orderBy('from_time')
    .execute();

export const daysOff = (db: Db, { area, kind, from }: { area: string; kind: SlotKind; from: string }) =>
  db
    .selectFrom('slot_day_off')
    .select(['on_day', 'reason'])
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('on_day', '>=', from)
    .where('on_day', '<', sql<string>`${from}::date + 7`)
    .execute();

/** A new area, with the beginnings of the post codes that belong to it. */
export async function addArea(
  db: Db,
  actor: PersonActor,
  { name, prefixes }: { name: string; prefixes: string[] }
) {
  planner(actor);
  const code = codeFrom(name);
  // Its code is its name's, so the same again is the same form, sent twice.
  const asked = { digest: digestOf([name, [...prefixes].sort()]), first: () => areaOf(db, code) };
  return once({ ...asked, refuseOther: refuseThere }, async () => {
    try {
      await db.transaction().execute(async (tx) => {
        await tx.insertInto('area').values({ code, name }).execute();
        for (const prefix of prefixes)
          await tx.insertInto('area_postcode').values({ prefix, area: code }).execute();
      });
    } catch (problem) {
      if (areaIsThere(problem)) refuseThere();
      if (isCheckViolation(problem, 'area_code_check')) refuse('invalid', 'slots.area_wrong');
      throw problem;
    }
    return code;
  });
}

const refuseThere = () => refuse('conflict', 'slots.area_there');

async function areaOf(db: Db, code: string) {
  const { rows } = await sql<{ name: string; prefixes: string[] }>`
    select a.name, array(select p.prefix from area_postcode p where p.area = a.code) as prefixes
    from area a where a.code = ${code} and a.retired_at is null`.execute(db);
  return rows[0] && { digest: digestOf([rows[0].name, rows[0].prefixes.sort()]), result: code };
}

/** Adds windows to the pattern of an area, on each of these weekdays, and plans them at once. */
export function addPattern(
  db: Db,
  actor: PersonActor,
  area: string,
  { zone, ...form }: NewPattern & { zone: string }
) {
  planner(actor);
  const { kind, skill, weekdays, from_time, to_time, capacity, kept_first } = form;
  const charge = String(form.charge);
  return db.transaction().execute(async (tx) => {
    for (const weekday of weekdays) {
      const window = { area, kind, skill, weekday, from_time, to_time };
      await changePlanned(tx, window, { capacity, kept_first });
      await tx
        .insertInto('slot_pattern')
        .values({ ...window, capacity, kept_first, charge })
        .onConflict((same) =>
          same
            .columns(['area', 'kind', 'skill', 'weekday', 'from_time', 'to_time'])
            .doUpdateSet({ capacity, kept_first, charge })
        )
        .execute();
    }
    // Who has booked keeps what it cost then.
    await tx
      .updateTable('slot')
      .set({ charge })
      .where('area', '=', area)
      .where('kind', '=', kind)
      .where('skill', '=', skill)
      .where('from_time', '=', from_time)
      .where('to_time', '=', to_time)
      .where('begins_at', '>', sql<Date>`now()`)
      .where(sql<number>`extract(isodow from on_day)`, 'in', weekdays)
      .where('charge', '<>', charge)
      .execute();
    await plan(tx, zone);
  });
}

/**
 * What is planned of a window already goes by its new number too, and never below what is taken. What was set by hand on a
 * day stays; of a window that was taken out and comes back, nothing was.
 */
const changePlanned = (tx: Db, window: PatternWindow, { capacity, kept_first }: Places) =>
  sql`
    update slot s set capacity = greatest(s.taken, ${capacity}::smallint),
                      kept_first = least(${kept_first}::smallint,
                                         greatest(s.taken, ${capacity}::smallint) - s.taken + s.taken_first)
    from (select 1) one left join slot_pattern p
      on (p.area, p.kind, p.skill) = (${window.area}, ${window.kind}, ${window.skill})
      and p.weekday = ${window.weekday}::smallint and p.from_time = ${window.from_time}::time
      and p.to_time = ${window.to_time}::time
    where (s.area, s.kind, s.skill) = (${window.area}, ${window.kind}, ${window.skill})
      and s.from_time = ${window.from_time}::time and s.to_time = ${window.to_time}::time
      and extract(isodow from s.on_day) = ${window.weekday}::smallint
      and s.begins_at > now() and not s.arranged and s.made_by is null
      and (p.id is null or (s.capacity, s.kept_first) = (p.capacity, p.kept_first))`.execute(tx);

interface PatternWindow {
  area: string;
  kind: SlotKind;
  skill: string;
  weekday: number;
  from_time: string;
  to_time: string;
}
type Places = Pick<NewPattern, 'capacity' | 'kept_first'>;

/** Takes a window out of the pattern: what is booked in it stands, and nothing more of it is offered. */
export function removePattern(db: Db, actor: PersonActor, id: string) {
  planner(actor);
  return db.transaction().execute(async (tx) => {
    const gone = await tx.deleteFrom('slot_pattern').where('id', '=', id).returningAll().executeTakeFirst();
    if (!gone) return;
    await tx
      .updateTable('slot')
      .set((slot) => ({ capacity: slot.ref('taken'), kept_first: 0 }))
      .where('area', '=', gone.area)
      .where('kind', '=', gone.kind)
      .where('skill', '=', gone.skill)
      .where('from_time', '=', gone.from_time)
      .where('to_time', '=', gone.to_time)
      .where('begins_at', '>', sql<Date>`now()`)
      .where(sql<number>`extract(isodow from on_day)`, '=', gone.weekday)
      .execute();
  });
}

/** The pattern of one area and kind for another area too: what is there already stays. */
export function copyPattern(
  db: Db,
  actor: PersonActor,
  { kind, from, to, zone }: { kind: SlotKind; from: string; to: string; zone: string }
) {
  planner(actor);
  return db.transaction().execute(async (tx) => {
    await sql`
      insert into slot_pattern (kind, area, skill, weekday, from_time, to_time, capacity, kept_first, charge)
      select kind, ${to}, skill, weekday, from_time, to_time, capacity, kept_first, charge from slot_pattern
      where (area, kind) = (${from}, ${kind})
      on conflict do nothing`.execute(tx);
    await plan(tx, zone);
  });
}

/** One slot on one day holds more, or fewer; never fewer than are in it. */
export async function setCapacity(db: Db, actor: PersonActor, id: string, capacity: number) {
  planner(actor);
  try {
    await db
      .updateTable('slot')
      .set({ capacity, kept_first: sql<number>`least(kept_first, ${capacity}::smallint)` })
      .where('id', '=', id)
      .execute();
  } catch (problem) {
    if (isCheckViolation(problem, 'slot_taken_fits')) refuse('conflict', 'slots.fewer_than_taken');
    throw problem;
  }
}

/** A day that was closed is open again: slots are offered as before, but for those that were closed one by one before it. */
export function openDay(db: Db, actor: PersonActor, { area, kind, day, zone }: Day & { zone: string }) {
  planner(actor);
  return db.transaction().execute(async (tx) => {
    const off = await tx
      .deleteFrom('slot_day_off')
      .where('area', '=', area)
      .where('kind', '=', kind)
      .where('on_day', '=', day)
      .returning('created_at')
      .executeTakeFirst();
    if (!off) return;
    await tx
      .updateTable('slot')
      .set({ closed_reason: null, closed_at: null })
      .where('area', '=', area)
      .where('kind', '=', kind)
      .where('on_day', '=', day)
      .where('closed_at', '>=', off.created_at)
      .execute();
    await plan(tx, zone);
  });
}

/** Nothing more is offered or planned there on that day. Who is booked is the affair of whoever calls this. */
export async function shutDay(
  tx: Db,
  actor: PersonActor,
  { area, kind, day, reason }: Day & { reason: string }
) {
  planner(actor);
  await tx
    .insertInto('slot_day_off')
    .values({ area, kind, on_day: day, reason, made_by: actor.id })
    .onConflict((twice) => twice.doNothing())
    .execute();
  await tx
    .updateTable('slot')
    .set({ closed_reason: reason, closed_at: sql<Date>`now()` })
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('on_day', '=', day)
    .where('closed_at', 'is', null)
    .execute();
}

const areaIsThere = (problem: unknown) =>
  isUniqueViolation(problem, 'area_pkey') || isUniqueViolation(problem, 'area_postcode_pkey');

const plan = (tx: Db, zone: string) =>
  sql`select plan_slots(${zone}::text, ${plannedDays}::integer)`.execute(tx);

export const planner = (actor: PersonActor) =>
  mayPlan(actor) || refuse('forbidden', 'slots.supervisors_plan');

interface Day {
  area: string;
  kind: SlotKind;
  day: string;
}
