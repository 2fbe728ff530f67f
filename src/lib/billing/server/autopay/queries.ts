/** Questions about automatic payment by card: which card pays an account, and what it takes when. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { takingOf, type BillToTake, type Taking, type Try } from '../../autopay/taking.ts';
import type { ShownStatus } from '../../programmes/effect.ts';

/** The card that pays an account by itself; null where none does. */
export async function autopayOf(db: Db, accountId: string) {
  const row = await db
    .selectFrom('programme as p')
    .innerJoin('kept_card as c', 'c.programme_id', 'p.id')
    .select(['p.id', 'p.account_id', 'p.began_on', 'p.most', 'c.brand', 'c.last_four', 'c.valid_until'])
    .where('p.account_id', '=', accountId)
    .where('p.kind', '=', 'autopay')
    .where('p.state', '=', 'active')
    .where('c.state', '=', 'kept')
    .executeTakeFirst();
  if (!row) return null;
  const { brand, last_four, valid_until, most, ...programme } = row;
  return {
    ...programme,
    most: most === null ? null : BigInt(most),
    card: { brand: brand ?? '', last_four: last_four ?? '', valid_until: valid_until ?? '' }
  };
}

export type Autopay = NonNullable<Awaited<ReturnType<typeof autopayOf>>>;

/** What the card that pays does with some bills of its account; `taking` is null where it leaves one alone. */
export async function withTakings<One extends BillToTake & { id: string }>(
  db: Db,
  autopay: Autopay,
  bills: readonly One[],
  today: string
): Promise<(One & { taking: Taking | null })[]> {
  const tried = await triesOf(db, autopay.id);
  return bills.map((bill) => ({
    ...bill,
    taking: takingOf(bill, autopay, tried.get(bill.id) ?? [], today)
  }));
}

type Shown = Omit<BillToTake, 'held'> & { id: string; account_id: string; status: ShownStatus };

/** What the card takes of a bill, in one thing to be shown; null where no card pays it. */
export async function takenByCard(db: Db, bill: Shown, today: string) {
  const [one] = await takenOfEach(db, [bill], today);
  return one?.taken ?? null;
}

/** The same of some bills of one account. */
export async function takenOfEach<One extends Shown>(db: Db, bills: readonly One[], today: string) {
  const [first] = bills;
  const autopay = first ? await autopayOf(db, first.account_id) : null;
  const facts = bills.map((bill) => ({
    ...bill,
    held: bill.status === 'disputed' || bill.status === 'planned'
  }));
  const takings = autopay ? await withTakings(db, autopay, facts, today) : [];
  return bills.map((bill, nth) => {
    const taking = takings[nth]?.taking ?? null;
    return { ...bill, taken: autopay && taking ? { taking, card: autopay.card } : null };
  });
}

async function triesOf(db: Db, programme: string) {
  const rows = await db
    .selectFrom('payment_attempt')
    .select(['subject_id', 'try_number', 'state'])
    .where('programme_id', '=', programme)
    .execute();
  const tried = new Map<string, Try[]>();
  for (const { subject_id, try_number, state } of rows)
    tried.set(subject_id, [...(tried.get(subject_id) ?? []), { try_number: try_number ?? 1, state }]);
  return tried;
}

/** An attempt that is to be charged now, with the provider's names for its card. Seen by the worker alone. */
export async function attemptToCharge(db: Db, id: string) {
  const row = await db
    .selectFrom('payment_attempt as a')
    .innerJoin('kept_card as c', 'c.programme_id', 'a.programme_id')
    .select(['a.id', 'a.amount', 'a.currency', 'a.provider', 'a.created_at'])
    .select(['c.payer', 'c.card_name'])
    .where('a.id', '=', id)
    .where('a.state', '=', 'begun')
    .executeTakeFirst();
  return row && { ...row, created_at: new Date(row.created_at) };
}

export type ToTake = NonNullable<Awaited<ReturnType<typeof attemptToCharge>>>;

/** So many accounts are looked at at once. */
export const armful = 200;

/** The next accounts after a programme whose cards may have something to pay. */
export async function accountsWithDue(
  db: Db,
  after: string,
  { today, provider }: { today: string; provider: { name: string } }
) {
  const { rows } = await sql<{ id: string; account_id: string }>`
    select p.id, p.account_id from programme p join kept_card c on c.programme_id = p.id
    where p.kind = 'autopay' and p.state = 'active' and c.state = 'kept' and c.provider = ${provider.name}
      and p.id > ${after} and acts_on_account(c.person_id, p.account_id)
      and exists (select 1 from bill b where b.account_id = p.account_id and b.total > 0
                    and b.due_on between ${today}::date - 30 and ${today}::date)
    order by p.id limit ${armful}`.execute(db);
  return rows;
}
