/** What letters about bills ask the database: how a bill stands, and who reads about it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** A bill as the rules of letters ask about it. */
export type Row = {
  id: string;
  account_id: string;
  issued_on: string;
  due_on: string;
  total: string;
  open: string;
  paying: boolean;
  disputed: boolean;
  planned: boolean;
  bank: boolean;
  paperless: boolean;
  remind: number | null;
};

const inForce = sql`select from programme p where p.account_id = b.account_id and p.state = 'active'`;

export const facts = sql`b.id, b.account_id, b.issued_on, b.due_on, b.total::text as total, bill_open(b.id)::text as open,
  account_paying(b.account_id) as paying, bill_disputed(b.id) as disputed,
  bill_planned(b.id) as planned, reminded_before(b.account_id) as remind,
  exists (${inForce} and p.kind = 'paperless') as paperless,
  exists (${inForce} and p.kind = 'autopay' and p.method = 'bank' and p.began_on <= b.due_on
          and (p.most is null or bill_open(b.id) <= p.most)) as bank`;

export const billFrom = ({ total, open, ...row }: Row) => ({
  ...row,
  total: BigInt(total),
  open: BigInt(open)
});

type Addressed = Row & {
  number: string;
  account_number: string;
  currency: string;
  period_from: string;
  period_to: string;
  estimated: boolean;
  scope: string;
  name: string;
  email: string;
  locale: string;
};

/** The bill and its reader, if they still belong to its account. */
export async function addressed(db: Db, bill: string, person: string) {
  const { rows } = await sql<Addressed>`
    select ${facts}, b.number, a.number as account_number, b.currency, b.period_from, b.period_to, b.estimated,
      m.scope, p.name, p.email, p.locale
    from bill b join account a on a.id = b.account_id
      join account_member m on m.account_id = b.account_id and m.person_id = ${person}
      join person p on p.id = m.person_id and p.deactivated_at is null
    where b.id = ${bill}`.execute(db);
  return rows[0];
}
