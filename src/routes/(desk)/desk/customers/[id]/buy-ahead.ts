/** Gas bought ahead for the customer at the desk, with the payment that is in hand. */
import { fail } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { judgeUnits, readPaid } from '#lib/prebuy/rules.ts';
import { destinationOf } from '#lib/orders/server/catalogue.ts';
import { buyAheadAtDesk } from '#lib/prebuy/server/at-desk.ts';
import { prebuysOnSale } from '#lib/prebuy/server/offers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Locale } from '#lib/platform/language.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../../form-action.ts';
import type { RequestEvent } from './$types';

/** What an account may buy ahead today; nothing where nothing is brought to it. */
export async function onSaleFor(db: Db, account: string, locale: Locale) {
  const to = await destinationOf(db, account);
  const sold = { today: dayAt(new Date(), config.timeZone), currency: config.currency, locale };
  return to ? prebuysOnSale(db, { account, supply: to.supply }, sold) : [];
}

export async function buyForThem({ locals: { db, actor, t, locale }, params, request }: RequestEvent) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { accounts } = await openCustomer(db, actor, params.id);
  const form = await request.formData();
  const account =
    accounts.find(({ number, scope }) => number === textIn(form, 'account') && scope === 'act') ??
    refuse('missing', 'errors.missing');
  const typed = {
    ...{ account: account.number, key: keyOf(textIn(form, 'key')), offer: textIn(form, 'offer') },
    ...{ units: textIn(form, 'units').slice(0, 200), method: textIn(form, 'method') },
    number: textIn(form, 'number').slice(0, 60)
  };
  const again = (status: number, problem: string) => fail(status, { ahead: typed, problem });
  const offer = (await onSaleFor(db, account.id, locale)).find(({ id }) => id === typed.offer);
  if (!offer) return again(409, t('prebuy.not_sold'));
  const judged = judgeUnits(typed.units, offer, t);
  if (!judged.ok) return again(422, judged.problem);
  const paid = readPaid(typed);
  if (!paid.ok) return again(422, t(`prebuy.${paid.problem}`, { currency: offer.currency }));
  const buy = async () => {
    await buyAheadAtDesk(db, actor, {
      ...{ key: typed.key, account: account.id, offer, units: judged.units },
      ...{ customer: params.id, paid: paid.paid }
    });
    return `/desk/customers/${params.id}#prebuys`;
  };
  return answer(t, buy, (problem) => ({ ahead: typed, problem }));
}
