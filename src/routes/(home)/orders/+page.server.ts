/** My orders: what is on its way, and what was brought. */
import { writePosition } from '#lib/events/position.ts';
import { hub } from '#lib/requests/server/live.ts';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { contentsOf, linesInLine, ordersOf } from '#lib/orders/server/queries.ts';
import { leftAhead } from '#lib/prebuy/server/queries.ts';
import { holdingsOf, returnsOf } from '#lib/orders/server/returns.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const position = writePosition(hub.position());
  const named = url.searchParams.get('account');
  const { accounts, account } = await chosenAccount(db, actor, named, { toAct: true });
  const orders = account ? await ordersOf(db, account.id) : [];
  const contents = await contentsOf(
    db,
    orders.map(({ id }) => id),
    locale
  );
  const waits = await linesInLine(db, orders);
  return htmlOnly({
    position,
    accounts,
    account,
    ahead: account ? await leftAhead(db, account.id, locale) : [],
    held: account ? await holdingsOf(db, account.id, locale) : [],
    returns: account ? await returnsOf(db, account.id, locale) : [],
    orders: orders.map(
      ({ id, reference, status, slot, held_until, total, currency, created_at, ended_at }) => ({
        ...{ reference, status, slot, held_until, total, currency, created_at, ended_at },
        contents: contents.get(id) ?? [],
        line: waits.get(id) ?? null
      })
    )
  });
};
