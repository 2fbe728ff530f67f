/** Usage as a table for spreadsheets: by period as it was billed, or by day where meters tell. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { withWeather } from '#lib/billing/server/weather.ts';
import { decimal } from '#lib/billing/money.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { writeCsv } from '#lib/platform/csv.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { daysTaken } from '#lib/usage/days.ts';
import { daysOf } from '#lib/usage/server/days.ts';
import { usageIn } from '#lib/usage/server/periods.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals: { db, actor } }) => {
  const account =
    isCustomer(actor) && (await chosenAccount(db, actor, url.searchParams.get('account'))).account;
  if (!account) refuse('missing', 'errors.missing');
  const table = url.searchParams.get('by') === 'day' ? byDay : byPeriod;
  return new Response(writeCsv(await table(db, account)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="usage-${account.number}.csv"`,
      'cache-control': 'no-store'
    }
  });
};

interface Account {
  id: string;
  number: string;
}

async function byPeriod(db: Db, account: Account) {
  const { unit, periods } = usageIn(await withWeather(db, (await readBills(db, account.id)).bills));
  const rows = periods.map(({ from, to, quantity, days, estimated, temperature }) => [
    ...[account.number, from, to, days, decimal(quantity, 3), unit],
    estimated ? 'estimated' : 'actual',
    temperature === null ? '' : temperature / 10
  ]);
  return [['account', 'from', 'to', 'days', 'quantity', 'unit', 'reading', 'temperature_c'], ...rows];
}

async function byDay(db: Db, account: Account) {
  const meters = await daysOf(db, account.id, dayAt(new Date(), config.timeZone), daysTaken);
  const rows = meters.flatMap(({ serial, unit, days }) =>
    days.map(({ day, used, yearBefore, temperature }) => [
      ...[account.number, serial, day, used, unit, yearBefore ?? ''],
      temperature === null ? '' : temperature / 10
    ])
  );
  return [['account', 'meter', 'day', 'quantity', 'unit', 'year_before', 'temperature_c'], ...rows];
}
