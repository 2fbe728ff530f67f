/** Writing about a plan of refills that was set up or changed: told to whom it is ordered for, by whomever it was done. */
import { sql } from 'kysely';
import { formatMoney } from '#lib/billing/money.ts';
import { pricesOn } from '#lib/orders/server/catalogue.ts';
import type { OrderLetterhead } from '#lib/orders/letters.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { localeOf } from '#lib/platform/language.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { wordsFor, type Words } from '#lib/platform/words.ts';
import { planLetter, planLetterHolds, type PlanChange } from '../plan-letter.ts';

export interface ToldPlan {
  plan: string;
  what: PlanChange;
  /** Of this change: however often the job runs, it is one letter. */
  change: string;
  /** The day of the turn that is left out. */
  skipped: string | null;
}

type Head = OrderLetterhead & { currency: string };

export async function tellPlan(db: Db, post: Post, head: Head, told: ToldPlan) {
  const found = await planForLetter(db, told.plan);
  if (!found || !planLetterHolds(told.what, found.state)) return;
  // It is about what comes to their door and costs money: it may wait for the morning, and cannot be turned off.
  const again = { job: 'orders.tell_plan', payload: told } as const;
  const ways = await waysNow(db, found.person_id, { kind: null }, head.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(found.locale));
  const contents = `${t(`orders.count_${found.unit}`, { count: found.quantity })} ${found.product[t.locale]}`;
  const facts = {
    ...found,
    ...{ plan: told.plan, contents, skipped: told.skipped },
    costs: await costsOf(db, found, { t, head })
  };
  await sendOnce(
    db,
    post,
    {
      ...{ key: `refills ${told.plan} ${told.change}`, kind: `refills_${told.what}` },
      ...{ person: found.person_id, request: null, ways }
    },
    { to: found.email, locale: t.locale, ...planLetter(t, told.what, facts, head) }
  );
}

const planForLetter = (db: Db, plan: string) =>
  db
    .selectFrom('refill_plan as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .innerJoin('product as g', 'g.code', 'r.product')
    .innerJoin('premises as at', 'at.id', 'r.premises_id')
    .select(['r.state', 'r.person_id', 'r.quantity', 'r.weeks', 'r.next_on', 'r.product as code'])
    .select(['p.name', 'p.email', 'p.locale', 'at.line', 'at.town', 'g.unit'])
    .select(sql<{ en: string; es: string }>`g.name`.as('product'))
    .where('r.id', '=', plan)
    .executeTakeFirst();

type Found = NonNullable<Awaited<ReturnType<typeof planForLetter>>>;

async function costsOf(db: Db, { code, quantity }: Found, { t, head }: { t: Words; head: Head }) {
  const today = todayAt(head.timeZone);
  const prices = await pricesOn(db, { currency: head.currency, today, locale: t.locale });
  const price = prices.find((one) => one.code === code);
  if (!price) return null;
  const money = (amount: bigint) => formatMoney(amount, head.currency, t.locale);
  return {
    each: money(price.amount * BigInt(quantity)),
    deposit: price.deposit > 0n ? money(price.deposit) : null
  };
}
