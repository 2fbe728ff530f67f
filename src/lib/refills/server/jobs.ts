/** What is done later about refills: looking for those that are due, ordering, and telling. */
import { sql } from 'kysely';
import { formatMoney } from '#lib/billing/money.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor, type Words } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { placeOf } from '#lib/slots/server/slots.ts';
import type { OrderLetterhead } from '#lib/orders/letters.ts';
import { refillLetter, type RefillFacts } from '../letters.ts';
import { isEnded } from '#lib/orders/status.ts';
import { refillLimit } from './limit.ts';
import { findDueRefills, makeRefill } from './making.ts';
import { tellPlan, type ToldPlan } from './plan-letters.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Writes that a plan was set up or changed, and how it is now. */
    'orders.tell_plan': ToldPlan;
    /** Looks for turns whose days have come. */
    'orders.find_refills': Nothing;
    /** Takes the turn of one plan. */
    'orders.make_refill': { plan: string };
    /** Writes what became of a turn, if it is still so. */
    'orders.tell_refill': { plan: string; period: number; what: 'ordered' | 'waiting' };
  }
}

/** Every hour: what was out of stock may have come. */
export const refillTimetable: Timetable = { 'orders.find_refills': '41 * * * *' };

type RefillJob = 'orders.tell_plan' | 'orders.find_refills' | 'orders.make_refill' | 'orders.tell_refill';

export const refillJobs = (
  post: Post,
  head: OrderLetterhead & { currency: string }
): Handlers<RefillJob> => ({
  'orders.tell_plan': (db, told) => tellPlan(db, post, head, told),
  'orders.find_refills': (db) => findDueRefills(db, head),
  'orders.make_refill': (db, { plan }) => makeRefill(db, plan, head),

  async 'orders.tell_refill'(db, told) {
    const { plan, period, what } = told;
    const found = await turnForLetter(db, plan, period);
    if (!found || found.outcome !== what || found.state === 'ended') return;
    // It costs money and comes to the door: it may wait for the morning, and cannot be turned off.
    const again = { job: 'orders.tell_refill', payload: told } as const;
    const ways = await waysNow(db, found.person_id, { kind: null }, head.timeZone, again);
    if (!ways) return;

    const t = wordsFor(localeOf(found.locale));
    const facts = await factsOf(db, found, { t, zone: head.timeZone });
    if (!facts) return;
    const about = {
      key: `refill ${plan} ${period} ${what}`,
      kind: `refill_${what}`,
      person: found.person_id,
      request: null
    };
    await sendOnce(
      db,
      post,
      { ...about, ways },
      { to: found.email, locale: t.locale, ...refillLetter(t, facts, head) }
    );
  }
});

const turnForLetter = (db: Db, plan: string, period: number) =>
  db
    .selectFrom('refill_turn as u')
    .innerJoin('refill_plan as r', 'r.id', 'u.plan_id')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .innerJoin('product as g', 'g.code', 'r.product')
    .select(['u.plan_id', 'u.due_on', 'u.outcome', 'u.order_id', 'u.why'])
    .select([
      'r.state',
      'r.account_id',
      'r.person_id',
      'r.quantity',
      'r.next_on',
      'p.name',
      'p.email',
      'p.locale'
    ])
    .select(['g.unit', sql<{ en: string; es: string }>`g.name`.as('product')])
    .where('u.plan_id', '=', plan)
    .where('u.period', '=', period)
    .executeTakeFirst();

type Turn = NonNullable<Awaited<ReturnType<typeof turnForLetter>>>;

async function factsOf(
  db: Db,
  turn: Turn,
  { t, zone }: { t: Words; zone: string }
): Promise<RefillFacts | null> {
  const { plan_id: plan, name, due_on, next_on, quantity, unit, product } = turn;
  const contents = `${t(`orders.count_${unit}`, { count: quantity })} ${product[t.locale]}`;
  const facts = { plan, name, due_on, next_on, contents };
  if (turn.why) {
    const limit = await refillLimit(db, turn.account_id, todayAt(zone));
    return {
      ...facts,
      turn: { outcome: 'waiting', why: turn.why, from_day: limit?.why ? limit.from_day : null }
    };
  }
  const order = turn.order_id && (await orderOf(db, turn.order_id));
  if (!order || order.status === 'cancelled') return null;
  const slot = (await placeOf(db, { kind: 'order', id: order.id })) ?? null;
  const due = BigInt(order.total) - BigInt(order.paid);
  const code = isEnded(order.status) || order.status === 'preordered' ? null : order.code;
  return {
    ...facts,
    turn: {
      outcome: 'ordered',
      reference: order.reference,
      slot,
      code,
      due: due > 0n ? formatMoney(due, order.currency, t.locale) : null,
      ahead: order.ahead,
      by_hand: order.actor_role !== 'system'
    }
  };
}

/** The order, and who placed it: the first entry on its timeline is signed with that. */
const orderOf = (db: Db, id: string) =>
  db
    .selectFrom('customer_order as o')
    .innerJoin('order_code as c', 'c.order_id', 'o.id')
    .innerJoin('order_event as e', (join) => join.onRef('e.order_id', '=', 'o.id').on('e.number', '=', 1))
    .select(['o.id', 'o.reference', 'o.status', 'o.total', 'o.paid', 'o.currency', 'c.code', 'e.actor_role'])
    .select(
      sql<number>`(select sum(l.prebought)::integer from order_line l where l.order_id = o.id)`.as('ahead')
    )
    .where('o.id', '=', id)
    .executeTakeFirst();
