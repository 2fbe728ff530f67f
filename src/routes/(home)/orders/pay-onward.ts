/** On to the provider's page, to pay for an order. */
import { redirect } from '@sveltejs/kit';
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { payOrder } from '#lib/orders/server/paying.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';

/** Leads on, or comes back with why it cannot be paid now. The order stands either way. */
export async function payOnward({ locals }: { locals: App.Locals }, reference: string, key: string) {
  const { db, actor, locale, t } = locals;
  const provider = providerOf(db, config);
  if (!isCustomer(actor) || !provider) refuse('missing', 'errors.missing');
  const begun = await payOrder(db, actor, provider, reference, {
    ...{ key, locale, origin: config.origin, today: todayAt(config.timeZone) },
    description: t('orders.pay_description', { utility: config.utilityName, reference })
  }).catch(sayNo);
  if (!(begun instanceof Refusal)) redirect(303, begun.url);
  return begun;
}

function sayNo(problem: unknown): Refusal {
  if (problem instanceof Refusal && problem.kind !== 'missing') return problem;
  if (problem instanceof Refusal) throw problem;
  log.error('a payment for an order could not be begun', { error: problem });
  return new Refusal('unavailable', 'orders.pay_unavailable');
}
