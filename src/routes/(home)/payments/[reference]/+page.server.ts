/** What became of a payment, by card, written down at the desk or made at the door: the receipt, or that it is not known yet, or that nothing was taken. */
import { getAttempt, lookAfter } from '#lib/payments/server/attempts.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { notedPayment } from '#lib/payments/server/receipts.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { doorPayment, referenceOf } from '#lib/orders/server/paying.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { billNumberOf } from '#lib/billing/server/queries.ts';
import { accountNumberOf } from '#lib/accounts/server/queries.ts';
import { planNow } from '../../../programme-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor } }) => {
  const attempt = await notedOrLooked(db, params.reference);
  const { subject_kind, subject_id, account_id, person_id, checkout_url, checkout: _, ...shown } = attempt;
  const counts =
    account_id !== null && (subject_kind === 'account' || subject_kind === 'bill') && shown.state === 'paid';
  return htmlOnly({
    payment: shown,
    // What it did for a plan in force.
    plan: counts ? await planNow(db, account_id) : null,
    bill: subject_kind === 'bill' ? await billNumberOf(db, subject_id) : null,
    order: subject_kind === 'order' ? await referenceOf(db, subject_id) : null,
    ahead: subject_kind === 'prebuy',
    account: account_id && (await accountNumberOf(db, account_id)),
    // Only whoever began it goes on with it.
    checkoutUrl: actor.kind === 'person' && person_id === actor.id ? checkout_url : null
  });
};

/** What was written down at the desk, or paid at the door, has no attempt: nobody else need be asked about it. */
async function notedOrLooked(db: Db, reference: string) {
  const noted = (await notedPayment(db, reference)) ?? (await doorPayment(db, reference));
  if (noted) return { ...noted, person_id: null, checkout_url: null, checkout: null };
  return { ...(await looked(db, reference)), method: 'card' as const };
}

/** The attempt, as the provider says now. Where it says nothing, as we know it. */
async function looked(db: Db, reference: string) {
  const attempt = await getAttempt(db, reference);
  const provider = providerOf(db, config);
  const { state, checkout } = attempt;
  if (state !== 'offered' || !checkout || !provider) return attempt;
  try {
    await lookAfter(db, provider, { ...attempt, checkout }, todayAt(config.timeZone));
  } catch (error) {
    log.error('a payment could not be asked after', { attempt: attempt.id, error });
  }
  return getAttempt(db, reference);
}
