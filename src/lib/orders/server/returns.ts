/** Cylinders with customers, and those that came back: a line in the ledger and what is owed for it, in one transaction. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { CameBack, Holding } from '../returns.ts';

/** How many cylinders of ours are with an account, by the ledger. */
export const holdingsOf = (db: Db, account: string, locale: Locale): Promise<Holding[]> =>
  db
    .selectFrom('cylinder_holding as h')
    .innerJoin('product as p', 'p.code', 'h.product')
    .select(['h.product', 'h.held', sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name')])
    .where('h.account_id', '=', account)
    .where('h.held', '>', 0)
    .orderBy('h.product')
    .execute();

/** What came back from an account lately, with what is owed for it. */
export async function returnsOf(db: Db, account: string, locale: Locale, most = 6) {
  const rows = await db
    .selectFrom('cylinder_return as c')
    .innerJoin('product as p', 'p.code', 'c.product')
    .select(['c.id', 'c.kind', 'c.quantity', 'c.serial', 'c.replaced', 'c.refund', 'c.currency', 'c.at'])
    .select(['c.handed_on_at', sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name')])
    .where('c.account_id', '=', account)
    .orderBy('c.at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ refund, ...row }) => ({ ...row, refund: BigInt(refund ?? 0) }));
}

export interface TakenBack {
  /** Of the form: sent twice it came back once. */
  key: string;
  account: string;
  customer: string;
  back: CameBack;
  currency: string;
}

/** Notes what came back. The database finds the deposit, writes the ledger, and refuses more than is with them. */
export async function takeBack(db: Db, staff: PersonActor, taken: TakenBack) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const { account: account_id, customer: person_id, back } = taken;
  const digest = digestOf(contentOf({ account_id, person_id, ...back }));
  try {
    await once({ digest, first: () => returnOfForm(db, taken.key) }, () => store(db, staff, taken));
  } catch (problem) {
    if (isCheckViolation(problem, 'cylinder_held')) refuse('conflict', 'cylinders.more_than_held');
    if (isCheckViolation(problem, 'stock_reserved_fits') || isCheckViolation(problem, 'stock_on_hand'))
      refuse('conflict', 'cylinders.no_other');
    throw problem;
  }
}

const store = (db: Db, staff: PersonActor, { key, account, customer, back, currency }: TakenBack) =>
  db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('cylinder_return')
      .values({
        ...{ form_key: key, account_id: account, person_id: customer, made_by: staff.id, currency },
        ...{ depot: await depotOf(tx, account), ...back }
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await later(tx, 'orders.tell_return', { id });
    return id;
  });

async function returnOfForm(db: Db, key: string) {
  const row = await db
    .selectFrom('cylinder_return')
    .select(['id', 'account_id', 'person_id', 'product', 'kind', 'replaced', 'quantity', 'serial'])
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf(row)), result: row.id };
}

/** What makes two of them the same. */
const contentOf = (row: CameBack & { account_id: string; person_id: string }) => [
  ...[row.account_id, row.person_id, row.product, row.kind, row.replaced, row.quantity, row.serial]
];

/** The depot that serves the account's place. */
async function depotOf(db: Db, account: string): Promise<string> {
  const { rows } = await sql<{ depot: string }>`
    select s.depot from premises p join depot_area s on s.area = area_of_postcode(p.postcode)
    where p.account_id = ${account}::uuid order by p.id limit 1`.execute(db);
  return rows[0]?.depot ?? refuse('conflict', 'orders.desk_not_there');
}

/** Deposits that are owed back and wait, the oldest first. */
export async function depositsWaiting(db: Db, staff: PersonActor, most = 100) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const rows = await db
    .selectFrom('cylinder_return as c')
    .innerJoin('account as a', 'a.id', 'c.account_id')
    .select(['c.id', 'c.refund', 'c.currency', 'c.person_id', 'a.holder'])
    .where('c.handed_on_at', 'is', null)
    .where('c.refund', '>', '0')
    .orderBy('c.at')
    .limit(most)
    .execute();
  return rows.map(({ refund, ...row }) => ({ ...row, amount: BigInt(refund ?? 0) }));
}

/** Somebody has seen to it that the deposit goes back. A second click changes nothing. */
export async function handOnDeposit(db: Db, staff: PersonActor, id: string) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  await db
    .updateTable('cylinder_return')
    .set({ handed_on_at: sql<Date>`now()`, handed_on_by: staff.id })
    .where('id', '=', id)
    .where('handed_on_at', 'is', null)
    .execute();
}
