/** On to the provider's page, to pay for what is bought ahead. */
import { redirect } from '@sveltejs/kit';
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { payPrebuy } from '#lib/prebuy/server/buying.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';

/** Leads on, or comes back with why it cannot be paid now. What is held stays held for a while either way. */
export async function payAhead({ locals }: { locals: App.Locals }, id: string, key: string) {
  const { db, actor, locale, t } = locals;
  const provider = providerOf(db, config);
  if (!isCustomer(actor) || !provider) refuse('missing', 'errors.missing');
  const begun = await payPrebuy(db, actor, provider, id, {
    ...{ key, locale, origin: config.origin, today: todayAt(config.timeZone) },
    description: t('prebuy.pay_description', { utility: config.utilityName })
  }).catch(sayNo);
  if (!(begun instanceof Refusal)) redirect(303, begun.url);
  return begun;
}

function sayNo(problem: unknown): Refusal {
  if (problem instanceof Refusal && problem.kind !== 'missing') return problem;
  if (problem instanceof Refusal) throw problem;
  log.error('a payment for a purchase ahead could not be begun', { error: problem });
  return new Refusal('unavailable', 'prebuy.pay_unavailable');
}
