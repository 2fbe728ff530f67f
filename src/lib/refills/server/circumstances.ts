/** What the worker looks at before it orders a refill: the plan under its lock, what is under way, how it came last. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf } from '#lib/platform/language.ts';

export type Held = NonNullable<Awaited<ReturnType<typeof hold>>>;

/** The plan, if it is in force and whoever it is ordered for may still act on the account; nobody else has it meanwhile. */
export const hold = (tx: Db, id: string) =>
  tx
    .selectFrom('refill_plan as r')
    .select(['r.id', 'r.account_id', 'r.premises_id', 'r.person_id', 'r.product', 'r.quantity', 'r.weeks'])
    .select(['r.next_on', 'r.period'])
    .where('r.id', '=', id)
    .where('r.state', '=', 'active')
    .where(
      sql<boolean>`exists (select 1 from account_member m where m.account_id = r.account_id and m.person_id = r.person_id
        and m.scope = 'act' and (m.expires_at is null or m.expires_at > now()))`
    )
    .forUpdate('r')
    .executeTakeFirst();

/** An order of the same that is under way, and whether it was counted for an earlier turn; those that were not, first. */
export async function openOrderOf(tx: Db, { account_id, product }: Held) {
  const counted = sql<boolean>`exists (select 1 from refill_turn u where u.order_id = o.id)`;
  const open = await tx
    .selectFrom('customer_order as o')
    .innerJoin('order_line as l', 'l.order_id', 'o.id')
    .select(['o.id', counted.as('counted')])
    .where('o.account_id', '=', account_id)
    .where('l.product', '=', product)
    .where('o.ended_at', 'is', null)
    .orderBy(counted)
    .orderBy('o.created_at')
    .limit(1)
    .executeTakeFirst();
  return open ?? null;
}

/** At which hour it came last, and how we found the place. */
export const lastOrderOf = (tx: Db, { account_id, premises_id, person_id }: Held) =>
  tx
    .selectFrom('customer_order as o')
    .leftJoin('slot_place as p', (join) =>
      join.onRef('p.subject_id', '=', 'o.id').on('p.subject_kind', '=', 'order').on('p.state', '=', 'taken')
    )
    .leftJoin('slot as s', 's.id', 'p.slot_id')
    .select(['o.access_notes', 's.from_time'])
    .where('o.account_id', '=', account_id)
    .where('o.premises_id', '=', premises_id)
    .where('o.person_id', '=', person_id)
    .where('o.status', '<>', 'cancelled')
    .orderBy('o.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function personOf(tx: Db, id: string) {
  const { name, locale } = await tx
    .selectFrom('person')
    .select(['name', 'locale'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { name, locale: localeOf(locale) };
}

export async function comesFirst(tx: Db, { premises_id }: Held) {
  const { rows } = await sql<{ first: boolean }>`
    select premises_served_first(${premises_id}::uuid) as first`.execute(tx);
  return rows[0]?.first ?? false;
}
