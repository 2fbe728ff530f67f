/** Writing down a payment that reached the utility outside Hearth: once for each form, and once for each slip of paper. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { spell } from '#lib/platform/spelled.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import type { Noted } from '../noted.ts';

export interface ToNote {
  /** Of the form: sent twice it is one payment. */
  key: string;
  account: string;
  customer: string;
  currency: string;
  noted: Noted;
}

/** The payment's reference; the same for the same form, however often it is sent. */
export async function notePayment(db: Db, staff: PersonActor, payment: ToNote): Promise<string> {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const { account, customer, currency, noted, key } = payment;
  const digest = digestOf([account, customer, currency, { ...noted, amount: String(noted.amount) }]);
  const first = () => notedOfForm(db, staff.id, key);
  try {
    return await once({ digest, first, refuseOther }, () =>
      db.transaction().execute((tx) => store(tx, staff, payment, digest))
    );
  } catch (error) {
    if (isUniqueViolation(error, 'noted_payment_number')) refuse('conflict', 'noted.number_used');
    throw error;
  }
}

const refuseOther = (reference: string) => refuse('conflict', 'noted.key_used', { reference });

async function store(tx: Db, staff: PersonActor, payment: ToNote, digest: string) {
  const { account, customer, currency, key } = payment;
  const { bill, amount, ...noted } = payment.noted;
  const id = randomUUIDv7();
  const reference = `P-${spell(randomBytes(8))}`;
  await tx
    .insertInto('noted_payment')
    .values({
      ...{ id, reference, account_id: account, person_id: customer, currency, form_key: key, digest },
      ...{ ...noted, amount: String(amount), made_by: staff.id },
      bill_id: bill === null ? null : await billOf(tx, account, bill)
    })
    .execute();
  await writeAudit(tx, staff, {
    action: 'payment.noted',
    subject: { kind: 'account', id: account },
    detail: { payment: id, method: noted.method }
  });
  await later(tx, 'billing.tell_noted', { id });
  return reference;
}

async function billOf(tx: Db, account: string, number: string) {
  const bill = await tx
    .selectFrom('bill')
    .select('id')
    .where('account_id', '=', account)
    .where('number', '=', number)
    .executeTakeFirst();
  return bill?.id ?? refuse('invalid', 'noted.bill_none');
}

/** The payment that this form became before, if it did. */
export async function notedOfForm(db: Db, staff: string, key: string) {
  const row = await db
    .selectFrom('noted_payment')
    .select(['reference', 'digest'])
    .where('made_by', '=', staff)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: row.digest, result: row.reference };
}

/** Whether money for it is on its way already: a card's page that is open, or a payment that the bank has not sent yet. */
export async function isPaying(db: Db, account: string): Promise<boolean> {
  const { rows } = await sql<{ paying: boolean }>`
    select exists (select 1 from payment where account_id = ${account} and state = 'pending')
        or exists (select 1 from payment_attempt where account_id = ${account} and state in ('begun', 'offered')
                     and created_at > now() - interval '1 day') as paying`.execute(db);
  return rows[0]?.paying ?? false;
}

/** What was written down for an account lately, and by whom. */
export async function notedOn(db: Db, account: string, most = 20) {
  const rows = await db
    .selectFrom('noted_payment as n')
    .innerJoin('person as p', 'p.id', 'n.made_by')
    .leftJoin('payment_taken_back as k', 'k.noted_id', 'n.id')
    .leftJoin('person as s', 's.id', 'k.made_by')
    .select(['n.id', 'n.reference', 'n.amount', 'n.currency', 'n.method', 'n.paid_on', 'n.number', 'n.note'])
    .select(['n.at', 'p.name as by', 'k.at as back_at', 'k.reason as back_reason', 's.name as back_by'])
    .where('n.account_id', '=', account)
    .orderBy('n.at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}
