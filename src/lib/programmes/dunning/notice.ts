/** What the notice about overdue bills says at this moment: the ladder itself is climbed by the clock, once an hour. Pure. */
import type { ShownStatus } from '#lib/billing/shown-status.ts';

interface Bill {
  open: bigint;
  status: ShownStatus;
}

/** With what is overdue still; null where all of it was paid, agreed on or asked about meanwhile. */
export function noticeNow<One extends { amount: bigint }>(dunning: One | null, bills: readonly Bill[]) {
  const amount = bills.reduce((sum, { open, status }) => (status === 'overdue' ? sum + open : sum), 0n);
  return dunning && amount > 0n ? { ...dunning, amount } : null;
}
