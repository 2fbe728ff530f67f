/** Exceptions from the week's pattern: a window more on one day, and one that is closed while the rest of its day stays open. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { SlotKind } from '../rules.ts';
import type { ExtraWindow } from '../planning-form.ts';
import { planner } from './planning.ts';

/** Another window on one day alone. It is offered at once, and the pattern never hears of it. */
export async function addExtra(
  db: Db,
  actor: PersonActor,
  { area, zone, charge, ...extra }: ExtraWindow & { area: string; zone: string }
) {
  planner(actor);
  const content = { ...extra, charge: String(charge) };
  const first = () => windowAt(db, actor, area, extra);
  const add = async () => {
    try {
      await db.transaction().execute(async (tx) => {
        if (await isDayOff(tx, area, extra)) refuse('conflict', 'slots.day_is_closed');
        const { begun } = await tx
          .insertInto('slot')
          .values({ area, zone, ...content, made_by: actor.id })
          .returning(sql<boolean>`begins_at <= now()`.as('begun'))
          .executeTakeFirstOrThrow();
        if (begun) refuse('invalid', 'slots.window_past');
      });
    } catch (problem) {
      if (isUniqueViolation(problem, 'slot_planned_once')) refuseThere();
      if (isCheckViolation(problem, 'slot_has_a_length')) refuse('invalid', 'slots.window_skipped');
      throw problem;
    }
    return null;
  };
  // A window is planned once, so the same again is the same form, sent twice.
  const digest = digestOf([extra.capacity, extra.kept_first, content.charge]);
  await once({ digest, first, refuseOther: refuseThere }, add);
}

const refuseThere = () => refuse('conflict', 'slots.window_there');

/** What this planner has added there before, if it is still offered. */
async function windowAt(db: Db, actor: PersonActor, area: string, at: Omit<ExtraWindow, 'charge'>) {
  const row = await db
    .selectFrom('slot')
    .select(['capacity', 'kept_first', 'charge'])
    .where('made_by', '=', actor.id)
    .where('area', '=', area)
    .where('kind', '=', at.kind)
    .where('skill', '=', at.skill)
    .where('on_day', '=', at.on_day)
    .where('from_time', '=', at.from_time)
    .where('to_time', '=', at.to_time)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row && { digest: digestOf([row.capacity, row.kept_first, String(row.charge)]), result: null };
}

/** Nothing more is offered in one window. Who is booked in it is the affair of whoever calls this. */
export async function shutSlot(
  tx: Db,
  actor: PersonActor,
  { slot, kind, reason }: { slot: string; kind: SlotKind; reason: string }
) {
  planner(actor);
  await tx
    .updateTable('slot')
    .set({ closed_reason: reason, closed_at: sql<Date>`now()` })
    .where('id', '=', slot)
    .where('kind', '=', kind)
    .where('closed_at', 'is', null)
    .execute();
}

/** One window is offered again; on a day that is closed it waits for its day. */
export function openSlot(db: Db, actor: PersonActor, id: string) {
  planner(actor);
  return db.transaction().execute(async (tx) => {
    const slot = await tx
      .selectFrom('slot')
      .select(['area', 'kind', 'on_day'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!slot) refuse('missing', 'errors.missing');
    if (await isDayOff(tx, slot.area, slot)) refuse('conflict', 'slots.day_is_closed');
    await tx.updateTable('slot').set({ closed_reason: null, closed_at: null }).where('id', '=', id).execute();
  });
}

const isDayOff = async (db: Db, area: string, { kind, on_day }: { kind: string; on_day: string }) =>
  (await db
    .selectFrom('slot_day_off')
    .select('area')
    .where('area', '=', area)
    .where('kind', '=', kind)
    .where('on_day', '=', on_day)
    .executeTakeFirst()) !== undefined;
