/**
 * Paying: begins an attempt and opens its page at the provider. For a balance, a bill, or what a higher floor sells:
 *
 *     const { reference, url } = await beginPayment(db, actor, provider, {
 *       paidFor: { kind: 'order', id: order.id, account_id: null }, amount, currency, key, locale, description,
 *       returnUrl: (reference) => `${origin}/payments/${reference}`, today
 *     });
 *     redirect(303, url);
 *
 * Whoever may pay for an order is for its owner to say before. Once it is paid, the job `orders.paid` is queued with
 * `{ orderId, attemptId }` in the same transaction, and `payment_attempt.state` is `paid`.
 */
import { randomBytes } from 'node:crypto';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { spell } from '#lib/platform/spelled.ts';
import type { PaidFor, PaymentProvider } from '../paying.ts';
import { attemptOfForm, keepWord, lookAfter, underWay, type Attempt } from './attempts.ts';

export interface NewPayment {
  paidFor: PaidFor;
  amount: bigint;
  currency: string;
  /** Of the form: sent twice it is one attempt. */
  key: string;
  locale: string;
  description: string;
  returnUrl: (reference: string) => string;
  today: string;
}

/** Where to go on: the provider's page, or what became of an attempt that this form began before. */
export async function beginPayment(
  db: Db,
  actor: PersonActor,
  provider: PaymentProvider,
  payment: NewPayment
) {
  const attempt = await once(
    {
      digest: digestOf(contentOf(payment.paidFor, payment)),
      first: () => firstOfForm(db, actor, payment.key),
      asksBefore: true
    },
    async () => {
      await endOthers(db, provider, payment);
      return begin(db, actor, provider, payment);
    }
  );
  if (attempt.state === 'begun') return openPage(db, provider, attempt, payment);
  const { reference, state, checkout_url } = attempt;
  return { reference, url: (state === 'offered' && checkout_url) || payment.returnUrl(reference) };
}

async function firstOfForm(db: Db, actor: PersonActor, key: string) {
  const result = await attemptOfForm(db, actor.id, key);
  if (!result) return null;
  const { subject_kind: kind, subject_id: id } = result;
  return { digest: digestOf(contentOf({ kind, id }, result)), result };
}

/** What makes two payments the same. */
const contentOf = (
  { kind, id }: Pick<PaidFor, 'id'> & { kind: string },
  { amount, currency }: Pick<NewPayment, 'amount' | 'currency'>
) => [kind, id, String(amount), currency];

/** What was begun before for the same is ended first, and only then another begun: else both could be paid. */
async function endOthers(db: Db, provider: PaymentProvider, payment: NewPayment) {
  if (await endAttempts(db, provider, payment)) refuse('conflict', 'paying.pay_just_paid');
}

/**
 * Shuts the pages on which something could still be paid, but for the one of the form with this key: clicked twice, a form
 * would end its own. Answers whether something has been paid, meanwhile.
 */
export async function endAttempts(
  db: Db,
  provider: PaymentProvider,
  { paidFor, key, today }: Pick<NewPayment, 'paidFor' | 'today'> & { key?: string }
): Promise<boolean> {
  let paid = false;
  for (const one of await underWay(db, paidFor)) {
    if (key && one.form_key === key) continue;
    const { id, checkout, provider: whose, amount, currency } = one;
    // What a kept card pays has no page that could be shut: it is waited for.
    if (one.programme_id) refuse('conflict', 'autopay.under_way_refused');
    if (checkout === null || whose !== provider.name) {
      await keepWord(db, { id, checkout: checkout ?? '' }, { state: 'expired', amount, currency }, today);
      continue;
    }
    await provider.close(checkout);
    const state = await lookAfter(db, provider, { id, checkout, provider: whose }, today);
    paid ||= state === 'paid';
  }
  return paid;
}

async function begin(db: Db, actor: PersonActor, provider: PaymentProvider, payment: NewPayment) {
  const { paidFor, amount, currency, key } = payment;
  try {
    await db
      .insertInto('payment_attempt')
      .values({
        reference: `P-${spell(randomBytes(8))}`,
        subject_kind: paidFor.kind,
        subject_id: paidFor.id,
        account_id: paidFor.account_id,
        person_id: actor.id,
        form_key: key,
        amount: String(amount),
        currency,
        provider: provider.name
      })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'payment_attempt_one_at_a_time')) refuse('conflict', 'paying.pay_two');
    if (isCheckViolation(error, 'budget_spent')) refuse('too_many', 'paying.pay_too_often');
    throw error;
  }
  return (await attemptOfForm(db, actor.id, key)) ?? refuse('conflict', 'paying.pay_two');
}

async function openPage(db: Db, provider: PaymentProvider, attempt: Attempt, payment: NewPayment) {
  const { id, reference, amount, currency } = attempt;
  const { locale, description } = payment;
  const returnUrl = payment.returnUrl(reference);
  const asked = { attemptId: id, reference, amount, currency, locale, description, returnUrl };
  const { checkout, url } = await provider.open(asked);
  const kept = await db
    .updateTable('payment_attempt')
    .set({ checkout, checkout_url: url })
    .where('id', '=', id)
    .returning('state')
    .executeTakeFirst();
  if (kept?.state === 'offered') return { reference, url };

  // Another was begun meanwhile; this page must take nothing any more.
  await provider.close(checkout);
  return refuse('conflict', 'paying.pay_two');
}
