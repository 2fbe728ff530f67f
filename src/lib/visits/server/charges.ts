/** What it costs that nobody let us in, until it stands on a bill: for the account's pages and for its history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains } from '#lib/accounts/server/history.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { requestsSeenBy } from '#lib/requests/server/history.ts';

/** A bill may be under way when a charge is handed on: so many later ones are waited for. */
const billsWaitedFor = 3;

/**
 * What a bill of an account still has to bring. The billing system is handed every charge, and writes no word back but its
 * bills: a later one has it that has a line of that amount beside those for gas. One without says that it is to come.
 */
export async function chargesToCome(db: Db, account: string, zone: string) {
  const later = sql`from bill b where b.account_id = c.account_id
    and b.issued_on > (c.at at time zone ${zone})::date`;
  const rows = await db
    .selectFrom('visit_charge as c')
    .innerJoin('visit as v', 'v.id', 'c.visit_id')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .select(['c.visit_id', 'c.amount', 'c.currency', 'v.on_day', 'r.reference'])
    .select(sql<boolean>`exists (select ${later})`.as('is_late'))
    .where('c.account_id', '=', account)
    .where('c.state', '=', 'due')
    .where(
      sql<boolean>`not exists (select ${later} and exists (select from bill_line l where l.bill_id = b.id
        and l.amount = c.amount and l.code in ('surcharge', 'adjustment', 'late_fee', 'other')))`
    )
    .where(sql<boolean>`(select count(*) ${later}) < ${billsWaitedFor}`)
    .orderBy('c.at')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

interface Row {
  at: string;
  key: string;
  reference: string;
  amount: number;
  currency: string;
  state: 'due' | 'waived';
}

export async function chargeHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`c.at`;
  const key = sql`'charge-' || c.visit_id`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, r.reference, c.amount, c.currency, c.state
    from ${requestsSeenBy(actor)} r join visit_charge c on c.request_id = r.id
    where c.state <> 'free' and ${contains([sql`r.reference`], window)} and ${before(at, key, window)}
    order by c.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, reference, amount, currency, state }) => ({
    ...{ kind: 'bill' as const, at, key, day: false },
    text: t('history.visit_charge', {
      reference,
      state,
      amount: formatMoney(BigInt(amount), currency, t.locale)
    }),
    href: `/requests/${reference}`
  }));
}
