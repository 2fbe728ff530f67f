/** What we sell, and what it costs today: for whoever wants to know before they become a customer. */
import { pricesOn } from '#lib/orders/server/catalogue.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, locale } }) => {
  const { currency } = config;
  const today = todayAt(config.timeZone);
  return htmlOnly({ currency, today, prices: await pricesOn(db, { currency, today, locale }) });
};
