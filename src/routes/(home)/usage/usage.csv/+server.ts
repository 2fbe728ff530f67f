/** Usage as a table for spreadsheets. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { withWeather } from '#lib/billing/server/weather.ts';
import { decimal } from '#lib/billing/money.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { writeCsv } from '#lib/platform/csv.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { usageIn } from '#lib/usage/server/periods.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals: { db, actor } }) => {
  const account =
    isCustomer(actor) && (await chosenAccount(db, actor, url.searchParams.get('account'))).account;
  if (!account) refuse('missing', 'errors.missing');
  const { unit, periods } = usageIn(await withWeather(db, (await readBills(db, account.id)).bills));
  const rows = periods.map(({ from, to, quantity, days, estimated, temperature }) => [
    ...[account.number, from, to, days, decimal(quantity, 3), unit],
    estimated ? 'estimated' : 'actual',
    temperature === null ? '' : (temperature / 10).toFixed(1)
  ]);
  return new Response(
    writeCsv([['account', 'from', 'to', 'days', 'quantity', 'unit', 'reading', 'temperature_c'], ...rows]),
    {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="usage-${account.number}.csv"`,
        'cache-control': 'no-store'
      }
    }
  );
};
