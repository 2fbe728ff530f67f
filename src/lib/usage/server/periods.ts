/** What was used on an account, out of what was billed: newest first. */
import type { readBills } from '#lib/billing/server/queries.ts';
import { withYearBefore } from '../usage.ts';

type Bills = Awaited<ReturnType<typeof readBills>>['bills'];

/** The unit that most of it is billed in, and every period of it beside the one a year before. */
export function usageIn(bills: Bills) {
  const unit = bills.find((bill) => bill.unit !== null)?.unit ?? null;
  const periods = bills.flatMap(({ period_from, period_to, quantity, estimated, unit: of }) =>
    quantity !== null && of === unit ? [{ from: period_from, to: period_to, quantity, estimated }] : []
  );
  return { unit, periods: withYearBefore(periods) };
}
