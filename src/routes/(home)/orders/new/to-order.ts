/** Who orders, where it goes and what is offered there: the same for the catalogue and for the choice of a time. */
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { destinationOf, offersFor } from '#lib/orders/server/catalogue.ts';
import { refillLimit } from '#lib/refills/server/limit.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';

/** The account that the address names, or the first they may act on; one that is not theirs is not there. */
export async function toOrder({ url, locals: { db, actor, locale } }: { url: URL; locals: App.Locals }) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const accounts = await accountsToActOn(db, actor);
  const named = url.searchParams.get('account');
  const account = named === null ? accounts[0] : accounts.find(({ number }) => number === named);
  if (named !== null && !account) refuse('missing', 'errors.missing');
  const today = dayAt(new Date(), config.timeZone);
  const to = account ? await destinationOf(db, account.id) : null;
  const offers = to ? await offersFor(db, to, { currency: config.currency, today, locale }) : [];
  const limit = account ? await refillLimit(db, account.id, today) : null;
  return { limit, customer: actor, accounts, account: account ?? null, to, offers, today };
}
