/** The worker's part of refills: it orders what is due, once for each turn, or says what is in the way. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { todayAt } from '#lib/platform/dates.ts';
import { keyOfDigest } from '#lib/platform/posted.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { offeredSlots, placeOf } from '#lib/slots/server/slots.ts';
import { emptiesFor } from '#lib/orders/cart.ts';
import { daysAhead, isToOrder, nextAfter, obstacleTo, timeFor, type Obstacle } from '../rules.ts';
import { destinationOf, offersFor } from '#lib/orders/server/catalogue.ts';
import { inWords } from '#lib/orders/server/in-words.ts';
import { writeOrder } from '#lib/orders/server/ordering.ts';
import { refillLimit } from './limit.ts';
import { record } from '#lib/orders/server/timeline.ts';
import { fallbackDays } from './commands.ts';
import { comesFirst, hold, lastOrderOf, openOrderOf, personOf, type Held } from './circumstances.ts';
import { gapOf } from './queries.ts';

export interface Setting {
  timeZone: string;
  currency: string;
}

/** Which plans have a turn that is due. Each is looked at by a job of its own, so that none holds up another. */
export async function findDueRefills(db: Db, { timeZone }: Pick<Setting, 'timeZone'>) {
  const until = Temporal.PlainDate.from(todayAt(timeZone)).add({ days: daysAhead }).toString();
  const due = await db
    .selectFrom('refill_plan')
    .select('id')
    .where('state', '=', 'active')
    .where('next_on', '<=', until)
    .orderBy('next_on')
    .execute();
  for (const { id } of due) await later(db, 'orders.make_refill', { plan: id });
}

/** Takes the turn that is due. Run twice, or after it was killed half-way, it is taken once. */
export async function makeRefill(db: Db, plan: string, setting: Setting) {
  const obstacle = await db
    .transaction()
    .execute((tx) => takeTurn(tx, plan, setting))
    .catch(obstacleIn);
  if (obstacle) await db.transaction().execute((tx) => wait(tx, plan, obstacle, setting));
}

/** Orders it and goes on to the next turn; or says what is in the way, and has written nothing. */
async function takeTurn(tx: Db, id: string, setting: Setting): Promise<Obstacle | null> {
  const today = todayAt(setting.timeZone);
  const plan = await hold(tx, id);
  if (!plan || !isToOrder(plan.next_on, today)) return null;

  const open = await openOrderOf(tx, plan);
  // What they ordered themselves is this turn's refill.
  if (open && !open.counted) return goOn(tx, plan, open.id, setting);

  const to = await destinationOf(tx, plan.account_id);
  if (!to || to.premises !== plan.premises_id) return 'not_there';
  const { locale, name } = await personOf(tx, plan.person_id);
  const offers = await offersFor(tx, to, { currency: setting.currency, today, locale });
  const offer = offers.find(({ code }) => code === plan.product) ?? null;
  const limit = await refillLimit(tx, plan.account_id, today);
  const obstacle = obstacleTo({ limit, offer, quantity: plan.quantity, orderOpen: open !== null });
  if (obstacle || !offer || !name) return obstacle ?? 'not_there';

  const last = await lastOrderOf(tx, plan);
  const wanted = plan.next_on > today ? plan.next_on : today;
  const times = await offeredSlots(
    tx,
    {
      kind: 'delivery',
      area: to.area,
      skill: offer.skill,
      comesFirst: await comesFirst(tx, plan),
      most: 400
    },
    new Date()
  );
  const slot = timeFor(times, wanted, last?.from_time ?? null);
  if (!slot) return 'no_slot';

  const { id: order } = await writeOrder(tx, {
    ...{
      key: keyOf(plan),
      digest: '',
      person: plan.person_id,
      logged_by: null,
      account: plan.account_id,
      to
    },
    ...{ skill: offer.skill, slot: slot.id, currency: setting.currency, pays: 'on_delivery', today, locale },
    lines: [{ product: plan.product, quantity: plan.quantity, empties: emptiesFor(plan.quantity, offer) }],
    access_notes: last?.access_notes ?? ''
  });
  await record(tx, order, { kind: 'placed' });
  return goOn(tx, plan, order, setting);
}

async function goOn(tx: Db, plan: Held, order: string, { timeZone }: Setting) {
  const turn = { outcome: 'ordered' as const, why: null, order_id: order };
  await tx
    .insertInto('refill_turn')
    .values({ plan_id: plan.id, period: plan.period, due_on: plan.next_on, ...turn })
    .onConflict((waiting) =>
      waiting.columns(['plan_id', 'period']).doUpdateSet({ ...turn, at: sql<Date>`now()` })
    )
    .execute();
  const place = await placeOf(tx, { kind: 'order', id: order });
  const days = (await gapOf(tx, plan, timeZone)) ?? fallbackDays;
  await tx
    .updateTable('refill_plan')
    .set({ period: plan.period + 1, next_on: nextAfter(plan.next_on, place?.on_day ?? null, days) })
    .where('id', '=', plan.id)
    .execute();
  await later(tx, 'orders.tell_refill', { plan: plan.id, period: plan.period, what: 'ordered' });
  return null;
}

/** Notes why it waits. Its customer is told when something gets in the way, not each time we look. */
async function wait(tx: Db, id: string, why: Obstacle, { timeZone }: Setting) {
  const plan = await hold(tx, id);
  if (!plan || !isToOrder(plan.next_on, todayAt(timeZone))) return;
  const noted = await tx
    .insertInto('refill_turn')
    .values({ plan_id: id, period: plan.period, due_on: plan.next_on, outcome: 'waiting', why })
    .onConflict((there) => there.columns(['plan_id', 'period']).doNothing())
    .returning('period')
    .executeTakeFirst();
  if (noted) await later(tx, 'orders.tell_refill', { plan: id, period: plan.period, what: 'waiting' });
  else
    await tx
      .updateTable('refill_turn')
      .set({ why })
      .where('plan_id', '=', id)
      .where('period', '=', plan.period)
      .execute();
}

/** Somebody was faster between our look and our order; anything else is a bug. */
function obstacleIn(problem: unknown): Obstacle {
  const refusal = inWords(problem);
  const found = refusal instanceof Refusal ? inTheWay[refusal.words] : undefined;
  if (!found) throw problem;
  return found;
}

const inTheWay: Partial<Record<string, Obstacle>> = {
  'orders.sold_out': 'no_stock',
  'orders.not_sold': 'not_sold',
  'orders.too_soon': 'gap',
  'slots.slot_full': 'no_slot',
  'slots.slot_gone': 'no_slot'
};

/** The same turn has the same key: a second guard beside the turn itself. */
const keyOf = ({ id, period }: Held) =>
  keyOfDigest(createHash('sha256').update(`refill ${id} ${period}`).digest('hex'));
