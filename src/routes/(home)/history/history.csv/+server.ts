/** Service history as a table for spreadsheets: the newest five thousand lines. */
import { instantOf } from '#lib/accounts/history.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { writeCsv } from '#lib/platform/csv.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { historyOf, kindIn } from '../sources.ts';
import type { RequestHandler } from './$types';

const most = 5_000;

export const GET: RequestHandler = async ({ url, locals: { db, actor, t } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const kind = kindIn(url.searchParams.get('kind'));
  const { lines } = await historyOf(db, actor, t, { kind, before: null, most });
  const rows = lines.map((line) => [line.day ? line.at.slice(0, 10) : instantOf(line), line.kind, line.text]);
  return new Response(writeCsv([['at', 'kind', 'what'], ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="history.csv"',
      'cache-control': 'no-store'
    }
  });
};
