/** Which bills are paid, and what is owed: payments settle the oldest bill first. Pure. */

export interface Owed {
  /** Minor units; a credit note is negative. */
  total: bigint;
  /** `YYYY-MM-DD` */
  due_on: string;
}

export interface Paid {
  amount: bigint;
  paid_on: string;
}

/** How a bill stands: `open` is what is still owed of it, `paid_on` the day on which nothing was any more. */
export interface Standing {
  open: bigint;
  paid_on: string | null;
}

export type BillStatus = 'paid' | 'due' | 'overdue' | 'credit';

/**
 * How each bill stands, in their order; both lists oldest first. Credit notes pay like payments do. What is paid ahead
 * settles the next bill on the day it is issued.
 */
export function settle<Bill extends Owed & { issued_on: string }>(
  bills: readonly Bill[],
  payments: readonly Paid[]
): Standing[] {
  const credits = bills
    .filter(({ total }) => total < 0n)
    .map(({ total, issued_on }) => ({ amount: -total, paid_on: issued_on }));
  const money = withoutTakenBack(
    [...payments, ...credits].sort((a, b) => a.paid_on.localeCompare(b.paid_on))
  );
  let next = 0;
  let inHand = 0n;
  let day = '';

  return bills.map(({ total, issued_on }) => {
    if (total <= 0n) return { open: 0n, paid_on: issued_on };
    while (inHand < total && next < money.length) {
      const one = money[next++];
      if (!one) break;
      inHand += one.amount;
      day = one.paid_on;
    }
    const covered = inHand < total ? (inHand > 0n ? inHand : 0n) : total;
    inHand -= covered;
    const open = total - covered;
    return { open, paid_on: open > 0n ? null : day > issued_on ? day : issued_on };
  });
}

/** What is taken back was never there: it is off what came last until then, and else off what comes next. */
function withoutTakenBack(money: readonly Paid[]): Paid[] {
  const kept: Paid[] = [];
  let back = 0n;
  for (const { amount, paid_on } of money) {
    const left = amount - back;
    back = left < 0n ? -left : 0n;
    if (left > 0n) kept.push({ amount: left, paid_on });
    for (let last = kept.at(-1); back > 0n && last; last = kept.at(-1)) {
      kept.pop();
      if (last.amount > back) kept.push({ ...last, amount: last.amount - back });
      back = back > last.amount ? back - last.amount : 0n;
    }
  }
  return kept;
}

/** What was paid of a bill of which something is still open; nothing where it is paid, or nobody began to. */
export const paidSoFar = ({ total, open }: Pick<Owed, 'total'> & Pick<Standing, 'open'>): bigint =>
  open > 0n && open < total ? total - open : 0n;

/** What is owed on the account: positive to be paid, negative held for the customer. */
export const balanceOf = (
  bills: readonly { total: bigint }[],
  payments: readonly { amount: bigint }[]
): bigint =>
  bills.reduce((sum, { total }) => sum + total, 0n) - payments.reduce((sum, { amount }) => sum + amount, 0n);

/** What is open of the newest bills, newest first, when so much is owed in all: what was paid has settled older ones first. */
export function openOfNewest(bills: readonly Pick<Owed, 'total'>[], balance: bigint): bigint[] {
  let left = balance > 0n ? balance : 0n;
  return bills.map(({ total }) => {
    const open = total <= 0n ? 0n : left < total ? left : total;
    left -= open;
    return open;
  });
}

export function statusOf(
  { total, due_on }: Owed,
  { open }: Pick<Standing, 'open'>,
  today: string
): BillStatus {
  if (total < 0n) return 'credit';
  if (open <= 0n) return 'paid';
  return due_on < today ? 'overdue' : 'due';
}
