/** What is an order today is ordered: whoever can have it brought is led there, and all others ask as before. */
import { redirect } from '@sveltejs/kit';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { destinationOf } from '#lib/orders/server/catalogue.ts';
import { isCustomer } from '#lib/platform/actor.ts';

const areOrders: ReadonlySet<string> = new Set(['LPG-REFILL']);

/** Not with words under way: those stay with their form. */
export async function leadToOrders({
  params,
  url,
  locals: { db, actor }
}: {
  params: { code: string };
  url: URL;
  locals: App.Locals;
}) {
  if (!areOrders.has(params.code) || !isCustomer(actor) || url.searchParams.has('key')) return;
  const [account] = await accountsToActOn(db, actor);
  if (account && (await destinationOf(db, account.id)))
    redirect(303, `/orders/new?account=${account.number}`);
}
