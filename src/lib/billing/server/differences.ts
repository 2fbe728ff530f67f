/** Why a bill differs from the one before and from the one a year before: the same on its page and on its paper. */
import type { Db } from '#lib/platform/server/db.ts';
import { differenceOf } from '../compare.ts';
import { billsBeside } from './one-bill.ts';
import { comparedOf, type Bill } from './queries.ts';
import { withWeather } from './weather.ts';

/** Null where there is no such bill. */
export async function differencesOf(db: Db, bill: Bill) {
  const { before, yearBefore } = await billsBeside(db, bill);
  const others = [before, yearBefore].filter((other) => other !== null);
  const known = new Map((await withWeather(db, [bill, ...others])).map((one) => [one.id, one]));
  const differs = (from: Bill | null) =>
    from && {
      ...differenceOf(comparedOf(known.get(bill.id) ?? bill), comparedOf(known.get(from.id) ?? from)),
      number: from.number,
      period_to: from.period_to
    };
  return { before: differs(before), yearBefore: differs(yearBefore) };
}
