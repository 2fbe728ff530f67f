/** What stands on the paper of a payment, as the asker may see it. */
import { addressee } from '#lib/billing/server/papers.ts';
import { billNumberOf } from '#lib/billing/server/queries.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { getReceipt } from './receipts.ts';

interface Sold {
  reference: string;
  account_id: string;
  amount: bigint;
  currency: string;
  method: 'cash' | 'card';
  paid_on: string | null;
  state: 'paid';
  subject_kind: 'order';
  subject_id: string;
}

/** A payment that went through; there is no receipt for any other. What was sold above this floor is found there. */
export async function paymentToPrint(db: Db, reference: string, sold: Sold | null = null) {
  const { paid_on, account_id, subject_kind, subject_id, state, ...payment } =
    sold ?? (await getReceipt(db, reference));
  if (paid_on === null || account_id === null || state === 'taken_back')
    return refuse('missing', 'errors.missing');
  const isOfBill = subject_kind === 'bill';
  const [bill, to] = await Promise.all([
    isOfBill ? billNumberOf(db, subject_id) : null,
    addressee(db, account_id, isOfBill ? subject_id : null)
  ]);
  return { payment: { ...payment, paid_on, bill }, to };
}
