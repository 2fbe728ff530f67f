/** Questions about what is overdue: how far reminding has come, and why it waits. */
import type { Db } from '#lib/platform/server/db.ts';
import { dunningHolds } from '../../dunning/ladder.ts';

/** How an account stands on the ladder; null where nothing is overdue. */
export async function dunningOf(db: Db, accountId: string) {
  const row = await db
    .selectFrom('dunning')
    .select(['step', 'since', 'holds', 'due_on', 'amount', 'currency'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row
    ? { ...row, amount: BigInt(row.amount), holds: dunningHolds.filter((hold) => row.holds.includes(hold)) }
    : null;
}
