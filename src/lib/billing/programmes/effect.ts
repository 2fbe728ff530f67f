/** What a programme in force changes about how bills are shown. Pure. */
import type { BillStatus } from '../settle.ts';
import type { Plan } from './programme.ts';

/** `planned`: paid as was agreed, and not chased while that is kept. */
export type ShownStatus = BillStatus | 'planned';

/** How a bill is shown while a plan is in force: an agreement covers what was billed before it, a budget all bills. */
export function shownStatus(
  bill: { issued_on: string; status: BillStatus },
  plan: { kind: Plan; began_on: string } | null
): ShownStatus {
  if (!plan || (bill.status !== 'due' && bill.status !== 'overdue')) return bill.status;
  return plan.kind === 'budget' || bill.issued_on <= plan.began_on ? 'planned' : bill.status;
}
