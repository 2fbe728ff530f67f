/** Usage as a Green Button file, which programs of others read. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { greenButtonOf } from '#lib/usage/server/green-button.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals: { db, actor, t } }) => {
  const account =
    isCustomer(actor) && (await chosenAccount(db, actor, url.searchParams.get('account'))).account;
  if (!account) refuse('missing', 'errors.missing');
  const { bills } = await readBills(db, account.id);
  const setting = { account: account.number, zone: config.timeZone, now: new Date(), t };
  const file = (await greenButtonOf(db, bills, setting)) ?? refuse('missing', 'usage.none');
  return new Response(file, {
    headers: {
      'content-type': 'application/atom+xml; charset=utf-8',
      'content-disposition': `attachment; filename="green-button-${account.number}.xml"`,
      'cache-control': 'no-store'
    }
  });
};
