/** What stands on the paper of a bill, as the asker may see it, and how papers are laid out. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Press } from '#lib/platform/server/press/press.ts';
import type { Addressee, Paper, PrintedBill } from '../paper.ts';
import { differencesOf } from './differences.ts';
import { comparedOf, getBill, linesOfBill } from './queries.ts';
import { planAtIssue } from './plan.ts';

/** A bill as it is printed, and to whom. */
export async function billToPrint(db: Db, number: string): Promise<{ bill: PrintedBill; to: Addressee }> {
  const bill = await getBill(db, number);
  const [lines, { before, yearBefore }, to, serial, plan] = await Promise.all([
    linesOfBill(db, bill.id),
    differencesOf(db, bill),
    addressee(db, bill.account_id, bill.id),
    serialOf(db, bill.id),
    planAtIssue(db, bill)
  ]);
  const differences = [before, yearBefore].filter((from) => from !== null);
  return { bill: { ...bill, serial, plan, lines, differences, days: comparedOf(bill).days }, to };
}

/** The paper as a file. Of the same content it is always the same. */
export const printPaper = (press: Press, paper: Paper, day: string) =>
  press.print({
    layout: join(import.meta.dirname, '../paper/paper.typ'),
    data: paper,
    madeAt: new Date(`${day}T00:00:00Z`)
  });

/**
 * Whoever holds the account: where they want their post, as far as the asker may know that (they themself, and staff), else
 * at the place of the bill's meter or the account's first.
 */
export async function addressee(db: Db, account: string, bill: string | null): Promise<Addressee> {
  const { rows } = await sql<Addressee>`
    select a.number as account_number, a.holder, coalesce(w.street, p.line) as line,
      case when w.street is null then p.town else w.town end as town,
      case when w.street is null then p.postcode else w.postcode end as postcode
    from account a left join premises p on p.account_id = a.id
      left join meter m on m.premises_id = p.id and m.id = (select meter_id from bill where id = ${bill}::uuid)
      left join lateral (
        select c.street, c.town, c.postcode
        from account_member h join contact_wish c on c.person_id = h.person_id
        where h.account_id = a.id and h.kind = 'holder' and c.street is not null
        order by h.created_at limit 1
      ) as w on true
    where a.id = ${account}
    order by m.id nulls last, p.id limit 1`.execute(db);
  return rows[0] ?? refuse('missing', 'errors.missing');
}

const serialOf = async (db: Db, bill: string) =>
  (
    await db
      .selectFrom('bill as b')
      .innerJoin('meter as m', 'm.id', 'b.meter_id')
      .select('m.serial')
      .where('b.id', '=', bill)
      .executeTakeFirst()
  )?.serial ?? null;
