/** On to the page of whoever takes payments here. */
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import type { PaymentProvider } from '#lib/payments/paying.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { WordKey } from '#lib/platform/words.ts';
import { outOfReach } from '../out-of-reach.ts';

interface Paying {
  customer: Customer;
  provider: PaymentProvider;
  /** What every payment says of itself. */
  payment: { locale: App.Locals['locale']; origin: string; today: string };
}

/** Where to go on, once `begin` has begun. `away` says that nothing was paid. */
export async function toProvider(
  { actor, db, locale }: App.Locals,
  away: WordKey,
  begin: (paying: Paying) => Promise<{ url: string }>
): Promise<string> {
  const provider = providerOf(db, config);
  if (!isCustomer(actor) || !provider) refuse('missing', 'errors.missing');
  const payment = { locale, origin: config.origin, today: todayAt(config.timeZone) };
  const begun = begin({ customer: actor, provider, payment });
  const { url } = await begun.catch(outOfReach('a payment could not be begun', away));
  return url;
}

/** What was asked for stands, whether it can be paid at once or not: its own page says so, and is where to pay. */
export const orElse = (page: string) => (problem: unknown) => {
  if (problem instanceof Refusal && problem.kind !== 'missing') return page;
  throw problem;
};
