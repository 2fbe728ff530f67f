/** Stripe, behind our interface: its own page takes the card, and its word is asked for, never guessed. */
import type Stripe from 'stripe';
import { refuse } from '#lib/platform/refusal.ts';
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
      return stateOf(await stripe.checkout.sessions.retrieve(checkout));
    },

    async close(checkout) {
      const stripe = await library();
      await stripe.checkout.sessions.expire(checkout).catch((error: unknown) => {
        // It has ended already; how, it says when it is looked at.
        if (!(error instanceof stripe.errors.StripeInvalidRequestError)) throw error;
      });
    },

    async told(body, signature) {
      if (!webhookSecret || !signature || isFromFuture(signature)) refuse('invalid', 'paying.not_signed');
      const stripe = await library();
      const event = await stripe.webhooks
        .constructEventAsync(body, signature, webhookSecret, patience)
        .catch(() => refuse('invalid', 'paying.not_signed'));
      if (!event.type.startsWith('checkout.session.')) return null;
      const { id, client_reference_id } = event.data.object as Stripe.Checkout.Session;
      return client_reference_id && isUuid(client_reference_id)
        ? { attemptId: client_reference_id, checkout: id }
        : null;
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

/** The library refuses what is too old, and takes what has yet to come. */
const isFromFuture = (signature: string) =>
  Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? Infinity) > Date.now() / 1000 + patience;

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
