/** The worker's part of buying ahead: it counts payments, lets go what nobody pays for, ends what is over, and writes. */
import { sql } from 'kysely';
import { formatMoney } from '#lib/billing/money.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later, type Handlers, type Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { OrderLetterhead } from '#lib/orders/letters.ts';
import { prebuyLetter, type PrebuyOccasion } from '../letters.ts';
import { remindDays } from '../rules.ts';
import { countPrebuyPayments } from './buying.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Counts what was paid by card for a purchase ahead. */
    'orders.prebuy_paid': { id: string };
    /** Lets go what nobody pays for, reminds of what ends soon, and ends what is over. */
    'orders.watch_prebuys': Nothing;
    /** Writes to whoever bought ahead, if it is still so. */
    'orders.tell_prebuy': { id: string; what: PrebuyOccasion };
  }
}

export const prebuyTimetable: Timetable = { 'orders.watch_prebuys': '*/10 * * * *' };

type PrebuyJob = 'orders.prebuy_paid' | 'orders.watch_prebuys' | 'orders.tell_prebuy';

export const prebuyJobs = (post: Post, head: OrderLetterhead): Handlers<PrebuyJob> => ({
  async 'orders.prebuy_paid'(db, { id }) {
    await countPrebuyPayments(db, id);
  },

  async 'orders.watch_prebuys'(db) {
    await sql`select lapse_prebuys()`.execute(db);
    const today = todayAt(head.timeZone);
    for (const { id } of await leftUntil(db, today, { before: true }))
      await sql`select end_prebuy(${id}::uuid, ${today}::date)`.execute(db);
    const soon = Temporal.PlainDate.from(today).add({ days: remindDays }).toString();
    for (const { id } of await leftUntil(db, soon, { before: false }))
      await db.transaction().execute((tx) => remind(tx, id, today));
  },

  async 'orders.tell_prebuy'(db, told) {
    const one = await purchaseOf(db, told.id);
    if (!one || (told.what === 'ending' && one.left_over === 0)) return;
    // It is about their money: it may wait for the morning, and cannot be turned off.
    const again = { job: 'orders.tell_prebuy', payload: told } as const;
    const ways = await waysNow(db, one.person_id, { kind: null }, head.timeZone, again);
    if (!ways) return;
    const t = wordsFor(localeOf(one.locale));
    const money = (minor: bigint) => formatMoney(minor, one.currency, t.locale);
    const counted = (count: number) => `${t(`orders.count_${one.unit}`, { count })} ${one.product[t.locale]}`;
    const owed = BigInt(one.owed ?? 0);
    const facts = {
      ...{ name: one.name, account: one.number, good_until: one.good_until },
      ...{ contents: counted(one.quantity), left: counted(one.left_over) },
      ...{ price: money(BigInt(one.unit_price)), paid: money(BigInt(one.amount ?? 0)) },
      refund: owed > 0n ? money(owed) : null
    };
    const about = {
      key: `prebuy ${told.id} ${told.what}`,
      kind: `prebuy_${told.what}`,
      person: one.person_id,
      request: null
    };
    const letter = prebuyLetter(t, told.what, facts, head);
    await sendOnce(db, post, { ...about, ways }, { to: one.email, locale: t.locale, ...letter });
  }
});

/** Of what is left, whatever was over before a day; or what ends by it and nobody was told of. */
const leftUntil = (db: Db, day: string, { before }: { before: boolean }) =>
  db
    .selectFrom('prebuy')
    .select('id')
    .where('left_over', '>', 0)
    .where('good_until', before ? '<' : '<=', day)
    .$if(!before, (query) => query.where('told_on', 'is', null))
    .orderBy('good_until')
    .execute();

/** Once, whoever runs twice. */
async function remind(tx: Db, id: string, today: string) {
  const noted = await tx
    .updateTable('prebuy')
    .set({ told_on: today })
    .where('id', '=', id)
    .where('told_on', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (noted) await later(tx, 'orders.tell_prebuy', { id, what: 'ending' });
}

const purchaseOf = (db: Db, id: string) =>
  db
    .selectFrom('prebuy as b')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .innerJoin('account as a', 'a.id', 'b.account_id')
    .innerJoin('product as g', 'g.code', 'b.product')
    .select(['b.quantity', 'b.left_over', 'b.unit_price', 'b.amount', 'b.currency', 'b.good_until'])
    .select(['b.person_id', 'p.name', 'p.email', 'p.locale', 'a.number', 'g.unit'])
    .select(sql<{ en: string; es: string }>`g.name`.as('product'))
    .select(
      sql<
        string | null
      >`(select sum(r.amount) from prebuy_refund r where r.prebuy_id = b.id and r.why = 'unused')`.as('owed')
    )
    .where('b.id', '=', id)
    .executeTakeFirst();
