/** On to the page of whoever takes payments here. */
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import type { PaymentProvider } from '#lib/payments/paying.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { WordKey } from '#lib/platform/words.ts';

interface Paying {
  customer: Customer;
  provider: PaymentProvider;
  /** What every payment says of itself. */
  payment: { locale: App.Locals['locale']; origin: string; today: string };
}

/**
 * Where to go on, once `begin` has begun. What the provider answers with is nobody's fault here; that nothing was paid is
 * what matters, and `away` says it.
 */
export async function toProvider(
  { actor, db, locale }: App.Locals,
  away: WordKey,
  begin: (paying: Paying) => Promise<{ url: string }>
): Promise<string> {
  const provider = providerOf(db, config);
  if (!isCustomer(actor) || !provider) refuse('missing', 'errors.missing');
  const payment = { locale, origin: config.origin, today: todayAt(config.timeZone) };
  try {
    const { url } = await begin({ customer: actor, provider, payment });
    return url;
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    log.error('a payment could not be begun', { error: problem });
    throw new Refusal('unavailable', away);
  }
}

/** What was asked for stands, whether it can be paid at once or not: its own page says so, and is where to pay. */
export const orElse = (page: string) => (problem: unknown) => {
  if (problem instanceof Refusal && problem.kind !== 'missing') return page;
  throw problem;
};
