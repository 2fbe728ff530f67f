/** Questions about bills and payments. What the asker may not see is not there. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { BilledUnit } from '../bill.ts';
import type { Compared } from '../compare.ts';
import { balanceOf, type BillStatus, settle, type Standing, statusOf } from '../settle.ts';

/** A bill as it is read everywhere: amounts as whole minor units, quantities in thousandths. */
export interface Bill {
  id: string;
  account_id: string;
  number: string;
  currency: string;
  issued_on: string;
  due_on: string;
  period_from: string;
  period_to: string;
  total: bigint;
  quantity: bigint | null;
  unit: BilledUnit | null;
  opening: string | null;
  closing: string | null;
  estimated: boolean;
  /** Tenths of a degree Celsius. */
  temperature: number | null;
}

/** Everything billed and paid on an account, newest first, how each bill stands, and what is owed in all. */
export async function readBills(db: Db, accountId: string) {
  const [bills, payments] = await Promise.all([billsOf(db, accountId), paymentsOf(db, accountId)]);
  const counted = payments.filter(({ state }) => state === 'settled').reverse();
  const oldestFirst = bills.toReversed();
  const standings = settle(oldestFirst, counted).reverse();
  return {
    bills: bills.map((bill, index) => ({ ...bill, ...stood(standings[index]) })),
    payments,
    balance: balanceOf(bills, counted)
  };
}

/** So many of the newest bills are shown, and whatever else is open. */
const lookedAt = 13;

/** The newest bills of an account and those that are open, newest first, and how each stands on a day. */
export async function latestBills(
  db: Db,
  accountId: string,
  today: string
): Promise<(Bill & { open: bigint; status: BillStatus })[]> {
  const newest = db
    .selectFrom('bill')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('issued_on', 'desc')
    .orderBy('number', 'desc')
    .limit(lookedAt);
  const rows = await standingBills(db, accountId)
    .where((is) => is.or([is('o.open', '>', '0'), is('b.id', 'in', newest)]))
    .execute();
  return rows.map((row) => standingFrom(row, today));
}

/** Bills with what is open of each, newest first, for whoever asks for some of them. */
export const standingBills = (db: Db, accountId: string) =>
  db
    .selectFrom('bill as b')
    .innerJoin(sql<{ bill_id: string; open: string }>`bills_open(${accountId})`.as('o'), 'o.bill_id', 'b.id')
    .select(billColumns)
    .select('o.open')
    .where('b.account_id', '=', accountId)
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.number', 'desc');

export function standingFrom({ open, ...row }: Row & { open: string }, today: string) {
  const bill = { ...billFrom(row), open: BigInt(open) };
  return { ...bill, status: statusOf(bill, bill, today) };
}

/** The newest bills of an account, perhaps only of periods that end by a day: what a year and the one before it are told by. */
export const newestBills = (db: Db, accountId: string, most: number, until: string | null = null) =>
  billsOf(db, accountId, most, until);

/** One bill by its number, as the asker may see it, with the number of its account. */
export async function getBill(db: Db, number: string): Promise<Bill & { account_number: string }> {
  const row = await db
    .selectFrom('bill as b')
    .innerJoin('account as a', 'a.id', 'b.account_id')
    .select([...billColumns, 'a.number as account_number'])
    .where('b.number', '=', number)
    .executeTakeFirst();
  return row
    ? { ...billFrom(row), account_number: row.account_number }
    : refuse('missing', 'billing.not_found');
}

/** The number of a bill that the asker may see. */
export const billNumberOf = async (db: Db, id: string) =>
  (await db.selectFrom('bill').select('number').where('id', '=', id).executeTakeFirst())?.number ?? null;

/** Which of these bills an open request asks about: they are disputed, and nobody is pressed to pay them. */
export async function disputedAmong(
  db: Db,
  bills: readonly { id: string; open: bigint }[]
): Promise<Set<string>> {
  const open = bills.filter((bill) => bill.open > 0n).map(({ id }) => id);
  if (open.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id::text from unnest(${open}::uuid[]) as b (id) where bill_disputed(id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** The lines of a bill, in their order. */
export async function linesOfBill(db: Db, billId: string) {
  const rows = await db
    .selectFrom('bill_line')
    .select(['number', 'code', 'label', 'quantity', 'unit', 'rate', 'amount'])
    .where('bill_id', '=', billId)
    .orderBy('number')
    .execute();
  return rows.map(({ amount, quantity, ...row }) => ({
    ...row,
    quantity: quantity === null ? null : thousandths(quantity),
    amount: BigInt(amount)
  }));
}

/** What of a bill is compared with another. */
export const comparedOf = (bill: Bill): Compared => ({
  total: bill.total,
  days: Temporal.PlainDate.from(bill.period_from).until(bill.period_to, { largestUnit: 'day' }).days + 1,
  quantity: bill.quantity,
  temperature: bill.temperature,
  estimated: bill.estimated
});

/** What every bill is read with. */
export const billColumns = [
  ...([
    'b.id',
    'b.account_id',
    'b.number',
    'b.currency',
    'b.issued_on',
    'b.due_on',
    'b.period_from'
  ] as const),
  ...(['b.period_to', 'b.total', 'b.quantity', 'b.unit', 'b.opening', 'b.closing', 'b.estimated'] as const),
  'b.temperature'
] as const;

async function billsOf(db: Db, accountId: string, most?: number, until: string | null = null) {
  const rows = await db
    .selectFrom('bill as b')
    .select(billColumns)
    .where('b.account_id', '=', accountId)
    .$if(until !== null, (query) => query.where('b.period_to', '<', until))
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.number', 'desc')
    .$if(most !== undefined, (query) => query.limit(most ?? 0))
    .execute();
  return rows.map(billFrom);
}

/** What was paid on an account, newest first; perhaps only from one day on, and until the day before another. */
export async function paymentsOf(
  db: Db,
  accountId: string,
  { from, until }: { from: string | null; until: string | null } = { from: null, until: null }
) {
  const rows = await db
    .selectFrom('payment as p')
    .leftJoin('payment as back', 'back.takes_back', 'p.id')
    .select([
      'p.id',
      'p.reference',
      'p.amount',
      'p.currency',
      'p.method',
      'p.state',
      'p.paid_on',
      'p.bill_id',
      'back.id as back'
    ])
    .where('p.account_id', '=', accountId)
    .$if(from !== null, (query) => query.where('p.paid_on', '>=', from))
    .$if(until !== null, (query) => query.where('p.paid_on', '<', until))
    .orderBy('p.paid_on', 'desc')
    .orderBy('p.id', 'desc')
    .execute();
  return rows.map(({ amount, back, ...row }) => ({
    ...{ ...row, amount: BigInt(amount) },
    /** It was written down by mistake, and counts no more. */
    taken_back: back !== null
  }));
}

type Row = Omit<Bill, 'total' | 'quantity' | 'temperature'> & {
  total: string;
  quantity: string | null;
  temperature: string | null;
};

export const billFrom = ({ total, quantity, temperature, ...row }: Row): Bill => ({
  ...row,
  total: BigInt(total),
  quantity: quantity === null ? null : thousandths(quantity),
  temperature: temperature === null ? null : Math.round(Number(temperature) * 10)
});

/** The database writes three places after the point. */
const thousandths = (written: string) => BigInt(written.replace('.', ''));

const stood = (standing: Standing | undefined): Standing => standing ?? { open: 0n, paid_on: null };
