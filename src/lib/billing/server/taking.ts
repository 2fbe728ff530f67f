/** Questions about automatic payment: what pays an account by itself, and what it takes when. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { takingByBank, takingOf, type BillToTake, type Taking, type Try } from '../taking.ts';
import type { ShownStatus } from '../shown-status.ts';

/** The card that pays an account by itself; null where none does. */
export async function autopayOf(db: Db, accountId: string) {
  const paying = await payingOf(db, accountId);
  return paying?.card ? { ...paying, card: paying.card } : null;
}

/** What pays an account by itself: a card, or (`card` is null) a bank that has agreed. */
async function payingOf(db: Db, accountId: string) {
  const row = await db
    .selectFrom('programme as p')
    .leftJoin('kept_card as c', (join) =>
      join.onRef('c.programme_id', '=', 'p.id').on('c.state', '=', 'kept')
    )
    .select([
      'p.id',
      'p.account_id',
      'p.began_on',
      'p.most',
      'p.method',
      'c.brand',
      'c.last_four',
      'c.valid_until'
    ])
    .select('c.state as kept')
    .where('p.account_id', '=', accountId)
    .where('p.kind', '=', 'autopay')
    .where('p.state', '=', 'active')
    .executeTakeFirst();
  if (!row || (row.kept === null && row.method !== 'bank')) return null;
  const { id, account_id, began_on, most, brand, last_four, valid_until } = row;
  return {
    ...{ id, account_id, began_on, most: most === null ? null : BigInt(most) },
    card:
      row.kept === null
        ? null
        : { brand: brand ?? '', last_four: last_four ?? '', valid_until: valid_until ?? '' }
  };
}

/** Whether a bank has agreed to pay an account, from when on and up to what; null where none has. */
export async function bankOf(db: Db, accountId: string) {
  const paying = await payingOf(db, accountId);
  return paying?.card === null ? paying : null;
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

/** What pays a bill by itself, in one thing to be shown; null where nothing does. */
export async function takenByItself(db: Db, bill: Shown, today: string) {
  const [one] = await takenOfEach(db, [bill], today);
  return one?.taken ?? null;
}

/** The same of some bills of one account. */
export async function takenOfEach<One extends Shown>(db: Db, bills: readonly One[], today: string) {
  const [first] = bills;
  const paying = first ? await payingOf(db, first.account_id) : null;
  const facts = bills.map((bill) => ({
    ...bill,
    held: bill.status === 'disputed' || bill.status === 'planned'
  }));
  const takings = paying?.card
    ? await withTakings(db, { ...paying, card: paying.card }, facts, today)
    : facts.map((bill) => ({ taking: paying && takingByBank(bill, paying, today) }));
  return bills.map((bill, nth) => {
    const taking = takings[nth]?.taking ?? null;
    return { ...bill, taken: paying && taking ? { taking, card: paying.card } : null };
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
