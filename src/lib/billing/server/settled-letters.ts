/** That a bill has been paid, however the money came: told once to those who act on the account and were not told already. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { type Letterhead, settledLetter } from '../letters.ts';

/** What was paid longer ago was brought in from another system: nobody waits for a word about it. */
const paidWithin = 7;

/** Queues the letters about what was paid of late. That they are is written down in the same transaction. */
export async function findSettledLetters(db: Db, today: string) {
  await db.transaction().execute(async (tx) => {
    const bills = await newlyPaid(tx, today);
    if (bills.length === 0) return;
    const told = await tx
      .insertInto('bill_letter')
      .values(bills.map(({ id }) => ({ bill_id: id, kind: 'paid' })))
      .onConflict((conflict) => conflict.columns(['bill_id', 'kind']).doNothing())
      .returning('bill_id')
      .execute();
    const written = new Set(told.map(({ bill_id }) => bill_id));
    for (const bill of newestOfEach(bills.filter(({ id }) => written.has(id))))
      for (const person of await untold(tx, bill))
        await later(tx, 'billing.tell_settled', { billId: bill.id, person });
  });
}

/** Writes to one, if it is still so. */
export async function tellSettled(
  db: Db,
  post: Post,
  told: Jobs['billing.tell_settled'],
  head: Letterhead & { timeZone: string }
) {
  const { billId, person } = told;
  const paid = await addressed(db, billId, person);
  if (!paid) return;
  const again = { job: 'billing.tell_settled', payload: told } as const;
  const ways = await waysNow(db, person, { kind: 'bill' }, head.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(paid.locale));
  const about = { key: `bill ${billId} paid ${person}`, kind: 'bill_paid', person, request: null };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    { to: paid.email, locale: t.locale, ...settledLetter(t, paid, head) }
  );
}

interface NewlyPaid {
  id: string;
  account_id: string;
  /** What came of late on the account. */
  came: string[];
}

/** An armful of bills of which nothing is open, and something was before what came of late. */
async function newlyPaid(tx: Db, today: string): Promise<NewlyPaid[]> {
  const { rows } = await sql<NewlyPaid>`
    with lately as (
      select p.account_id, array_agg(p.id) as came from payment p
      where p.state = 'settled' and p.paid_on between ${today}::date - ${paidWithin}::integer and ${today}::date
        and coalesce(p.settled_at, p.created_at) > now() - interval '2 days'
      group by p.account_id
    )
    select b.id, b.account_id, l.came::text[] as came
    from lately l cross join lateral bills_open(l.account_id) now_open
      join lateral bills_open(l.account_id, l.came) before on before.bill_id = now_open.bill_id
      join bill b on b.id = now_open.bill_id
    where now_open.open = 0 and before.open > 0
      and not exists (select 1 from bill_letter t where t.bill_id = b.id and t.kind = 'paid')
    order by b.account_id, b.issued_on desc, b.number desc
    limit 1000`.execute(tx);
  return rows;
}

/** Of two bills that one payment settled, the newest is told. */
const newestOfEach = (bills: readonly NewlyPaid[]) =>
  bills.filter(({ account_id }, at) => bills[at - 1]?.account_id !== account_id);

/**
 * Those who act on the account, without whoever has the receipt of the payment that paid the last of it, by card or at the
 * counter. A receipt of a part paid before says nothing of the whole.
 */
async function untold(tx: Db, { id, account_id, came }: NewlyPaid) {
  const { rows } = await sql<{ person_id: string }>`
    with arrived as (
      select p.id, p.reference, row_number() over (order by coalesce(p.settled_at, p.created_at), p.id) as nth
      from payment p where p.id = any(${came}::uuid[])
    ), receipts as (
      select coalesce(a.person_id, n.person_id) as person_id from arrived r
        left join payment_attempt a on a.reference = r.reference
        left join noted_payment n on n.reference = r.reference
      where exists (select 1 from bills_open(${account_id}, array(select id from arrived where nth > r.nth)) o
                    where o.bill_id = ${id} and o.open = 0)
        and exists (select 1 from bills_open(${account_id}, array(select id from arrived where nth >= r.nth)) o
                    where o.bill_id = ${id} and o.open > 0)
    )
    select m.person_id from account_member m
    where m.account_id = ${account_id} and m.scope = 'act'
      and not exists (select 1 from receipts r where r.person_id = m.person_id)`.execute(tx);
  return rows.map(({ person_id }) => person_id);
}

interface Addressed {
  number: string;
  account: string;
  name: string;
  email: string;
  locale: string;
}

async function addressed(db: Db, bill: string, person: string) {
  const { rows } = await sql<Addressed>`
    select b.number, a.number as account, q.name, q.email, q.locale
    from bill b join account a on a.id = b.account_id
      join account_member m on m.account_id = a.id and m.person_id = ${person} and m.scope = 'act'
      join person q on q.id = m.person_id and q.deactivated_at is null
    where b.id = ${bill} and bill_open(b.id) = 0`.execute(db);
  return rows[0];
}
