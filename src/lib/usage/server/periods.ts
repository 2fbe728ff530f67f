/** What was used on an account, out of what was billed: newest first. */
import { newestBills, type Bill } from '#lib/billing/server/queries.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { withYearBefore } from '../usage.ts';

/** Bills of two years and a little, where there is one in each month. */
const enough = 26;

/** What was used lately, each period beside the one a year before: read without the years before that. */
export const recentUsage = async (db: Db, accountId: string) =>
  usageIn(await newestBills(db, accountId, enough));

/** The unit that most of it is billed in, and every period of it beside the one a year before. */
export function usageIn(bills: readonly Bill[]) {
  const unit = bills.find((bill) => bill.unit !== null)?.unit ?? null;
  const periods = bills.flatMap(({ period_from, period_to, quantity, estimated, unit: of }) =>
    quantity !== null && of === unit ? [{ from: period_from, to: period_to, quantity, estimated }] : []
  );
  return { unit, periods: withYearBefore(periods) };
}
