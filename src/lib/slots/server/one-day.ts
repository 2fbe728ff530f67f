/** Exceptions from the week's pattern: a window more on one day, and one that is closed while the rest of its day stays open. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { SlotKind } from '../rules.ts';
import type { ExtraWindow } from '../planning-form.ts';
import { planner } from './planning.ts';

/** Another window on one day alone. It is offered at once. Its id is the key of its form: sent twice, it is one window. */
export async function addExtra(
  db: Db,
  actor: PersonActor,
  {
    area,
    zone,
    charge,
    id = randomUUID(),
    ...extra
  }: ExtraWindow & { area: string; zone: string; id?: string }
) {
  planner(actor);
  const content = { area, ...extra, charge: String(charge) };
  await once({ digest: digestOf(contentOf(content)), first: () => windowOfForm(db, id) }, async () => {
    try {
      await db.transaction().execute(async (tx) => {
        if (await isDayOff(tx, area, extra)) refuse('conflict', 'slots.day_is_closed');
        const { begun } = await tx
          .insertInto('slot')
          .values({ id, zone, ...content, made_by: actor.id })
          .returning(sql<boolean>`begins_at <= now()`.as('begun'))
          .executeTakeFirstOrThrow();
        if (begun) refuse('invalid', 'slots.window_past');
      });
    } catch (problem) {
      if (isUniqueViolation(problem, 'slot_planned_once')) refuse('conflict', 'slots.window_there');
      if (isCheckViolation(problem, 'slot_has_a_length')) refuse('invalid', 'slots.window_skipped');
      throw problem;
    }
    return id;
  });
}

async function windowOfForm(db: Db, id: string) {
  const row = await db
    .selectFrom('slot')
    .select(['kind', 'area', 'skill', 'on_day', 'capacity', 'kept_first', 'charge'])
    .select([sql<string>`to_char(from_time, 'HH24:MI')`.as('from_time')])
    .select([sql<string>`to_char(to_time, 'HH24:MI')`.as('to_time')])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf({ ...row, charge: String(row.charge) })), result: id };
}

/** What makes two windows the same. */
const contentOf = (
  window: Omit<ExtraWindow, 'charge' | 'kind'> & Record<'kind' | 'area' | 'charge', string>
) => [
  ...[window.kind, window.area, window.skill, window.on_day, window.from_time, window.to_time],
  ...[window.capacity, window.kept_first, window.charge]
];

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
