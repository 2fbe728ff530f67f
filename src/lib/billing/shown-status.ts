/** What a programme in force, or a dispute, changes about how bills are shown and chased. Pure. */
import type { BillStatus } from './settle.ts';
import type { Plan } from './plan.ts';

/** `planned`: paid as was agreed; `disputed`: asked about, and not answered yet. Neither is chased. */
export type ShownStatus = BillStatus | 'planned' | 'disputed';

interface InForce {
  kind: Plan;
  began_on: string;
}

/** An agreement covers what was billed before it, a budget all bills. */
export const coveredBy = (plan: InForce, bill: { issued_on: string }): boolean =>
  plan.kind === 'budget' || bill.issued_on <= plan.began_on;

/** How a bill is shown while it is disputed, or a plan is in force. */
export function shownStatus(
  bill: { issued_on: string; status: BillStatus },
  plan: InForce | null,
  disputed = false
): ShownStatus {
  if (bill.status !== 'due' && bill.status !== 'overdue') return bill.status;
  // What a plan covers is owed on the plan's days, also while it is disputed: said as due beside them, it would count twice.
  if (plan && coveredBy(plan, bill)) return 'planned';
  return disputed ? 'disputed' : bill.status;
}
