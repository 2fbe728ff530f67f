/** Paying a bill, all that is owed, or a part: how much, and on to the provider's page. */
import { fail } from '@sveltejs/kit';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { beginPayment } from '#lib/payments/server/paying.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { standingOf } from '#lib/billing/server/one-bill.ts';
import { getBill } from '#lib/billing/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { again, answer } from '../../../../form-action.ts';
import { planNow } from '../../../../programme-form.ts';
import { toProvider } from '../../../to-provider.ts';
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
    const { db, t } = event.locals;
    const { bill, open, balance, plan } = await toPay(event);
    if (!providerOf(db, config)) refuse('missing', 'errors.missing');
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
    const pay = () =>
      toProvider(event.locals, 'paying.pay_unavailable', ({ customer, provider, payment }) =>
        beginPayment(db, customer, provider, {
          ...{ ...payment, key: typed.key, amount: chosen.amount, currency: bill.currency },
          paidFor: { ...of, account_id: bill.account_id },
          description: t('paying.pay_description', {
            utility: config.utilityName,
            number: bill.account_number
          }),
          returnUrl: (reference) => `${config.origin}/payments/${reference}`
        })
      );
    return answer(t, pay, again(typed));
  }
};

/** The bill and what is owed, for whoever may act on its account. */
async function toPay({ params, locals: { db, actor } }: Pick<RequestEvent, 'params' | 'locals'>) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const bill = await getBill(db, params.number);
  const mine = await accountsToActOn(db, actor);
  if (!mine.some(({ id }) => id === bill.account_id)) refuse('missing', 'billing.not_found');
  const [{ open, balance }, plan] = await Promise.all([standingOf(db, bill), planNow(db, bill.account_id)]);
  return { bill, open, plan, balance: balance > 0n ? balance : 0n };
}
