/** Gas for the season ahead is ordered: whoever says what they want of it is led there, all others are shown what there is. */
import { redirect } from '@sveltejs/kit';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { destinationOf } from '#lib/orders/server/catalogue.ts';
import { prebuysOnSale } from '#lib/prebuy/server/offers.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { todayAt } from '#lib/platform/dates.ts';

interface Asking {
  params: { code: string };
  url: URL;
  locals: App.Locals;
}

/** The utility, as it sells. */
interface Seller {
  timeZone: string;
  currency: string;
}

/** Kinds of service that are orders. The desk orders them for whoever calls. */
export const areOrders: ReadonlySet<string> = new Set(['LPG-REFILL', 'LPG-2ND', 'PREORDER']);

/** Which page does what somebody wants of the season ahead. */
const seasons = { subscription: 'refills', auto_fill: 'refills', pre_buy: 'prebuy' } as const;
const pages = { refills: '/orders/refills/new', prebuy: '/orders/prebuy' };
const stays = ['key', 'ask', 'about'];

/** Not with words under way: those stay with their form, nor for whoever wants a person. */
export async function seasonAhead({ params: { code }, url, locals }: Asking, seller: Seller) {
  const { db, actor } = locals;
  const asks = stays.some((name) => url.searchParams.has(name));
  if (code !== 'PREORDER' || !isCustomer(actor) || asks) return [];
  const [account] = await accountsToActOn(db, actor);
  const to = account && (await destinationOf(db, account.id));
  if (!account || !to) return [];
  const sold = { today: todayAt(seller.timeZone), currency: seller.currency, locale: locals.locale };
  const onSale = await prebuysOnSale(db, { account: account.id, supply: to.supply }, sold);
  const there = (['refills', 'prebuy'] as const).filter((what) => what === 'refills' || onSale.length > 0);
  const kind = url.searchParams.get('kind') ?? '';
  const wanted = Object.hasOwn(seasons, kind) ? seasons[kind as keyof typeof seasons] : null;
  const at = (page: string) => `${page}?account=${account.number}`;
  if (wanted && there.includes(wanted)) redirect(303, at(pages[wanted]));
  return there.map((what) => ({ what, href: at(pages[what]) }));
}
