/** One bill beside the others of its account: how it stands, and which came before. Nothing else is read for it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Standing } from '../settle.ts';
import { billColumns, billFrom, type Bill } from './queries.ts';

/**
 * How a bill stands, and what is owed in all: what `settle` says of it, reckoned where payments and bills are. It is paid on the
 * day from which on what was paid, less what was taken back, was never again too little for it and those before it.
 */
export async function standingOf(
  db: Db,
  {
    id,
    account_id,
    total,
    issued_on,
    number
  }: Pick<Bill, 'id' | 'account_id' | 'total' | 'issued_on' | 'number'>
): Promise<Standing & { balance: bigint }> {
  const { rows } = await sql<{ before: string; billed: string; paid: string; enough_on: string | null }>`
    with billed as (
      select coalesce(sum(total) filter (where total > 0 and (issued_on, number) < (${issued_on}::date, ${number})), 0) as before,
        coalesce(sum(total) filter (where total > 0), 0) as whole
      from bill where account_id = ${account_id}),
    money as (
      select amount, paid_on, 0 as credit, id::text as mark from payment
        where account_id = ${account_id} and state = 'settled'
      union all
      select -total, issued_on, 1, number from bill where account_id = ${account_id} and total < 0),
    run as (
      select paid_on, row_number() over so as nth, sum(amount) over so as so_far from money
      window so as (order by paid_on, credit, mark rows unbounded preceding))
    select b.before::text, b.whole::text as billed, coalesce((select sum(amount) from money), 0)::text as paid,
      (select paid_on::text from run
       where nth > coalesce((select max(nth) from run where so_far < b.before + (select total from bill where id = ${id})), 0)
       order by nth limit 1) as enough_on
    from billed b`.execute(db);
  const [row] = rows;
  const paid = BigInt(row?.paid ?? 0);
  const balance = BigInt(row?.billed ?? 0) - paid;
  if (total <= 0n) return { open: 0n, paid_on: issued_on, balance };

  const left = (paid > 0n ? paid : 0n) - BigInt(row?.before ?? 0);
  const open = total - (left < 0n ? 0n : left < total ? left : total);
  const enough = row?.enough_on ?? issued_on;
  return { open, paid_on: open > 0n ? null : enough > issued_on ? enough : issued_on, balance };
}

/** The bill before this one, and the one whose period ended a year before, give or take half a month. */
export async function billsBeside(db: Db, bill: Bill) {
  const ofAccount = db
    .selectFrom('bill as b')
    .select(billColumns)
    .where('b.account_id', '=', bill.account_id)
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.number', 'desc')
    .limit(1);
  const yearAgo = Temporal.PlainDate.from(bill.period_to).subtract({ years: 1 });
  const [before, yearBefore] = await Promise.all([
    ofAccount
      .where(sql<boolean>`(b.issued_on, b.number) < (${bill.issued_on}::date, ${bill.number})`)
      .executeTakeFirst(),
    ofAccount
      .where('b.period_to', '>=', yearAgo.subtract({ days: 16 }).toString())
      .where('b.period_to', '<=', yearAgo.add({ days: 16 }).toString())
      .executeTakeFirst()
  ]);
  return { before: before ? billFrom(before) : null, yearBefore: yearBefore ? billFrom(yearBefore) : null };
}
