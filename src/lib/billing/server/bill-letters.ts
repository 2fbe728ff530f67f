/** Letters about bills: finding what is to be told, once, and telling each who hears of it. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { type BillLetter, billLetters, daysOf, isPromised, isTold } from '../bill-letters.ts';
import { billLetter, type Letterhead } from '../letters.ts';
import { type Jurisdiction, rulesOf } from '../programme-rules.ts';
import { takenByItself } from './taking.ts';
import { addressed, billFrom, facts, type Row } from './bill-facts.ts';
import { planOf } from './plan.ts';

/** How many are told in one transaction. */
const armful = 200;

/**
 * Queues a letter to everybody who belongs to the account of a bill that is to be told. That it was is written down in the
 * same transaction: two workers, or one that is killed and begins anew, tell it once.
 */
export async function findBillLetters(db: Db, today: string) {
  for (const letter of billLetters) {
    for (const bills of chunks(await billsToTell(db, letter, today))) await queue(db, letter, bills);
  }
}

async function queue(db: Db, letter: BillLetter, bills: readonly string[]) {
  await db.transaction().execute(async (tx) => {
    const told = await tx
      .insertInto('bill_letter')
      .values(bills.map((bill_id) => ({ bill_id, kind: letter })))
      .onConflict((conflict) => conflict.columns(['bill_id', 'kind']).doNothing())
      .returning('bill_id')
      .execute();
    if (told.length === 0) return;
    const readers = await tx
      .selectFrom('bill as b')
      .innerJoin('account_member as m', 'm.account_id', 'b.account_id')
      .select(['b.id', 'm.person_id'])
      .where(
        'b.id',
        'in',
        told.map(({ bill_id }) => bill_id)
      )
      .execute();
    for (const { id, person_id } of readers)
      await later(tx, 'billing.tell_bill', { billId: id, letter, person: person_id });
  });
}

/** Bills that no such letter went out about, among those of the days on which it may. */
async function billsToTell(db: Db, letter: BillLetter, today: string): Promise<string[]> {
  const { from, to } = daysOf(letter, today);
  const { day, told, owed } = soughtBy[letter];
  const { rows } = await sql<Row>`
    select ${facts} from bill b
    where ${day} between ${from}::date and ${to}::date
      and not exists (select 1 from bill_letter l where l.bill_id = b.id and ${told})
      and ${owed} and exists (select 1 from account_member m where m.account_id = b.account_id)`.execute(db);
  return rows.filter((row) => isTold(letter, billFrom(row), today)).map(({ id }) => id);
}

/** By which day a bill is sought, what says that it was told, and whether only what is owed is. */
const soughtBy = {
  new: { day: sql`b.issued_on`, told: sql`l.kind = 'new'`, owed: sql`true` },
  due: { day: sql`b.due_on`, told: sql`l.kind = 'due'`, owed: sql`bill_open(b.id) > 0` },
  overdue: { day: sql`b.due_on`, told: sql`l.kind = 'overdue'`, owed: sql`bill_open(b.id) > 0` }
} satisfies Record<BillLetter, unknown>;

/** Writes to one person, after a look at whether it is still so. */
export async function tellBill(
  db: Db,
  post: Post,
  told: Jobs['billing.tell_bill'],
  settings: Letterhead & { timeZone: string; jurisdiction: Jurisdiction }
) {
  const { billId, letter, person } = told;
  const found = await addressed(db, billId, person);
  if (!found) return;
  const bill = { ...found, ...billFrom(found) };
  // What waited for the morning, or for a mail server, may have been paid meanwhile. That it has come stays true.
  if (letter !== 'new' && !isTold(letter, bill, todayAt(settings.timeZone))) return;
  const again = { job: 'billing.tell_bill', payload: told } as const;
  const kind = isPromised(letter, bill, bill.scope) ? null : 'bill';
  const ways = await waysNow(db, person, { kind }, settings.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(bill.locale));
  const about = { key: `bill ${billId} ${letter} ${person}`, kind: `bill_${letter}`, person, request: null };
  const today = todayAt(settings.timeZone);
  const plan = bill.planned ? await planOf(db, bill.account_id, today, rulesOf(settings.jurisdiction)) : null;
  const status = bill.disputed ? 'disputed' : bill.planned ? 'planned' : 'due';
  const taken = await takenByItself(db, { ...bill, status }, today);
  const { subject, text } = billLetter(
    t,
    letter,
    { ...bill, taken, plan, sees: bill.scope !== 'notices' },
    settings
  );
  await sendOnce(db, post, { ...about, ways }, { to: bill.email, locale: t.locale, subject, text });
}

function* chunks<One>(all: readonly One[]) {
  for (let from = 0; from < all.length; from += armful) yield all.slice(from, from + armful);
}
