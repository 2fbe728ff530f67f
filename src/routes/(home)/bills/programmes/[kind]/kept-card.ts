/** How a card stands that pays by itself, or is being asked for: asked after at the provider, where it was on its page. */
import { cardAsked, lastCard } from '#lib/payments/server/card-queries.ts';
import { lookAfterCard } from '#lib/payments/server/cards.ts';
import { autopayOf, withTakings } from '#lib/billing/server/taking.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { planNow, today } from '../../../../programme-form.ts';

export async function keptCard({ db, actor }: App.Locals, account: { id: string }, url: URL) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const provider = providerOf(db, config);
  const asked = await cardAsked(db, account.id, actor.id);
  if (asked?.checkout && provider)
    await lookAfterCard(db, provider, { ...asked, checkout: asked.checkout }, today()).catch(sayAndGoOn);
  const waiting = asked && (await cardAsked(db, account.id, actor.id));
  const last = url.searchParams.has('back') ? await lastCard(db, account.id, actor.id) : null;
  return {
    demo: provider?.name === 'demo',
    waitingAt: waiting?.checkout_url ?? null,
    kept: last === 'kept',
    notKept: last === 'refused' || last === 'expired',
    ...(await payingNow(db, account.id))
  };
}

/** The card that pays, with what it takes next. */
async function payingNow(db: Db, account: string) {
  const autopay = await autopayOf(db, account);
  if (!autopay) return { pays: null, takings: [] };
  const [{ bills }, plan] = [await readBills(db, account), await planNow(db, account)];
  const open = bills.filter((bill) => bill.open > 0n);
  const shown = await shownBills(db, open, plan, today());
  const held = shown.map((bill) => ({
    ...{ id: bill.id, open: bill.open, currency: bill.currency, due_on: bill.due_on },
    held: bill.status === 'disputed' || bill.status === 'planned'
  }));
  const takings = await withTakings(db, autopay, held, today());
  return {
    pays: autopay.card,
    takings: takings.flatMap(({ taking, ...bill }) => (taking ? [{ ...bill, taking }] : []))
  };
}

/** Where it says nothing, the card stands as we know it. */
const sayAndGoOn = (error: unknown) => log.error('a card could not be asked after', { error });
