/** Questions about refills that come by themselves. Row-level security says whose. */
import { sql } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale } from '#lib/platform/language.ts';
import { usualGap, type Brought } from '../rules.ts';

export type RefillPlan = Awaited<ReturnType<typeof getRefills>>;

/** The plans of an account: what is in force first, then what ended. */
export const refillsOf = (db: Db, account: string, locale: Locale, most = 50) =>
  plans(db, locale)
    .where('r.account_id', '=', account)
    .orderBy(sql`r.ended_at desc nulls first`)
    .orderBy('r.created_at', 'desc')
    .limit(most)
    .execute();

/** One of them. `hold` keeps its row until the transaction ends. */
export async function getRefills(db: Db, actor: Actor, id: string, locale: Locale, { hold = false } = {}) {
  const row = await plans(db, locale)
    .select(
      sql<boolean>`${isStaff(actor)}::boolean
        or r.account_id = any ((select app_accounts_acted_on())::uuid[])`.as('may_act')
    )
    .where('r.id', '=', id)
    .$if(hold, (query) => query.forUpdate('r'))
    .executeTakeFirst();
  return row ?? refuse('missing', 'refills.not_found');
}

/** What became of the last turns, the newest first. */
export const turnsOf = (db: Db, plan: string, most = 12) =>
  db
    .selectFrom('refill_turn as u')
    .leftJoin('customer_order as o', 'o.id', 'u.order_id')
    .select(['u.period', 'u.due_on', 'u.outcome', 'u.why', 'u.at', 'o.reference', 'o.status', 'o.ended_at'])
    .where('u.plan_id', '=', plan)
    .orderBy('u.period', 'desc')
    .limit(most)
    .execute();

/** The plan that an order was made for. */
export const planOfOrder = (db: Db, order: string) =>
  db.selectFrom('refill_turn').select('plan_id').where('order_id', '=', order).executeTakeFirst();

/** Of which products we know how long they usually last there. */
export async function knownGaps(db: Db, account: string, zone: string): Promise<Set<string>> {
  const brought = await broughtTo(db, account, zone);
  return new Set([...brought].filter(([, past]) => usualGap(past, 1) !== null).map(([product]) => product));
}

/** What was brought to an account lately, by product. */
async function broughtTo(db: Db, account: string, zone: string): Promise<Map<string, Brought[]>> {
  const rows = await db
    .selectFrom('customer_order as o')
    .innerJoin('order_line as l', 'l.order_id', 'o.id')
    .select(['l.product', 'l.quantity'])
    .select(sql<string>`(o.ended_at at time zone ${zone}::text)::date`.as('day'))
    .where('o.account_id', '=', account)
    .where('o.status', '=', 'delivered')
    .orderBy('o.created_at', 'desc')
    .limit(60)
    .execute();
  const brought = new Map<string, Brought[]>();
  for (const { product, quantity, day } of rows)
    brought.set(product, [...(brought.get(product) ?? []), { on: day, quantity }].slice(0, 8));
  return brought;
}

/** How many days lie between two turns of a plan, and by what; null where we know too little to say. */
export async function gapOf(
  db: Db,
  plan: { account_id: string; product: string; quantity: number; weeks: number | null },
  zone: string
): Promise<number | null> {
  if (plan.weeks !== null) return plan.weeks * 7;
  return usualGap((await broughtTo(db, plan.account_id, zone)).get(plan.product) ?? [], plan.quantity);
}

const plans = (db: Db, locale: Locale) =>
  db
    .selectFrom('refill_plan as r')
    .innerJoin('product as p', 'p.code', 'r.product')
    .innerJoin('premises as at', 'at.id', 'r.premises_id')
    .innerJoin('account as a', 'a.id', 'r.account_id')
    .select(['r.id', 'r.account_id', 'r.premises_id', 'r.person_id', 'r.product', 'r.quantity', 'r.weeks'])
    .select(['r.next_on', 'r.period', 'r.state', 'r.ended_at', 'at.line', 'at.town', 'a.number'])
    .select([
      'p.unit',
      'p.least',
      'p.most',
      sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name')
    ]);
