/** What was used on an account, out of what was billed: newest first. */
import { newestBills, type Bill } from '#lib/billing/server/queries.ts';
import { withWeather } from '#lib/billing/server/weather.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { withYearBefore } from '../usage.ts';

/** Bills of two years and a little, where there is one in each month. */
const enough = 26;
/** So many periods are shown at a time; those of the year before stand beside them. */
const onPage = 13;

/** What was used lately, each period beside the one a year before: read without the years before that. */
export const recentUsage = async (db: Db, accountId: string) =>
  usageIn(await newestBills(db, accountId, enough));

/** A page of it, of periods that ended before a day, with how cold it was; and before which day the next one ends. */
export async function usageBefore(db: Db, accountId: string, before: string | null) {
  const bills = await withWeather(db, await newestBills(db, accountId, enough, before));
  const { unit, periods } = usageIn(bills);
  const shown = periods.slice(0, onPage);
  return { unit, periods: shown, older: periods.length > onPage ? (shown.at(-1)?.to ?? null) : null };
}

/** The unit that most of it is billed in, and every period of it beside the one a year before. */
export function usageIn(bills: readonly Bill[]) {
  const unit = bills.find((bill) => bill.unit !== null)?.unit ?? null;
  const periods = bills.flatMap(({ period_from, period_to, quantity, estimated, temperature, unit: of }) =>
    quantity !== null && of === unit
      ? [{ from: period_from, to: period_to, quantity, estimated, temperature }]
      : []
  );
  return { unit, periods: withYearBefore(periods) };
}
