/** Which bills are paid, and what is owed: payments settle the bill they name, and else the oldest. Pure. */

export interface Owed {
  /** Minor units; a credit note is negative. */
  total: bigint;
  /** `YYYY-MM-DD` */
  due_on: string;
}

export interface Paid {
  amount: bigint;
  paid_on: string;
  /** The bill that it was paid for by name. */
  bill_id: string | null;
}

/** How a bill stands: `open` is what is still owed of it, `paid_on` the day on which nothing was any more. */
export interface Standing {
  open: bigint;
  paid_on: string | null;
}

export type BillStatus = 'paid' | 'due' | 'overdue' | 'credit';

/**
 * How each bill stands, in their order; both lists oldest first. What names a bill settles it first; all else, and what is
 * over, the oldest open one. Credit notes pay like payments do. What is paid ahead settles the next bill on the day it is
 * issued; what is taken back was never there. `bills_open` in the database says the same.
 */
export function settle<Bill extends Owed & { id: string; issued_on: string }>(
  bills: readonly Bill[],
  payments: readonly Paid[]
): Standing[] {
  const credits = bills
    .filter(({ total }) => total < 0n)
    .map(({ total, issued_on }) => ({ amount: -total, paid_on: issued_on, bill_id: null }));
  const money = [...payments, ...credits].sort((a, b) => a.paid_on.localeCompare(b.paid_on));
  const named = new Map(bills.map(({ id }) => [id, 0n]));
  /** From which day on nothing was open of each, whatever was taken back. */
  const since: (string | null)[] = bills.map(() => null);
  let received = 0n;
  let open = opensOf(bills, named, received);

  for (const { amount, paid_on, bill_id } of money) {
    received += amount;
    const before = bill_id === null ? undefined : named.get(bill_id);
    if (bill_id !== null && before !== undefined) named.set(bill_id, before + amount);
    open = opensOf(bills, named, received);
    for (const [nth, left] of open.entries()) since[nth] = left > 0n ? null : (since[nth] ?? paid_on);
  }
  return bills.map(({ total, issued_on }, nth) => {
    const left = open[nth] ?? 0n;
    const day = total > 0n ? (since[nth] ?? issued_on) : issued_on;
    return { open: left, paid_on: left > 0n ? null : day > issued_on ? day : issued_on };
  });
}

/** What is open of each. Where more is named than was received, as after a payment that the bank took back, no name counts. */
function opensOf(
  bills: readonly { id: string; total: bigint }[],
  named: ReadonlyMap<string, bigint>,
  received: bigint
): bigint[] {
  const owed = bills.map(({ total }) => (total > 0n ? total : 0n));
  const byName = bills.map(({ id }, nth) => within(named.get(id) ?? 0n, owed[nth] ?? 0n));
  const all = byName.reduce((sum, one) => sum + one, 0n);
  const counts = all <= received;
  let other = counts ? received - all : received;
  return owed.map((total, nth) => {
    const left = total - (counts ? (byName[nth] ?? 0n) : 0n);
    const covered = within(other, left);
    other -= covered;
    return left - covered;
  });
}

const within = (amount: bigint, most: bigint) => (amount < 0n ? 0n : amount < most ? amount : most);

/** What was paid of a bill of which something is still open; nothing where it is paid, or nobody began to. */
export const paidSoFar = ({ total, open }: Pick<Owed, 'total'> & Pick<Standing, 'open'>): bigint =>
  open > 0n && open < total ? total - open : 0n;

/** What is owed on the account: positive to be paid, negative held for the customer. */
export const balanceOf = (
  bills: readonly { total: bigint }[],
  payments: readonly { amount: bigint }[]
): bigint =>
  bills.reduce((sum, { total }) => sum + total, 0n) - payments.reduce((sum, { amount }) => sum + amount, 0n);

export function statusOf(
  { total, due_on }: Owed,
  { open }: Pick<Standing, 'open'>,
  today: string
): BillStatus {
  if (total < 0n) return 'credit';
  if (open <= 0n) return 'paid';
  return due_on < today ? 'overdue' : 'due';
}
