/** Paying a bill, all that is owed, or a part: how much, and on to the provider's page. */
import { fail, redirect } from '@sveltejs/kit';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { beginPayment } from '#lib/payments/server/paying.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { standingOf } from '#lib/billing/server/one-bill.ts';
import { getBill } from '#lib/billing/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { planNow } from '../../../../programme-form.ts';
import { chosenAmount } from './amount.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { bill, open, balance, plan } = await toPay(event);
  return htmlOnly({
    bill,
    open,
    balance,
    plan: plan && { kind: plan.kind, next: plan.next },
    key: keyOf(null),
    provider: providerOf(event.locals.db, config)?.name ?? null,
    bankDetails: config.bankDetails
  });
};

export const actions: Actions = {
  default: async (event) => {
    const { db, actor, t, locale } = event.locals;
    const { bill, open, balance, plan } = await toPay(event);
    const provider = providerOf(db, config);
    if (!isCustomer(actor) || !provider) refuse('missing', 'errors.missing');

    const form = await event.request.formData();
    const typed = {
      how: textIn(form, 'how'),
      amount: textIn(form, 'amount').slice(0, 200),
      key: keyOf(textIn(form, 'key'))
    };
    const chosen = chosenAmount(t, typed, {
      ...{ open, balance, currency: bill.currency, next: plan?.next?.open ?? null }
    });
    if (!chosen.ok) return fail(422, { typed, problems: chosen.problems });

    const of =
      typed.how === 'bill'
        ? { kind: 'bill' as const, id: bill.id }
        : { kind: 'account' as const, id: bill.account_id };
    const begun = await beginPayment(db, actor, provider, {
      paidFor: { ...of, account_id: bill.account_id },
      amount: chosen.amount,
      currency: bill.currency,
      key: typed.key,
      locale,
      description: t('paying.pay_description', { utility: config.utilityName, number: bill.account_number }),
      returnUrl: (reference) => `${config.origin}/payments/${reference}`,
      today: todayAt(config.timeZone)
    }).catch(sayNo);
    if (begun instanceof Refusal)
      return fail(httpStatus[begun.kind], { typed, problems: { '': t(begun.words, begun.values) } });
    redirect(303, begun.url);
  }
};

/** What the provider answers with is nobody's fault here; that nothing was paid is what matters. */
function sayNo(problem: unknown): Refusal {
  if (problem instanceof Refusal) return problem;
  log.error('a payment could not be begun', { error: problem });
  return new Refusal('unavailable', 'paying.pay_unavailable');
}

/** The bill and what is owed, for whoever may act on its account. */
async function toPay({ params, locals: { db, actor } }: Pick<RequestEvent, 'params' | 'locals'>) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const bill = await getBill(db, params.number);
  const mine = await accountsToActOn(db, actor);
  if (!mine.some(({ id }) => id === bill.account_id)) refuse('missing', 'billing.not_found');
  const [{ open, balance }, plan] = await Promise.all([standingOf(db, bill), planNow(db, bill.account_id)]);
  return { bill, open, plan, balance: balance > 0n ? balance : 0n };
}
