/** A payment as its receipt says it: paid here by card, or written down at the desk. */
import type { Db } from '#lib/platform/server/db.ts';
import { getAttempt } from './attempts.ts';

/** One payment by its reference, as the asker may see it, and how it was made. */
export async function getReceipt(db: Db, reference: string) {
  const noted = await notedPayment(db, reference);
  return noted ?? { ...(await getAttempt(db, reference)), method: 'card' as const };
}

/**
 * A payment that was written down at the desk. Who did, and what they noted, is for staff: the payment that it became
 * says enough. Those by card have an attempt of the same reference, which knows more.
 */
export async function notedPayment(db: Db, reference: string) {
  const row = await db
    .selectFrom('payment as p')
    .leftJoin('payment as back', 'back.takes_back', 'p.id')
    .select('back.id as back')
    .select(['p.account_id', 'p.reference', 'p.amount', 'p.currency', 'p.method', 'p.paid_on', 'p.bill_id'])
    .where('p.reference', '=', reference)
    .where('p.state', '=', 'settled')
    .where('p.amount', '>', '0')
    .where('p.method', 'in', ['cash', 'bank', 'cheque'])
    .executeTakeFirst();
  if (!row) return null;
  const { amount, bill_id, back, ...payment } = row;
  const state = back === null ? ('paid' as const) : ('taken_back' as const);
  const subject =
    bill_id === null
      ? ({ subject_kind: 'account', subject_id: payment.account_id } as const)
      : ({ subject_kind: 'bill', subject_id: bill_id } as const);
  return { ...payment, ...subject, amount: BigInt(amount), state, provider: null };
}
