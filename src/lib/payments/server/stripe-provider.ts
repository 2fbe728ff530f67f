/** Stripe, behind our interface: its own page takes the card, and its word is asked for, never guessed. */
import type Stripe from 'stripe';
import { refuse } from '#lib/platform/refusal.ts';
import type { CardPage } from '#lib/billing/card.ts';
import type { CheckoutState, PaymentProvider } from '../paying.ts';

/** The version of its interface that this was written against; theirs may move on without us. */
const apiVersion = '2026-10-28.endive';
/** How old, or how far ahead, the date of a signature may be. */
const patience = 300;

export interface StripeKeys {
  secretKey: string;
  webhookSecret: string | null;
  /** Another way over the network, for tests. */
  httpClient?: Stripe.StripeConfig['httpClient'];
}

export function stripeProvider({ secretKey, webhookSecret, httpClient }: StripeKeys): PaymentProvider {
  return {
    name: 'stripe',

    async open({ attemptId, reference, amount, currency, locale, description, returnUrl }) {
      const stripe = await library();
      const session = await stripe.checkout.sessions.create(
        {
          mode: 'payment',
          // With cards the end is known at once.
          allowed_payment_method_types: ['card'],
          client_reference_id: attemptId,
          metadata: { reference },
          locale: locale,
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: currency.toLowerCase(),
                unit_amount: Number(amount),
                product_data: { name: description }
              }
            }
          ],
          success_url: returnUrl,
          cancel_url: returnUrl
        },
        { idempotencyKey: attemptId }
      );
      return { checkout: session.id, url: session.url ?? returnUrl };
    },

    async look(checkout) {
      const stripe = await library();
      return isCharge(checkout)
        ? chargeOf(await stripe.paymentIntents.retrieve(checkout))
        : stateOf(await stripe.checkout.sessions.retrieve(checkout));
    },

    async close(checkout) {
      const stripe = await library();
      await stripe.checkout.sessions.expire(checkout).catch((error: unknown) => {
        // It has ended already; how, it says when it is looked at.
        if (!(error instanceof stripe.errors.StripeInvalidRequestError)) throw error;
      });
    },

    async askCard({ cardId, currency, locale, returnUrl }) {
      const stripe = await library();
      const session = await stripe.checkout.sessions.create(
        {
          mode: 'setup',
          currency: currency.toLowerCase(),
          allowed_payment_method_types: ['card'],
          // What is kept is charged later, and only somebody it knows can be.
          customer_creation: 'always',
          client_reference_id: cardId,
          locale: locale,
          success_url: returnUrl,
          cancel_url: returnUrl
        },
        { idempotencyKey: cardId }
      );
      return { checkout: session.id, url: session.url ?? returnUrl };
    },

    async lookCard(checkout) {
      const stripe = await library();
      return cardOf(
        await stripe.checkout.sessions.retrieve(checkout, { expand: ['setup_intent.payment_method'] })
      );
    },

    async charge({ attemptId, amount, currency, payer, card, description }) {
      const stripe = await library();
      try {
        const intent = await stripe.paymentIntents.create(
          {
            ...{ amount: Number(amount), currency: currency.toLowerCase(), description },
            ...{ customer: payer, payment_method: card, off_session: true, confirm: true },
            // Nobody is there who could be led to another page.
            allowed_payment_method_types: ['card'],
            metadata: { attempt: attemptId }
          },
          { idempotencyKey: attemptId }
        );
        return { ...chargeOf(intent), checkout: intent.id };
      } catch (error) {
        const refused =
          error instanceof stripe.errors.StripeCardError ||
          error instanceof stripe.errors.StripeInvalidRequestError;
        if (!refused) throw error;
        return { state: 'refused', amount, currency, checkout: error.payment_intent?.id ?? null };
      }
    },

    // It forgets keys after a day; its own list it does not.
    async findCharge({ payer: customer, attemptId, since }) {
      const stripe = await library();
      const gte = Math.floor(since.getTime() / 1000) - patience;
      for await (const intent of stripe.paymentIntents.list({ customer, created: { gte }, limit: 100 }))
        if (intent.metadata['attempt'] === attemptId) return { ...chargeOf(intent), checkout: intent.id };
      return null;
    },

    async forget(card) {
      const stripe = await library();
      await stripe.paymentMethods.detach(card).catch((error: unknown) => {
        if (!(error instanceof stripe.errors.StripeInvalidRequestError)) throw error;
      });
    },

    async told(body, signature) {
      if (!webhookSecret || !signature || isFromFuture(signature)) refuse('invalid', 'paying.not_signed');
      const stripe = await library();
      const event = await stripe.webhooks
        .constructEventAsync(body, signature, webhookSecret, patience)
        .catch(() => refuse('invalid', 'paying.not_signed'));
      if (event.type.startsWith('payment_intent.')) {
        const { id, metadata } = event.data.object as Stripe.PaymentIntent;
        const attemptId = metadata?.['attempt'];
        return attemptId && isUuid(attemptId) ? { attemptId, checkout: id } : null;
      }
      if (!event.type.startsWith('checkout.session.')) return null;
      const { id, mode, client_reference_id: ours } = event.data.object as Stripe.Checkout.Session;
      if (!ours || !isUuid(ours)) return null;
      return mode === 'setup' ? { cardId: ours, checkout: id } : { attemptId: ours, checkout: id };
    }
  };

  async function library() {
    // Only who pays waits for it to be loaded.
    const { default: Library } = await import('stripe');
    return new Library(secretKey, {
      apiVersion,
      maxNetworkRetries: 2,
      timeout: 10_000,
      ...(httpClient && { httpClient })
    });
  }
}

function stateOf({ status, payment_status, amount_total, currency }: Stripe.Checkout.Session): CheckoutState {
  const state = payment_status === 'paid' ? 'paid' : status === 'expired' ? 'expired' : 'open';
  return { state, amount: BigInt(amount_total ?? 0), currency: (currency ?? '').toUpperCase() };
}

/** Nobody is there to confirm it or to name another card: whatever asks for that has failed. */
function chargeOf({ status, amount, currency }: Stripe.PaymentIntent): CheckoutState {
  const goesOn = status === 'processing' || status === 'requires_confirmation';
  const state = status === 'succeeded' ? 'paid' : goesOn ? 'open' : 'refused';
  return { state, amount: BigInt(amount), currency: currency.toUpperCase() };
}

const isCharge = (checkout: string) => checkout.startsWith('pi_');

function cardOf({ status, customer, setup_intent: intent }: Stripe.Checkout.Session): CardPage {
  if (status === 'expired') return { state: 'expired', card: null };
  const kept = intent && typeof intent !== 'string' && intent.status === 'succeeded' ? intent : null;
  const method = kept && typeof kept.payment_method !== 'string' ? kept.payment_method : null;
  const payer = typeof customer === 'string' ? customer : customer?.id;
  if (!method?.card || !payer) return { state: 'open', card: null };
  const { brand, last4: last_four, exp_month, exp_year } = method.card;
  const valid_until = new Temporal.PlainYearMonth(exp_year, exp_month).toPlainDate({ day: 31 }).toString();
  return { state: 'kept', card: { payer, card_name: method.id, brand, last_four, valid_until } };
}

/** The library refuses what is too old, and takes what has yet to come. */
const isFromFuture = (signature: string) =>
  Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? Infinity) > Date.now() / 1000 + patience;

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
