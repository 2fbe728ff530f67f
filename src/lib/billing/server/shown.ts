/** Bills as they are shown: paid, due, as was agreed, or disputed. */
import type { Db } from '#lib/platform/server/db.ts';
import { shownStatus, type ShownStatus } from '../shown-status.ts';
import { type Owed, type Standing, statusOf } from '../settle.ts';
import { disputedAmong } from './queries.ts';

/** Some bills of one account, each with how it is shown today (`YYYY-MM-DD`) while that plan is in force. */
export async function shownBills<
  Bill extends Owed & Pick<Standing, 'open'> & { id: string; issued_on: string }
>(
  db: Db,
  bills: readonly Bill[],
  plan: Parameters<typeof shownStatus>[1],
  today: string
): Promise<(Omit<Bill, 'status'> & { status: ShownStatus })[]> {
  const disputed = await disputedAmong(db, bills);
  return bills.map((bill) => {
    const status = statusOf(bill, bill, today);
    return { ...bill, status: shownStatus({ ...bill, status }, plan, disputed.has(bill.id)) };
  });
}
